import { Type } from '@sinclair/typebox'
import type { Emulator, Fault, FaultRule } from '../../emulator'
import { FaultSwitch } from '../contract'
import { failing, RequestError, type ApiServer } from './api'
import type { TargetKind } from './hosted'

/** A fault that a user can switch on, with its rule for the emulator. */
interface FaultKind {
  label: string
  description: string
  rule: FaultRule
}

/** Calls that carry events and stored data. Lists of goals, tokens and the emulator's own routes are never disturbed. */
const path = /^\/(visit|map)\//

/** Short enough to wait for, long enough to be noticed. */
const RETRY_AFTER_SECONDS = 2
const SLOW_MS = 3_000
const TOKEN_AGE_MS = 2_000
const FEW_CALLS = { calls: 3, milliseconds: 5_000 }

const FAULT_KINDS: Record<FaultSwitch['id'], FaultKind> = {
  'rate-limited': {
    label: 'Too many requests (429)',
    description: `Every call of the Data API is answered 429 with Retry-After: ${RETRY_AFTER_SECONDS}; nothing is stored.`,
    rule: { path, status: 429, retryAfter: RETRY_AFTER_SECONDS, body: { message: 'Too many requests.' } }
  },
  'server-error': {
    label: 'Server error (500)',
    description: 'Every call of the Data API is answered 500; nothing is stored.',
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
      'Kameleoon stores what it receives, then the connection breaks before the answer. Events that are sent again are recognised by their nonce and dropped.',
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

// The keys of the table are exactly these ids.
const FAULT_IDS = Object.keys(FAULT_KINDS) as FaultId[]

/** The faults of the embedded emulator, by id. Each is a rule of the emulator, so deleting its data switches all of them off. */
export class FaultSwitches {
  private readonly last = new Map<FaultId, Fault>()

  constructor(private readonly emulator: Pick<Emulator, 'faults'>) {}

  list(): FaultSwitch[] {
    return FAULT_IDS.map((id) => this.get(id))
  }

  get(id: FaultId): FaultSwitch {
    const { label, description } = FAULT_KINDS[id]
    const fault = this.last.get(id)
    const on = this.isOn(id)
    const times = fault?.rule.times
    const left = on && fault && times !== undefined ? times - fault.hits : null
    return { id, label, description, on, times: left, hits: fault?.hits ?? 0 }
  }

  /** The ids of the faults that are on. */
  on(): FaultId[] {
    return FAULT_IDS.filter((id) => this.isOn(id))
  }

  /**
   * Switches a fault on; one that is on already starts again.
   * @param times after how many hits it goes off by itself. Default: never
   */
  switchOn(id: FaultId, times?: number): FaultSwitch {
    this.last.get(id)?.remove()
    const { rule } = FAULT_KINDS[id]
    this.last.set(id, this.emulator.faults.add(times === undefined ? rule : { ...rule, times }))
    return this.get(id)
  }

  /** Switches a fault off for later calls. An answer that is already delayed stays delayed. */
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

interface FaultSources {
  faults: FaultSwitches
  settings: { readonly target: TargetKind }
  /** Informed after each switch. */
  stream: { sendSoon(): void }
}

const Switching = Type.Object({
  on: Type.Boolean(),
  times: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'After how many hits it goes off by itself. Default: never'
    })
  )
})

/** Switches for the faults of the embedded emulator. */
export function faultRoutes(app: ApiServer, { faults, settings, stream }: FaultSources): void {
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
      if (!isFault(id))
        throw new RequestError(404, `There is no fault "${id}"; known faults are ${FAULT_IDS.join(', ')}.`)
      if (on && settings.target === 'real') {
        throw new RequestError(409, 'Faults work with the emulator only, and events go to the real Kameleoon now.')
      }
      const switched = on ? faults.switchOn(id, times) : faults.switchOff(id)
      stream.sendSoon()
      return switched
    }
  )
}

function isFault(id: string): id is FaultId {
  return FAULT_IDS.some((known) => known === id)
}
