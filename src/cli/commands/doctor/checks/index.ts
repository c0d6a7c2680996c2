import type { Facts } from '../facts'
import type { Line } from '../line'
import { accessLines, dataApiLines } from './access'
import { clockLines } from './clock'
import { customDataLines } from './custom-data'
import { goalLines } from './goals'
import { installationLines } from './installation'
import { presetLines } from './presets'
import { regionLines } from './region'
import { roundTripLines } from './round-trips'

/** What is said about the facts, in the order of the report. */
const CHECKS: ReadonlyArray<(facts: Facts) => Line[]> = [
  installationLines,
  accessLines,
  regionLines,
  dataApiLines,
  goalLines,
  customDataLines,
  clockLines,
  roundTripLines,
  presetLines
]

export function linesAbout(facts: Facts): Line[] {
  return CHECKS.flatMap((check) => check(facts))
}
