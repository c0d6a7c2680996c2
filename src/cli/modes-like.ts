import { readFileSync } from 'fs'
import { likeReport, type Modes } from '../emulator'
import { messageOf, UsageError } from '../segment-host'

/**
 * The modes of an emulator that behaves as a report of `probe` says.
 * @param path of `kameleoon-probe.json`
 * @throws UsageError when the file cannot be read, or is no such report
 */
export function modesLike(path: string): Partial<Modes> {
  try {
    return likeReport(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new UsageError(`Cannot use ${path} as the report of a probe: ${messageOf(error)}`)
  }
}
