import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { readFileSync } from 'fs'
import http from 'http'
import type { AddressInfo } from 'net'
import path from 'path'
import { builtPlugin } from './built-plugin'

/** What Segment's Tracking API was sent. */
export interface TrackingCall extends SegmentEvent {
  messageId: string
  properties?: JSONObject
  traits?: JSONObject
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

const ANALYTICS = path.join(require.resolve('@segment/analytics-next/package.json'), '../dist/umd')
const SETTINGS_PATH = '/v1/projects/shop/settings'

/**
 * A web site with the genuine analytics.js and the plugin as it is built, that is its own Segment: CDN settings and
 * Tracking API are answered here.
 */
export class Shop {
  readonly calls: TrackingCall[] = []
  private readonly pages = new Map<string, string>()
  private readonly folders = new Map<string, Handler>()
  private readonly plugin = builtPlugin()
  private readonly server = http.createServer((request, response) => this.answer(request, response))

  /** Starts on a free port of this machine. */
  static async start(): Promise<Shop> {
    const shop = new Shop()
    await new Promise<void>((resolve) => shop.server.listen(0, '127.0.0.1', resolve))
    return shop
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Puts a page up. @returns its address */
  page(name: string, ...head: string[]): string {
    this.pages.set(`/${name}`, `<!doctype html><title>${name}</title>${head.join('\n')}<h1>${name}</h1>`)
    return `${this.origin}/${name}`
  }

  /** Puts a page up that does not come before as many calls have arrived. @returns its address */
  pageAfter(count: number, name: string): string {
    const address = this.page(name)
    this.answerBelow(`/${name}`, (_request, response) => {
      const come = (): void => send(response, 'text/html', this.pages.get(`/${name}`) ?? '')
      // An error is the test's, which waits for the calls too.
      this.arrived(count).then(come, come)
    })
    return address
  }

  /** Answers everything below a path. */
  answerBelow(folder: string, handler: Handler): void {
    this.folders.set(folder, handler)
  }

  /** Calls that have arrived, once there are as many. */
  async arrived(count: number): Promise<TrackingCall[]> {
    const deadline = Date.now() + 10_000
    while (this.calls.length < count) {
      if (Date.now() > deadline) throw new Error(`${this.calls.length} calls arrived, not ${count}.`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return this.calls
  }

  reset(): void {
    this.calls.length = 0
    this.pages.clear()
    this.folders.clear()
  }

  async close(): Promise<void> {
    this.plugin.remove()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
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
    send(response, 'text/javascript', readFileSync(path.join(this.plugin.folder, path.basename(pathname))))
  }

  private take(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      this.calls.push(JSON.parse(Buffer.concat(chunks).toString()) as TrackingCall)
      send(response, 'application/json', '{"success":true}')
    })
  }

  /** What Segment's CDN answers for this shop. */
  settings(): object {
    const apiHost = `${this.origin.replace('http://', '')}/v1`
    return { integrations: { 'Segment.io': { apiKey: 'shop', apiHost, protocol: 'http' } } }
  }
}

/** A source of Segment: its write key, and where analytics.js asks for its settings. */
export interface Source {
  writeKey: string
  /** The shop itself if filtered. */
  cdnURL?: string
}

/** Elements of a page's head: analytics.js with the plugin, built as one script. */
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
