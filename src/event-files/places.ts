import { crc32 } from 'zlib'
import type { SourcePlace } from '../segment-host'

/** Counts the lines of all files of a run, and sums up their text. */
export class Places {
  private number = 0
  private checksum = 0

  /**
   * The place of the next line that is not blank.
   * @param line its number in the file, from 1
   * @param text the trimmed line and a line feed, so that the same lines have the same checksum however they are packed
   */
  next(file: string, line: number, text: string | Buffer): SourcePlace {
    this.number++
    this.checksum = crc32(text, this.checksum)
    return { number: this.number, file, line, checksum: this.checksum }
  }
}

/** What the lines of a file need besides its content. */
export interface Reading {
  /** The name of the file in their places. */
  file: string
  places: Places
  /** Whether the line with this number is wanted. Others are passed over, and not parsed. */
  isWanted: (number: number) => boolean
}
