import type { DropInFolder } from './drop-in-folder'

/** One thing that Segment's repository asks of a folder. */
export interface Check {
  name: string
  /** What is wrong, one fault a line; nothing when all is well. `detail` says what was looked at. */
  run: (folder: DropInFolder) => Promise<Result> | Result
}

export interface Result {
  faults: string[]
  detail: string
}
