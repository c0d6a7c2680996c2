export { checkVisitor, type CheckInput, type ShownEvent, type ShownVisit, type VisitorCheck } from './check-visitor'
export type { CheckState } from './compare'
export { sentEventsIn, visitEventsIn, type SentRequest } from './sent-events'
export type { SentEvent } from './visit-event'
