import type { ManyReplayForecast, PartResult, ReplayForecast } from '../../contract'
import { resultInWords } from '../parts/result-in-words'

const events = (count: number) => (count === 1 ? '1 failed event' : `${count.toLocaleString('en')} failed events`)

export function replayButtonWords({ events: count }: ManyReplayForecast): string {
  return `Replay ${count.toLocaleString('en')} failed`
}

/** What a replay of many events will do, in sentences. */
export function manyReplayInWords(forecast: ManyReplayForecast, isFiltered: boolean): string[] {
  const { target, events: count, afterChange, partlyDelivered, impossible } = forecast
  const which = isFiltered ? 'that match the search' : 'of the list'
  return [
    `${events(count)} ${which} will be sent again through the mappings as they are now, with the same message ids.`,
    changeInWords(count, afterChange),
    partlyDelivered > 0
      ? `${partlyDelivered.toLocaleString('en')} of them reached Kameleoon through another mapping already. ${repeatedParts(target)}`
      : '',
    impossible > 0
      ? `${impossible.toLocaleString('en')} more failed that Segment would drop again; they are not sent.`
      : '',
    target === 'real' ? 'They go to the REAL Kameleoon.' : ''
  ].filter((sentence) => sentence !== '')
}

function changeInWords(count: number, afterChange: number): string {
  if (afterChange === count) return 'Their mapping was changed after they failed.'
  if (afterChange === 0) return 'Their mapping was not changed since, so they may fail again.'
  return `For ${afterChange.toLocaleString('en')} of them the mapping was changed after they failed; the others may fail again.`
}

function repeatedParts(target: ManyReplayForecast['target']): string {
  return target === 'emulator'
    ? 'The emulator drops those parts as duplicates; whether the real Kameleoon drops them is not known.'
    : 'Whether Kameleoon drops those parts as duplicates is not known; they may count twice.'
}

/** What a replay of one event will do, in sentences. */
export function replayInWords({ target, impossible, wasCounted, isChanged, mappings }: ReplayForecast): string {
  if (impossible !== null) return impossible
  if (mappings.length === 0) return 'No mapping takes this event now, so a replay would be filtered.'
  if (target === 'real') return realInWords(wasCounted, isChanged)
  const failing = mappings.find(({ happens }) => happens.status === 'failed')
  if (failing) return `A replay would fail: ${failing.happens.reason}`
  const counted = mappings.flatMap(({ happens }) => happens.parts).filter(({ what }) => what !== 'map')
  if (counted.length === 0) return 'A replay would store the same data again. It would count nothing.'
  const kept = counted.filter(({ kind }) => kind !== 'duplicate')
  if (kept.length === 0) return DUPLICATE
  const what = kept.map((part) => resultInWords(part)).join('; ')
  if (!wasCounted) return `Nothing of it was counted before. A replay would count: ${what}.`
  return `The mapping would send something else now, so a replay would count again: ${what}.`
}

const DUPLICATE =
  'Same message id, and the mapping would send the same: the emulator drops a replay as a duplicate. Whether the real Kameleoon drops it is not known.'

function realInWords(wasCounted: boolean, isChanged: boolean): string {
  if (!wasCounted) return 'Nothing of it was received before, as far as this workbench knows. A replay would count.'
  if (isChanged) return 'The mapping was changed since, so Kameleoon would count a replay again.'
  return 'A replay has the same message id. Whether the real Kameleoon drops it as a duplicate is not known; it may count twice.'
}

/** What became of a replay: of the results of its parts, those that count. */
export function replayResultInWords(
  results: readonly (PartResult & { name?: string | null })[],
  wasCounted: boolean
): { words: string; isCounted: boolean } {
  const counting = results.filter(({ what }) => what !== 'map')
  const kept = counting.filter(({ kind }) => kind === 'kept')
  if (kept.length > 0) {
    const what = kept.map((part) => resultInWords(part)).join('; ')
    return { words: `${wasCounted ? 'Counted again' : 'Counted'}: ${what}`, isCounted: true }
  }
  if (counting.some(({ kind }) => kind === 'duplicate'))
    return { words: 'Duplicate, not counted again', isCounted: false }
  if (counting.some(({ kind }) => kind === 'discarded')) return { words: 'Discarded, not counted', isCounted: false }
  if (results.length > 0) return { words: 'Stored again; nothing is counted', isCounted: false }
  return { words: 'Kameleoon does not report whether it counted it again', isCounted: false }
}
