import type { Emulator } from '../../../emulator'
import type { Discarded } from '../../contract'

/** What the emulator accepted and Kameleoon would not keep, latest first. */
export function discardedList({ discarded }: Pick<Emulator, 'discarded'>): Discarded[] {
  return discarded
    .map(({ at, path, reason, field, value }) => ({
      at: new Date(at).toISOString(),
      path,
      reason,
      field: field ?? null,
      value: value ?? null
    }))
    .reverse()
}
