export { batchLimits, sendBatchOnce, type BatchLimits, type SentEvent } from './batch'
export { completed, type CompleteEvent, type Envelope } from './completed'
export { deleteUser, type DeletedIds, type Deletion } from './deletion'
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
export { frameworkFor } from './framework'
export { currentExchange, exchangeRecorder, recorded } from './exchanges/exchange-recorder'
export { exchangesOf, observedDefinition, type Observed, type ObservedExchange } from './exchanges/observed-exchanges'
export { redacted, secretsOf } from './exchanges/redaction'
export { curlOf, type RecordedExchange } from './exchanges/recorded-exchange'
export { watchedDefinition, type RequestWatch } from './exchanges/watched-definition'
export { withRequestClient, type Answer, type RequestOptions, type Url } from './exchanges/request-client'
export { isOld, unmatchedReason } from './event-facts'
export { filteredByIntegrations, type CatalogEntry } from './integrations'
export {
  readMappingFile,
  subscriptionEntries,
  subscriptionsIn,
  type CheckedEntry,
  type SubscriptionEntry
} from './mapping-file'
export { outcomeOf, type Outcome, type OutcomeNode } from './outcome'
export { identitiesOf, IdentityOrder, personOf } from './identity-order'
export { storedDataUse, type StoredDataUse } from './stored-data-use'
export { queryFault, queryProblem, type QueryFault } from './query-problem'
export { Queue } from './queue'
export type { QueuedEvent, QueuePause } from './queue-options'
export { defaultRetryPolicy, isRetryable, LONGEST_PAUSE_MS, type RetryPolicy } from './retry-policy'
export { ChangedSourceError, wantedLines, type Checkpoint, type SettledBatch, type StoppedRun } from './checkpoint'
export type {
  CheckpointStore,
  DeliveryRun,
  Pause,
  RejectionLimit,
  SentBatch,
  Settled,
  Undelivered
} from './delivery-run'
export { runDelivery } from './run'
export type { EventLine, PassedLine, Source, SourceLine, SourcePlace, UnreadableLine } from './source'
export { matcherOf, presetSubscriptions, type Matches, type Subscription } from './subscription'
export { directiveFault, directiveProblems, subscriptionProblems } from './subscription-problems'
export { idIn, linksIn } from './stored-links'
export {
  Tally,
  type Counts,
  type ReasonCount,
  type ReasonedCount,
  type Stop,
  type SubscriptionSummary,
  type Summary
} from './summary'
export { hasOwn, isRecord, kindOf, memberOf, parsedJson, recordOf, textOf } from './values'
export { whyNot } from './why-not'
