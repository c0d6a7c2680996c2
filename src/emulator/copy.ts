import { randomUUID } from 'crypto'
import type { FastifyInstance } from 'fastify'
import type { Modes } from './modes'
import { apiKeyOf, completeOptions, type EmulatorInput } from './options'
import type { CustomData, Goal } from './project'
import type { PartResult } from './results'
import { State } from './state'

export interface CopyRequest {
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | URLSearchParams
}

export interface CopyAnswer {
  status: number
  content: string
  headers: { get(name: string): string | null }
}

/** Enough for the requests of a few events. */
const RETENTION = {
  requests: 100,
  requestBytes: 8_000_000,
  visitors: 100,
  eventsPerVisitor: 100,
  maps: 1_000,
  nonces: 10_000,
  discarded: 100
}

/**
 * A Kameleoon that answers within this process. It begins with the goals, custom data, maps and nonces of an emulator, and
 * changes nothing there; faults and rate limits are left out.
 */
export class EmulatorCopy {
  private constructor(
    private readonly state: State,
    private readonly server: FastifyInstance,
    /** What was done with each visit event and map so far, in their order. */
    readonly results: readonly PartResult[]
  ) {}

  /** A copy of what `original` is now, which behaves as it does except for the given modes. */
  static async of(original: State, modes: Partial<Modes> = {}): Promise<EmulatorCopy> {
    const results: PartResult[] = []
    const state = new State({ ...optionsOf(original, results), ...modes }, original)
    const { createServer } = await import('./server')
    return new EmulatorCopy(state, createServer(state), results)
  }

  /** A Kameleoon with nothing stored, and with the goals and custom data of the options. */
  static empty(options: EmulatorInput): Promise<EmulatorCopy> {
    return EmulatorCopy.of(new State(completeOptions({ ...options, retention: RETENTION })))
  }

  /** Each copy has credentials of its own, so that clients do not mix up what they remember of two copies. */
  get apiKey(): string {
    return apiKeyOf(this.state.options)
  }

  get goals(): Goal[] {
    return this.state.project.goals
  }

  get customData(): CustomData[] {
    return this.state.project.customData
  }

  addGoal(name: string): Goal {
    return this.state.project.addGoal({ name })
  }

  /** Answers a request to one of Kameleoon's hosts. */
  async answer(url: string, { method, headers = {}, body }: CopyRequest): Promise<CopyAnswer> {
    const form = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    const answer = await this.server.inject({
      ...{ method, url },
      headers: { ...form, ...headers },
      payload: body?.toString()
    })
    return { status: answer.statusCode, content: answer.body, headers: { get: (name) => textOf(answer.headers[name]) } }
  }
}

function optionsOf({ options, project }: State, results: PartResult[]): State['options'] {
  return {
    ...options,
    clientId: `copy-${randomUUID()}`,
    clientSecret: randomUUID(),
    goals: project.goals,
    customData: project.customData,
    rateLimits: false,
    mapsVisibleAfterMs: 0,
    retention: RETENTION,
    onRequest: undefined,
    onHandled: ({ results: handled }) => void results.push(...handled),
    senderOf: undefined
  }
}

function textOf(header: string | string[] | number | undefined): string | null {
  return header === undefined ? null : [header].flat().join(', ')
}
