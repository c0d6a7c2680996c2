import type { DestinationDefinition, RequestClient } from '@segment/actions-core'

export type Url = Parameters<RequestClient>[0]
export type RequestOptions = NonNullable<Parameters<RequestClient>[1]>
export type Answer = Awaited<ReturnType<RequestClient>>

/**
 * A copy of a definition whose batches send their requests through another client.
 * @param wrap makes it of the client that the framework gives to a batch, and of the settings of that batch
 */
export function withRequestClient<Settings>(
  definition: DestinationDefinition<Settings>,
  wrap: (request: RequestClient, settings: Settings) => RequestClient
): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const { performBatch } = action
    if (!performBatch) return [key, action]
    const wrapped: typeof performBatch = (request, data) => performBatch(wrap(request, data.settings), data)
    return [key, { ...action, performBatch: wrapped }]
  })
  // The same keys with actions of the same types.
  return { ...definition, actions: Object.fromEntries(actions) as typeof definition.actions }
}
