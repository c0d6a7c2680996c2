import type { SourceEvent } from '../events'
import type { Delivery } from '../driver'

/** Short is part of `npm test`, full of `npm run test:faults`. */
export type Size = 'short' | 'full'

/** What was measured, and the first few things that speak against the condition. */
export interface Finding {
  figures: string
  violations: string[]
}

/** One way in which a service fails, and what must hold all the same. */
export interface Outage {
  condition: string
  measure: (size: Size) => Promise<Finding>
}

/** A finding with the condition that it is about. */
export interface MeasuredOutage extends Finding {
  name: string
}

/** The findings of several trials as one. */
export function together(figures: string, findings: Array<{ name: string; violations: string[] }>): Finding {
  return {
    figures,
    violations: findings.flatMap(({ name, violations }) => violations.map((violation) => `${name}: ${violation}`))
  }
}

/** Events whose outcome is not as it must be, in words. */
export function outcomesAmiss(deliveries: Delivery[], isRight: (delivery: Delivery) => boolean): string[] {
  return deliveries
    .filter((delivery) => !isRight(delivery))
    .map(({ source, outcome }) => `${source.text.slice(0, 120)}: ${JSON.stringify(outcome)?.slice(0, 300)}`)
}

export function isDelivered({ outcome }: Delivery): boolean {
  return outcome?.kind === 'delivered'
}

/** Only those of some subscriptions. */
export function ofSubscriptions(events: SourceEvent[], ...names: Array<SourceEvent['subscription']>): SourceEvent[] {
  return events.filter(({ subscription }) => names.includes(subscription))
}
