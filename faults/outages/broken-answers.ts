import type { FaultRule } from '../../src/emulator'
import { sourceEvents } from '../events'
import { TARGETS } from '../fault-plan'
import { disturbed } from './disturbed'
import { together, type Outage } from './outage'

const FAULTS: Record<string, FaultRule> = {
  'no answer': { stall: 'headers' },
  'half an answer, then nothing': { stall: 'body' },
  'half an answer, then the end of the connection': { reset: 'in body' },
  '421': { status: 421 },
  '423': { status: 423 },
  '425': { status: 425 },
  'a Retry-After of 20 digits': { status: 429, retryAfter: '99999999999999999999' },
  'a Retry-After of a year': { status: 503, retryAfter: 31_536_000 },
  'a Retry-After of another century': { status: 503, retryAfter: 'Fri, 31 Dec 2199 23:59:59 GMT' }
}

export const brokenAnswers: Outage = {
  condition: 'answers that stall or break off, 421, 423, 425 and endless pauses cost nothing but time',
  measure: async (size) => {
    const events = sourceEvents(size === 'short' ? 150 : 600, 12)
    const findings = []
    for (const [name, fault] of Object.entries(FAULTS)) {
      const rules = TARGETS.map(({ method, path }) => ({ method, path, times: 2, ...fault }))
      findings.push({ name, violations: await disturbed(events, rules) })
    }
    return together(`${findings.length} kinds, on ${TARGETS.length} calls each`, findings)
  }
}
