import { createHash } from 'crypto'

/**
 * The names of everything that one run creates at Kameleoon. They are all derived from the id of the run, and say to a human
 * who finds them what they are.
 */
export class Names {
  private nonces = 0

  /** @param run short random text of letters and digits */
  constructor(readonly run: string) {}

  get visitorCode(): string {
    return `probe${this.run}`
  }

  key(name: string): string {
    return `KAMELEOON_DESTINATION_PROBE_${this.run}_${name}`
  }

  goal(name: string): string {
    return `kameleoon-destination probe ${this.run} ${name} (delete me)`
  }

  /** The address of a page that is visited in order to be found again. */
  page(name: string): string {
    return `https://example.com/kameleoon-destination-probe/${this.run}/${name}`
  }

  /** A new nonce: 16 hexadecimal digits. */
  nonce(): string {
    this.nonces += 1
    const hash = createHash('sha256').update(`${this.run} ${this.nonces}`).digest('hex')
    return hash.slice(0, 16).toUpperCase()
  }
}
