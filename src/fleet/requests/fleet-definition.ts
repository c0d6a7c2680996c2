import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import { withRequestClient, type Answer, type RequestOptions, type Url } from '../../segment-host'
import type { Backend } from '../backend/backend'
import type { SharedStore } from '../backend/shared-store'
import { Budget } from './budget'
import { DEFAULT_LIMITS, windowsByKind, type RequestLimits } from './limits'
import { accountOf, isForAll } from './question'
import { kindOf, type RequestKind } from './request-kind'
import { secondsToWait } from './retry-after'
import { SharedAnswers } from './shared-answers'

export interface FleetRequests {
  limiter: Backend['limiter']
  store: SharedStore
  /** Default: DEFAULT_LIMITS. */
  limits?: RequestLimits
  /** Called for every request that was sent; the status is 0 where there was no answer. */
  count?: (kind: RequestKind, status: number) => void
  /** Ends all waiting, when the process stops. What waited is to be tried again. */
  signal?: AbortSignal
}

/**
 * A copy of a definition whose requests keep limits together with those of all processes of a fleet, and use what other
 * processes have read of the Automation API. A request waits for its turn before its time limit begins.
 */
export function fleetDefinition<Settings>(
  definition: DestinationDefinition<Settings>,
  options: FleetRequests
): DestinationDefinition<Settings> {
  const requests = new Requests(options)
  return withRequestClient(definition, (request, settings) => requests.client(request, accountOf(settings)))
}

/** The requests of one process. */
class Requests {
  private readonly budgets: Record<RequestKind, Budget>
  private readonly answers: SharedAnswers
  private readonly count: NonNullable<FleetRequests['count']>

  constructor({ limiter, store, limits = DEFAULT_LIMITS, count = () => undefined, signal }: FleetRequests) {
    const windows = windowsByKind(limits)
    const budgetOf = (kind: RequestKind): Budget =>
      new Budget(
        windows[kind].map((window, index) => limiter({ name: `${kind}-${index}`, ...window })),
        signal
      )
    this.budgets = { reading: budgetOf('reading'), writing: budgetOf('writing'), automation: budgetOf('automation') }
    this.answers = new SharedAnswers(store, signal)
    this.count = count
  }

  /** @param account whose answers may be shared; undefined to share none */
  client(request: RequestClient, account: string | undefined): RequestClient {
    const client = (url: Url, options: RequestOptions = {}): Promise<Answer> => {
      const method = (options.method ?? 'GET').toUpperCase()
      const kind = kindOf(method, url)
      const send = (): Promise<Answer> => this.sent(kind, () => request(url, options))
      const { body = '' } = options
      // A body of another form cannot be told from others.
      if (account === undefined || typeof body !== 'string' || options.json !== undefined) return send()
      if (kind !== 'automation' || !isForAll(method, url)) return send()
      return this.answers.answer({ account, method, url, body }, send)
    }
    // The client is generic in the type of the answer's data; answers are returned unchanged.
    return client as RequestClient
  }

  private async sent(kind: RequestKind, send: () => Promise<Answer>): Promise<Answer> {
    await this.budgets[kind].take()
    let answer: Answer | undefined
    try {
      return (answer = await send())
    } catch (error) {
      // An answer with an error status may be thrown as an HTTPError, which has the response.
      answer = (Object(error) as { response?: Answer }).response
      throw error
    } finally {
      await this.answered(kind, answer)
    }
  }

  private async answered(kind: RequestKind, answer: Answer | undefined): Promise<void> {
    this.count(kind, answer?.status ?? 0)
    if (answer?.status !== 429) return
    // Where the database fails, the answer still counts; the next request fails because of the database.
    await this.budgets[kind].block(secondsToWait(answer.headers.get('retry-after'))).catch(() => undefined)
  }
}
