/** An answer other than success. The body carries `message`, as Kameleoon's error bodies do. */
export class Rejection extends Error {
  readonly status: number
  /** Further headers of the answer, by lower-case name. */
  readonly headers: Record<string, string>

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'Rejection'
    this.status = status
    this.headers = headers
  }
}
