import { Type } from '@sinclair/typebox'
import type { Emulator, Fault, FaultRule } from '../../emulator'
import { FaultSwitch } from '../contract'
import { type ApiServer, failing } from './api'
import { RequestError } from './api'
import type { WorkbenchContext } from './context'

/** A disturbance that people can switch on, and what it is to the emulator. */
export interface FaultKind {
  label: string
  description: string
  rule: FaultRule
}

/** Calls that carry events and stored data; lists of goals, tokens and the emulator's own surface go on as before. */
const path = /^\/(visit|map)\//

/** Short enough to be waited for, long enough to be seen. */
const RETRY_AFTER_SECONDS = 2
const SLOW_MS = 3_000
const TOKEN_AGE_MS = 2_000
const FEW_CALLS = { calls: 3, milliseconds: 5_000 }

export const FAULT_KINDS: Record<FaultSwitch['id'], FaultKind> = {
  'rate-limited': {
    label: 'Too many requests (429)',
    description: `Every call of the Data API is answered 429 with Retry-After: ${RETRY_AFTER_SECONDS}; nothing of it is stored.`,
    rule: { path, status: 429, retryAfter: RETRY_AFTER_SECONDS, body: { message: 'Too many requests.' } }
  },
  'server-error': {
    label: 'Server error (500)',
    description: 'Every call of the Data API is answered 500; nothing of it is stored.',
    rule: { path, status: 500, body: { message: 'Internal server error.' } }
  },
  slow: {
    label: 'Slow answers',
    description: `Every call of the Data API is answered ${SLOW_MS / 1000} seconds late.`,
    rule: { path, delayMs: SLOW_MS }
  },
  reset: {
    label: 'Connection reset',
    description:
      'Kameleoon stores what it is sent, then the connection breaks before the answer. What is sent again is recognised by its nonce and dropped.',
    rule: { path, reset: 'after' }
  },
  'expired-token': {
    label: 'Expired token (401)',
    description: `Access tokens older than ${TOKEN_AGE_MS / 1000} seconds are answered 401; a new token works.`,
    rule: {
      path,
      status: 401,
      tokenAgeMs: TOKEN_AGE_MS,
      body: { message: 'The access token is invalid or has expired.' }
    }
  },
  'rate-limits': {
    label: 'Low rate limit',
    description: `Only ${FEW_CALLS.calls} calls of the Data API pass in any ${FEW_CALLS.milliseconds / 1000} seconds; the others are answered 429 with Retry-After.`,
    rule: {
      path,
      beyond: FEW_CALLS,
      status: 429,
      retryAfter: FEW_CALLS.milliseconds / 1000,
      body: { message: 'Too many requests.' }
    }
  }
}

type FaultId = FaultSwitch['id']

/** Faults of the embedded emulator by name. Each is a rule of the emulator, so emptying the emulator switches all off. */
export class FaultSwitches {
  private readonly last = new Map<FaultId, Fault>()

  constructor(private readonly emulator: Pick<Emulator, 'faults'>) {}

  list(): FaultSwitch[] {
    return (Object.keys(FAULT_KINDS) as FaultId[]).map((id) => this.get(id))
  }

  get(id: FaultId): FaultSwitch {
    const { label, description } = FAULT_KINDS[id]
    const fault = this.last.get(id)
    const on = this.isOn(id)
    const times = fault?.rule.times
    const left = on && fault && times !== undefined ? times - fault.hits : null
    return { id, label, description, on, times: left, hits: fault?.hits ?? 0 }
  }

  /** The names of those that are on. */
  on(): FaultId[] {
    return (Object.keys(FAULT_KINDS) as FaultId[]).filter((id) => this.isOn(id))
  }

  /** Switches a fault on, anew if it is on already. With `times` it goes off by itself after so many hits. */
  switchOn(id: FaultId, times?: number): FaultSwitch {
    this.last.get(id)?.remove()
    const { rule } = FAULT_KINDS[id]
    this.last.set(id, this.emulator.faults.add(times === undefined ? rule : { ...rule, times }))
    return this.get(id)
  }

  /** Switches a fault off for all calls to come; an answer that is late already stays late. */
  switchOff(id: FaultId): FaultSwitch {
    this.last.get(id)?.remove()
    return this.get(id)
  }

  private isOn(id: FaultId): boolean {
    const fault = this.last.get(id)
    if (!fault || !this.emulator.faults.list().includes(fault)) return false
    return fault.hits < (fault.rule.times ?? Infinity)
  }
}

type Context = Pick<WorkbenchContext, 'faults' | 'settings' | 'stream'>

const Switching = Type.Object({
  on: Type.Boolean(),
  times: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Goes off by itself after so many hits' })
  )
})

/** Disturbances of the embedded emulator, by switch. */
export function faultRoutes(app: ApiServer, { faults, settings, stream }: Context): void {
  app.get(
    '/faults',
    { schema: { summary: 'All faults, on or off', response: { 200: Type.Array(Type.Ref(FaultSwitch)) } } },
    () => faults.list()
  )

  app.put(
    '/faults/:id',
    {
      schema: {
        summary: 'Switch a fault on or off',
        params: Type.Object({ id: Type.String() }),
        body: Switching,
        response: { 200: Type.Ref(FaultSwitch), ...failing(400, 404, 409) }
      }
    },
    ({ params: { id }, body: { on, times } }) => {
      if (!isFault(id)) throw new RequestError(404, `There is no fault "${id}"; there are ${KNOWN.join(', ')}.`)
      if (on && settings.target === 'real') {
        throw new RequestError(409, 'Faults disturb the emulator only; events go to the real Kameleoon now.')
      }
      const switched = on ? faults.switchOn(id, times) : faults.switchOff(id)
      stream.tellSoon()
      return switched
    }
  )
}

const KNOWN = Object.keys(FAULT_KINDS)

function isFault(id: string): id is FaultSwitch['id'] {
  return KNOWN.includes(id)
}
