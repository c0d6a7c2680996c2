/** Lets asynchronous work be done one piece after another, in the order in which it was asked for. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  /** Resolves or rejects as the work does; work that failed holds up nobody behind it. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work)
    this.last = mine.catch(() => undefined)
    return mine
  }
}
