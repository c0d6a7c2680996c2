import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import type * as Vite from '../node_modules/vite/dist/node'
import kameleoon from '../src/destinations/kameleoon'
import { startWorkbench } from '../src/workbench/server'

const EXAMPLES = path.join(__dirname, '../examples/events.ndjson')
const PAGE = path.join(__dirname, '../src/workbench/page')
/** Requests to the API, but not to the page's own source files in its folder `api`. */
const API_REQUEST = String.raw`^/api/(?!.*\.tsx?(\?|$))`
// Vite is an ES module, and its types are not found by its name with the module resolution of Segment's repository.
const VITE = 'vite'
const USAGE = 'Usage: npm run dev [-- --workbench http://127.0.0.1:PORT]'

/** A workbench to develop the page with. */
interface Target {
  /** Such as `http://127.0.0.1:4747`. */
  address: string
  close: () => Promise<void>
}

/**
 * Serves the page of the workbench from its sources, with hot reload. Requests to `/api` and `/v1` go to a workbench: the
 * one that `--workbench` names, or one on the emulator that is started here and has its data in a temporary folder.
 */
async function dev(): Promise<void> {
  const given = addressIn(process.argv.slice(2))
  const target = given === undefined ? await startOwn() : { address: given, close: () => Promise.resolve() }
  // A module of this name has no types of its own here, so they are named.
  const { createServer } = (await import(VITE)) as typeof Vite
  const server = await createServer({
    root: PAGE,
    configFile: path.join(PAGE, 'vite.config.mjs'),
    server: {
      host: '127.0.0.1',
      port: 5173,
      proxy: { [API_REQUEST]: proxyTo(target.address), '^/v1/': proxyTo(target.address) }
    }
  })
  await server.listen()
  process.stdout.write(`The page with hot reload: ${server.resolvedUrls?.local[0]}\nThe workbench: ${target.address}\n`)
  const end = async () => {
    await server.close()
    await target.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void end())
  process.once('SIGTERM', () => void end())
}

/** @throws Error for any other arguments, or an address that is not a URL */
function addressIn(args: string[]): string | undefined {
  if (args.length === 0) return undefined
  const [option, address] = args
  if (option !== '--workbench' || args.length !== 2 || !URL.canParse(address)) throw new Error(USAGE)
  return new URL(address).origin
}

async function startOwn(): Promise<Target> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'workbench-dev-'))
  const workbench = await startWorkbench({
    ...{ definition: kameleoon, version: '0.0.0-dev', port: 0, dataFolder, examplesPath: EXAMPLES },
    // The page comes from Vite, so no built page is needed.
    pageFolder: PAGE,
    log: (line) => process.stderr.write(`${line}\n`)
  })
  return {
    address: workbench.address,
    close: async () => {
      await workbench.close()
      rmSync(dataFolder, { recursive: true, force: true })
    }
  }
}

/**
 * The workbench accepts changes only from its own page. `changeOrigin` sets the Host header; the Origin header of the
 * development page is replaced, but no other origin is, so pages of other sites stay rejected.
 */
function proxyTo(address: string): Vite.ProxyOptions {
  return {
    target: address,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (outgoing, { headers }) => {
        if (headers.origin === `http://${headers.host}`) outgoing.setHeader('origin', address)
      })
    }
  }
}

dev().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
