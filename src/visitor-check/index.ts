export { checkVisitor, type CheckInput, type VisitorCheck } from './check-visitor'
export type { CheckedEvent, CheckState } from './compare'
export { sentEventsIn, visitEventsIn } from './sent-events'
export type { SentEvent } from './visit-event'
