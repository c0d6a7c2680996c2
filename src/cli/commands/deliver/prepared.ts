import { presetSubscriptions, readMappingFile, UsageError, type Subscription } from '../../../segment-host'
import type { CommandContext } from '../../context'
import { credentialsFrom, type Credentials } from '../../credentials'
import { openEvents, type EventSource } from '../../../event-files/open-events'
import { targetName } from './delivery-target'
import type { DeliverOptions } from './options'
import { defaultRejectedPath, RejectedFile } from './rejected-file'
import { resumption, type Resumption } from './resumption'

/** What a delivery needs, checked before the first event is sent. */
export interface Prepared {
  credentials: Credentials | null
  subscriptions: Subscription[]
  events: EventSource
  /** None for a dry run, which delivers nothing. */
  kept: { rejected: RejectedFile; resumption: Resumption } | null
}

/**
 * @param paths files, folders and patterns; `-` for standard input
 * @throws UsageError when anything is wrong or missing; nothing has been sent then
 */
export async function prepare<Settings>(
  paths: readonly string[],
  options: DeliverOptions,
  { terminal, definition }: CommandContext<Settings>
): Promise<Prepared> {
  // Workers have credentials of their own.
  const needsNone = options.dryRun || options.queue !== undefined
  const credentials = needsNone ? null : credentialsFrom(terminal.env, definition)
  if (credentials && options.visitors) {
    throw new UsageError(
      '--visitors shows the data of the embedded emulator, which is not used with credentials: leave one of them out'
    )
  }
  const subscriptions = options.mapping ? readMappingFile(options.mapping, definition) : presetSubscriptions(definition)
  const events = await openEvents(paths, { standardInput: terminal.stdin })
  if (options.dryRun) return { credentials, subscriptions, events, kept: null }
  const target = targetName(credentials, options, terminal.env)
  const isQueued = options.queue !== undefined
  const found = resumption(paths, { target, files: events.files, subscriptions, isQueued }, options)
  const rejectedPath = options.rejected ?? defaultRejectedPath(paths[0], events.files)
  const rejected = new RejectedFile(rejectedPath, events.files, found.stopped !== null)
  return { credentials, subscriptions, events, kept: { rejected, resumption: found } }
}
