import { hostname } from 'os'
import { isRecord } from '../../../segment-host'

/** The workbench that may change a data folder, as the lock file names it. */
export interface Holder {
  /** Random, so that another process with the same number is not taken for it. */
  instance: string
  pid: number
  /** The name of its machine. Folders on a network can be opened by several. */
  machine: string
  /** `http://host:port`; null while it starts. */
  address: string | null
  /** When it took the folder, in ISO form. */
  since: string
}

/** The path below the address at which a workbench answers with its `instance`. */
export const HOLDER_PATH = '/api/data-folder'

/** A workbench that takes longer than this to listen has failed. */
const LONGEST_START_MS = 30_000

/** A workbench that does not answer within this time may be busy or stopped in a debugger. */
const ANSWER_WITHIN_MS = 2_000

/** The holder in the text of a lock file; null for any other text. */
export function holderIn(text: string): Holder | null {
  try {
    const found: unknown = JSON.parse(text)
    return isHolder(found) ? found : null
  } catch {
    return null
  }
}

function isHolder(value: unknown): value is Holder {
  if (!isRecord(value)) return false
  const { instance, pid, machine, address, since } = value
  const texts = [instance, machine, since].every((one) => typeof one === 'string')
  return texts && Number.isInteger(pid) && (address === null || typeof address === 'string')
}

/** Whether a holder still runs. A killed one does not. True when that cannot be found out. */
export async function isRunning(holder: Holder, now: number): Promise<boolean> {
  // The process and the address of another machine cannot be asked.
  if (holder.machine !== hostname()) return true
  if (!isProcess(holder.pid)) return false
  if (holder.address === null) return now - Date.parse(holder.since) < LONGEST_START_MS
  return answers(holder, holder.address)
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, and belongs to another user.
    return Reflect.get(Object(error), 'code') === 'EPERM'
  }
}

/** Whether this instance answers. The number of an ended process may have been given to another one. */
async function answers({ instance }: Holder, address: string): Promise<boolean> {
  try {
    const answer = await fetch(address + HOLDER_PATH, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    const body: unknown = await answer.json()
    return isRecord(body) && body.instance === instance
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
  }
}

/** Asks a running holder to give the folder up. It finishes what it is writing first. Does nothing when it cannot be asked. */
export async function askForFolder({ address, machine }: Holder, to: Holder): Promise<void> {
  if (address === null || machine !== hostname()) return
  const { instance: _, ...named } = to
  await fetch(`${address}${HOLDER_PATH}/give-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(named),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS)
  }).catch(() => undefined)
}

/** A holder in words, for example `process 123, http://127.0.0.1:4747`. */
export function holderInWords({ pid, machine, address }: Pick<Holder, 'pid' | 'machine' | 'address'>): string {
  const where = machine === hostname() ? `process ${pid}` : `process ${pid} on ${machine}`
  return address === null ? where : `${where}, ${address}`
}
