import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { execFile } from 'child_process'
import { readFileSync } from 'fs'
import http from 'http'
import type { AddressInfo } from 'net'
import path from 'path'
import { promisify } from 'util'
import { cachedBuild } from '../../../jest/cached-build'

/** A call as Segment's Tracking API received it. */
export interface TrackingCall extends SegmentEvent {
  messageId: string
  properties?: JSONObject
  traits?: JSONObject
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

const PLUGIN = path.join(__dirname, '..')
const VITE = path.join(__dirname, '../../../node_modules/vite/bin/vite.js')
const ANALYTICS = path.join(require.resolve('@segment/analytics-next/package.json'), '../dist/umd')
const SETTINGS_PATH = '/v1/projects/shop/settings'

/** The folder of the plugin as it is shipped, without its types. */
function builtPlugin(): Promise<string> {
  return cachedBuild({ folder: PLUGIN }, (folder) =>
    promisify(execFile)(process.execPath, [VITE, 'build', '--config', `${PLUGIN}/vite.config.mts`, '--outDir', folder])
  )
}

/**
 * A web site with the genuine analytics.js and the built plugin. It is its own Segment too: it serves the CDN settings and
 * the Tracking API.
 */
export class Shop {
  readonly calls: TrackingCall[] = []
  private readonly pages = new Map<string, string>()
  private readonly folders = new Map<string, Handler>()
  private server = http.createServer()

  private constructor(private readonly pluginFolder: string) {}

  /** Starts on a free port of this machine. */
  static async start(): Promise<Shop> {
    const shop = new Shop(await builtPlugin())
    await shop.listen()
    return shop
  }

  /** Forgets pages and calls, and moves to another port: for a browser another shop, with cookies and storage of its own. */
  async reset(): Promise<void> {
    await this.close()
    this.calls.length = 0
    this.pages.clear()
    this.folders.clear()
    await this.listen()
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Publishes a page. @returns its address */
  page(name: string, ...head: string[]): string {
    this.pages.set(`/${name}`, `<!doctype html><title>${name}</title>${head.join('\n')}<h1>${name}</h1>`)
    return `${this.origin}/${name}`
  }

  /** Publishes a page that is served only after `count` calls have arrived. @returns its address */
  pageAfter(count: number, name: string): string {
    const address = this.page(name)
    this.answerBelow(`/${name}`, (_request, response) => {
      const serve = (): void => send(response, 'text/html', this.pages.get(`/${name}`) ?? '')
      // The test waits for the same calls, so it reports an error of this wait.
      this.arrived(count).then(serve, serve)
    })
    return address
  }

  /** Answers everything below a path. */
  answerBelow(folder: string, handler: Handler): void {
    this.folders.set(folder, handler)
  }

  /** The calls that have arrived, as soon as there are `count`. */
  async arrived(count: number): Promise<TrackingCall[]> {
    const deadline = Date.now() + 10_000
    while (this.calls.length < count) {
      if (Date.now() > deadline) throw new Error(`${this.calls.length} calls arrived, not ${count}.`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return this.calls
  }

  private async listen(): Promise<void> {
    this.server = http.createServer((request, response) => this.answer(request, response))
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.origin)
    const [folder, handler] = [...this.folders].find(([name]) => pathname.startsWith(name)) ?? []
    if (folder !== undefined && handler) return handler(request, response)
    if (request.method === 'POST') return this.take(request, response)
    if (pathname === SETTINGS_PATH) return send(response, 'application/json', JSON.stringify(this.settings()))
    const page = this.pages.get(pathname)
    if (page !== undefined) return send(response, 'text/html', page)
    if (pathname === '/analytics.js') return send(response, 'text/javascript', readFileSync(`${ANALYTICS}/index.js`))
    if (!pathname.endsWith('.js')) return void response.writeHead(404).end()
    send(response, 'text/javascript', readFileSync(path.join(this.pluginFolder, path.basename(pathname))))
  }

  private take(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      this.calls.push(JSON.parse(Buffer.concat(chunks).toString()) as TrackingCall)
      send(response, 'application/json', '{"success":true}')
    })
  }

  /** The settings that Segment's CDN serves for this shop. */
  settings(): object {
    const apiHost = `${this.origin.replace('http://', '')}/v1`
    return { integrations: { 'Segment.io': { apiKey: 'shop', apiHost, protocol: 'http' } } }
  }
}

/** A source of Segment: its write key, and where analytics.js reads its settings from. */
export interface Source {
  writeKey: string
  /** By default the shop itself. */
  cdnURL?: string
}

/** Elements of a page's head: analytics.js, and the plugin as one script. */
export function analyticsWithPlugin(options: object = {}, { writeKey, cdnURL }: Source = { writeKey: 'shop' }): string {
  return `
    <script src="/analytics.js"></script>
    <script src="/kameleoon-segment.js"></script>
    <script>
      window.analytics = AnalyticsNext.AnalyticsBrowser.load({
        writeKey: ${JSON.stringify(writeKey)},
        cdnURL: ${cdnURL === undefined ? 'location.origin' : JSON.stringify(cdnURL)},
        plugins: [kameleoonSegment.kameleoonPlugin(${JSON.stringify(options)})]
      })
    </script>`
}

export function script(code: string): string {
  return `<script>${code}</script>`
}

function send(response: http.ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body)
}
