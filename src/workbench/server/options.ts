import type { DestinationDefinition } from '@segment/actions-core'
import type { RetryPolicy } from '../../segment-host'
import type { SettingValues } from './settings/setting-values'

export interface WorkbenchOptions<Settings> {
  definition: DestinationDefinition<Settings>
  version: string
  /** 0 takes any free port. When the port is taken and `anyPort` is set, a free one is used. */
  port: number
  anyPort?: boolean
  /** The address to listen on; anything but this machine's own needs `allowRemote`. Default 127.0.0.1. */
  host?: string
  allowRemote?: boolean
  /** Where mappings, settings and the write key are kept. */
  dataFolder: string
  /** Settings of the real Kameleoon: with them it is where events go at first. */
  credentials?: SettingValues | null
  /** Default: made up once, and kept in the data folder. */
  writeKey?: string
  /** A file of events, one a line, delivered at the start unless events go to the real Kameleoon. */
  examplesPath?: string
  /** The folder with the built page. Default: where the package has it. */
  pageFolder?: string
  retry?: Partial<RetryPolicy>
  clock?: () => number
  /** How long events gather before they leave as a batch, in milliseconds. */
  gatherMs?: number
  /** Told what the user should know, for example of a saved file that is broken. */
  log?: (line: string) => void
}
