import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import type { EventDetail, EventSummary, WorkbenchState } from '../contract'
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../server'

type Options = Partial<WorkbenchOptions<never>>

export interface RunningWorkbench extends Workbench {
  get: <Answer>(path: string) => Promise<Answer>
  send: (method: string, path: string, body?: unknown) => Promise<Response>
  /** A call of the Tracking API with the right write key. */
  track: (path: string, body: unknown) => Promise<Response>
  state: () => Promise<WorkbenchState>
  events: (query?: string) => Promise<EventSummary[]>
  detail: (number: number) => Promise<EventDetail>
}

const running: Workbench[] = []
const folders: string[] = []

/** Ends everything that was started; for afterEach. */
export async function endWorkbenches(): Promise<void> {
  for (const workbench of running.splice(0)) await workbench.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-'))
  folders.push(folder)
  return folder
}

/** A workbench of its own for one test, with an empty data folder and a quick way to ask it. */
export async function runningWorkbench(options: Options = {}): Promise<RunningWorkbench> {
  const workbench = await startWorkbench({
    ...{ definition: kameleoon, version: '1.2.3', port: 0, writeKey: 'test-write-key', gatherMs: 5 },
    dataFolder: newFolder(),
    ...(options as object)
  })
  running.push(workbench)
  return { ...workbench, ...asking(workbench) }
}

function asking({ address }: Workbench) {
  const get = async <Answer>(path: string): Promise<Answer> => (await fetch(address + path)).json() as Promise<Answer>
  const send = (method: string, path: string, body: unknown = {}): Promise<Response> =>
    fetch(address + path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const events = async (query = ''): Promise<EventSummary[]> =>
    (await get<{ events: EventSummary[] }>(`/api/events?limit=500&${query}`)).events
  return {
    ...{ get, send, events },
    state: () => get<WorkbenchState>('/api/state'),
    track: (path: string, body: unknown) => {
      const authorization = `Basic ${Buffer.from('test-write-key:').toString('base64')}`
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return fetch(address + path, { method: 'POST', headers: { authorization }, body: text })
    },
    detail: async (number: number) => {
      const found = (await events()).find((event) => event.number === number)
      return get<EventDetail>(`/api/events/${found?.id}`)
    }
  }
}

/** Waits until a condition holds. For changes that no promise reports. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`Waited too long for ${what}`)
}
