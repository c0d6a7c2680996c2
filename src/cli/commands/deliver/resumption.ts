import { randomUUID } from 'crypto'
import { UsageError, type Subscription } from '../../../segment-host'
import { CheckpointFile, defaultCheckpointPath } from './checkpoint-file'
import type { DeliverOptions } from './options'
import { savedRun, type RunIdentity, type SavedRun } from './saved-run'

/** Where a run keeps how far it has come, and the stopped run that it goes on with. */
export interface Resumption {
  /** The same in every part of a run. */
  id: string
  file: CheckpointFile
  stopped: SavedRun | null
}

/**
 * Finds out whether a run begins or goes on. A source that was delivered in part is not sent again by accident.
 * @param paths the files, folders or patterns that the user named
 * @throws UsageError when that is not clear, or when the stopped run was another one
 */
export function resumption(
  paths: readonly string[],
  identity: RunIdentity,
  { checkpoint, resume, restart }: DeliverOptions
): Resumption {
  const path = checkpoint ?? defaultCheckpointPath(paths, identity.files)
  const saved = restart ? null : savedRun(path)
  if (saved && !resume)
    throw new UsageError(`${stoppedText(saved)}. --resume goes on from there, --restart begins anew`)
  if (resume && !saved) {
    throw new UsageError(
      `There is no stopped run to go on with: ${path} does not exist or is empty. Leave out --resume to deliver from the start`
    )
  }
  if (saved) checkSame(saved, identity)
  const id = saved?.id ?? randomUUID()
  return { id, file: new CheckpointFile(path, { ...identity, id }), stopped: saved }
}

function stoppedText({ files, savedAt, checkpoint }: SavedRun): string {
  const what = files.length === 1 ? files[0] : `A run of ${files.length} files`
  const open = checkpoint.unsettled.reduce((sum, numbers) => sum + numbers.length, 0)
  const left = open === 0 ? '' : `, ${open.toLocaleString('en')} of their results are open`
  return `${what} was delivered in part: it stopped after ${checkpoint.read.toLocaleString('en')} events (${savedAt}${left})`
}

function checkSame(saved: SavedRun, { target, files, subscriptions }: RunIdentity): void {
  if (saved.target !== target) {
    throw new UsageError(
      `The stopped run delivered to ${saved.target}, and this one would to ${target}. Use the same, or --restart`
    )
  }
  if (saved.files.join('\n') !== files.join('\n')) {
    throw new UsageError(`The stopped run had other files (${saved.files.join(', ')}). Name the same, or use --restart`)
  }
  const former = saved.subscriptions.map(textOf)
  const present = subscriptions.map(textOf)
  if (former.join('\n') !== present.join('\n')) {
    throw new UsageError(
      `The stopped run had other mappings (${former.join('; ')}). Their names, actions and filters must be the same, their fields may change; or use --restart`
    )
  }
}

function textOf({
  name,
  partnerAction,
  subscribe
}: Pick<Subscription, 'name' | 'partnerAction' | 'subscribe'>): string {
  return `${name}, ${partnerAction}, ${subscribe}`
}
