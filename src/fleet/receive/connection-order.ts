import type { FastifyInstance, FastifyRequest } from 'fastify'

interface Turn {
  /** Resolves when the turns before have ended. */
  begin: Promise<void>
  end: () => void
}

/**
 * The order of the requests of one connection. A sender may send a request before the last one is answered; a body that is
 * read faster, for example since it is not compressed, must not overtake.
 */
export class ConnectionOrder {
  private readonly lastEnds = new WeakMap<object, Promise<void>>()
  private readonly turns = new WeakMap<FastifyRequest, Turn>()

  constructor(app: FastifyInstance) {
    app.addHook('onRequest', (request, _reply, done) => {
      this.enter(request)
      done()
    })
    // Also for requests that were rejected before their turn.
    app.addHook('onResponse', (request, _reply, done) => {
      this.turns.get(request)?.end()
      done()
    })
    app.addHook('onError', (request, _reply, _error, done) => {
      this.turns.get(request)?.end()
      done()
    })
  }

  /** Starts the work when its turn has come; the next turn begins once it is started. */
  async inTurn<Result>(request: FastifyRequest, start: () => Promise<Result>): Promise<Result> {
    const turn = this.turns.get(request)
    await turn?.begin
    const work = start()
    turn?.end()
    return work
  }

  private enter(request: FastifyRequest): void {
    const begin = this.lastEnds.get(request.raw.socket) ?? Promise.resolve()
    let end = (): void => undefined
    const ended = new Promise<void>((resolve) => (end = resolve))
    this.turns.set(request, { begin, end })
    this.lastEnds.set(
      request.raw.socket,
      begin.then(() => ended)
    )
  }
}
