import type { Emulator } from '../../emulator'
import type { ThrownAway } from '../contract'

/** What the emulator accepted and Kameleoon would not keep, latest first. */
export function thrownAwayList({ thrownAway }: Pick<Emulator, 'thrownAway'>): ThrownAway[] {
  return thrownAway
    .map(({ at, path, reason, field, value }) => ({
      at: new Date(at).toISOString(),
      path,
      reason,
      field: field ?? null,
      value: value ?? null
    }))
    .reverse()
}
