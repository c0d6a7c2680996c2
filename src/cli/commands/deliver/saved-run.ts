import { existsSync, readFileSync } from 'fs'
import {
  isRecord,
  messageOf,
  parsedJson,
  UsageError,
  type Checkpoint,
  type SettledBatch,
  type StoppedRun,
  type Subscription
} from '../../../segment-host'

/** What a run delivers, where to, and through which subscriptions. It can only go on with the same. */
export interface RunIdentity {
  /** Where it delivers to, such as a site code. */
  target: string
  files: readonly string[]
  subscriptions: readonly Pick<Subscription, 'name' | 'partnerAction' | 'subscribe'>[]
  /** Whether it puts events on a queue. Some may be there although none counts as read. */
  isQueued?: boolean
}

/** A run that stopped before its end, as its file has it. */
export interface SavedRun extends StoppedRun, RunIdentity {
  /** The same in every part of the run. */
  id: string
  /** When the checkpoint was written, in ISO 8601. */
  savedAt: string
}

/** The first line of the file. Further lines are batches that were settled since. */
export interface Head extends RunIdentity {
  version: typeof VERSION
  id: string
  savedAt: string
  checkpoint: Checkpoint
}

export const VERSION = 1

/**
 * The run that stopped, or null where there is none, or where it had settled nothing yet.
 * @throws UsageError when the file is no checkpoint
 */
export function savedRun(path: string): SavedRun | null {
  if (!existsSync(path)) return null
  const [first, ...rest] = contentOf(path).split('\n')
  const head = parsedJson(first)
  if (!isHead(head)) {
    throw new UsageError(`${path} is no checkpoint of this version: remove it, or name another file with --checkpoint`)
  }
  // The process may have ended while it wrote the last line: what that batch settled is sent again.
  const batches = rest.map(parsedJson).filter(isBatch)
  const isBegun = head.checkpoint.read > 0 || batches.length > 0 || head.isQueued === true
  return isBegun ? { ...head, batches } : null
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read the checkpoint ${path}: ${messageOf(error)}. --checkpoint names another file`)
  }
}

function isHead(value: unknown): value is Head {
  return isRecord(value) && value.version === VERSION && isRecord(value.checkpoint)
}

function isBatch(value: unknown): value is SettledBatch {
  return isRecord(value) && Array.isArray(value.numbers) && Array.isArray(value.outcomes)
}
