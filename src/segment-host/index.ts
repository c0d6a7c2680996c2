export { batchLimits, sendBatchOnce, type BatchLimits, type SentEvent } from './batch'
export type { Pause } from './batch-delivery'
export {
  faultyFields,
  hostDestination,
  problemsIn,
  testConnection,
  type ConnectionResult,
  type FieldProblem,
  type SendBatch
} from './destination'
export { messageOf, UsageError } from './errors'
export type { EventLine, HeldEvent, SourceLine, UnreadableLine } from './event-line'
export { curlOf } from './exchanges/curl'
export { exchangeRecorder, recorded } from './exchanges/exchange-recorder'
export { exchangesOf, observedDefinition, type Observed, type ObservedExchange } from './exchanges/observed-exchanges'
export { redacted, secretsOf } from './exchanges/redaction'
export { tracedDefinition } from './exchanges/traced-definition'
export { Judged, type TracedExchange } from './exchanges/traced-exchange'
export { readMappingFile, subscriptionsIn, type SubscriptionEntry } from './mapping-file'
export { outcomeOf, type Outcome, type OutcomeNode } from './outcome'
export { queryProblem } from './query-problem'
export { defaultRetryPolicy, isRetryable, LONGEST_PAUSE_MS, pauseBefore, type RetryPolicy } from './retry-policy'
export { runDelivery, type DeliveryRun, type Settled } from './run'
export { filteredByIntegrations, matcherOf, presetSubscriptions, type Matches, type Subscription } from './subscription'
export { directiveFault, directiveProblems, subscriptionProblems } from './subscription-problems'
export { idIn, linksIn } from './stored-links'
export { Tally, type Interruption, type ReasonedCount, type SubscriptionSummary, type Summary } from './summary'
export { hasOwn, isRecord, kindOf, memberOf, parsedJson, recordOf, textOf } from './values'
export { whyNot } from './why-not'
