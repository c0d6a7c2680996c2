import type { DestinationDefinition } from '@segment/actions-core'

/** What the routes work on. */
export interface Service<Settings> {
  definition: DestinationDefinition<Settings>
  /** The folder of the destination, by which the Actions Tester names it. */
  directoryName: string
  /** Tells the developer what no reply has a place for. */
  log: (line: string) => void
}
