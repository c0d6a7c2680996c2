import { KameleoonClient, RequestType, type SDKParameters } from '@kameleoon/javascript-sdk'
import { URL } from 'url'
import type { Emulator } from '../../emulator'

export interface ServerSdk {
  client: KameleoonClient
  /** Sends what was added, in as many requests as the SDK likes. */
  flush(visitorCode: string, hasArrived: () => boolean): Promise<void>
  /** Takes the stand-ins for a browser's globals away. */
  end(): void
}

/** What was set up in Kameleoon, in the form in which the SDK reads it. The emulator serves an empty project. */
export interface Project {
  customData: object[]
  featureFlags: object[]
  segments: object[]
}

type Requester = NonNullable<NonNullable<SDKParameters['externals']>['requester']>

/** Kameleoon's genuine SDK for JavaScript in Node, with every request ending at the emulator. */
export async function serverSdk(emulator: Emulator, project?: Project): Promise<ServerSdk> {
  // The SDK reads these globals of a browser when it starts.
  const globals = {
    navigator: { userAgent: 'Shop/1.0' },
    document: { addEventListener: () => undefined, cookie: '' },
    window: { addEventListener: () => undefined, location: { href: '' } }
  }
  const restore = withGlobals(globals)
  const timers = keepTimers()
  const client = new KameleoonClient({
    siteCode: emulator.sitecode,
    configuration: { trackingInterval: 100 },
    externals: { requester: requesterFor(emulator, project), storage: inMemory() }
  })
  await client.initialize()
  return {
    client,
    flush: async (visitorCode, hasArrived) => {
      client.flush({ visitorCode, instant: true })
      const deadline = Date.now() + 10_000
      while (!hasArrived()) {
        if (Date.now() > deadline) throw new Error('What the SDK was given did not arrive.')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    end: () => {
      timers.end()
      restore()
    }
  }
}

/** Sets globals. @returns what puts things as they were */
function withGlobals(globals: Record<string, unknown>): () => void {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor)
      else Reflect.deleteProperty(globalThis, name)
    }
  }
}

/** The SDK has no end of its own: its timers would keep the process alive. */
function keepTimers(): { end(): void } {
  const { setInterval, setTimeout } = globalThis
  const kept: NodeJS.Timeout[] = []
  const keep = (timer: NodeJS.Timeout): NodeJS.Timeout => {
    kept.push(timer)
    return timer
  }
  const keeping = {
    setInterval: (...given: Parameters<typeof setInterval>) => keep(setInterval(...given)),
    setTimeout: (...given: Parameters<typeof setTimeout>) => keep(setTimeout(...given))
  }
  const restore = withGlobals(keeping)
  return {
    end: () => {
      kept.forEach((timer) => clearTimeout(timer))
      restore()
    }
  }
}

function requesterFor({ port }: Emulator, project?: Project): Requester {
  return {
    sendRequest: async ({ url, parameters, requestType }) => {
      const { pathname, search } = new URL(url)
      const headers = {
        'user-agent': 'Shop/1.0',
        ...((parameters as RequestInit).headers as Record<string, string>)
      }
      const response = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        ...(parameters as object),
        headers
      })
      const served = await response.text()
      const text = requestType === RequestType.Configuration ? withProject(served, project) : served
      // The SDK may ask for the text several times.
      const body = { text: () => Promise.resolve(text), json: () => Promise.resolve(JSON.parse(text) as never) }
      return { ok: response.ok, status: response.status, headers: response.headers, ...body }
    }
  }
}

function withProject(configuration: string, project?: Project): string {
  return JSON.stringify({ ...(JSON.parse(configuration) as object), ...project })
}

function inMemory(): NonNullable<NonNullable<SDKParameters['externals']>['storage']> {
  const stored = new Map<string, unknown>()
  return {
    read: (key: string) => (stored.get(key) ?? null) as never,
    write: (key: string, value: unknown) => void stored.set(key, value)
  }
}
