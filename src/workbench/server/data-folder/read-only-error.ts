import { UsageError } from '../../../segment-host'
import { type Holder, holderInWords } from './holder'

/** Something cannot be saved, because another workbench keeps its mappings and settings in the same folder. */
export class ReadOnlyError extends UsageError {
  /** The status of the answer. */
  readonly statusCode = 409

  constructor(holder: Holder) {
    super(
      `Nothing is saved: another workbench (${holderInWords(holder)}) keeps its mappings and settings in the same folder. ` +
        'Change them there, or press "Take over" on this page first.'
    )
  }
}
