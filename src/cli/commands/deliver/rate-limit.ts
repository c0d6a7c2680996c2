import type { DestinationDefinition } from '@segment/actions-core'
import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible'
import { watchedDefinition } from '../../../segment-host'

/**
 * A copy of a definition whose requests leave one after another at equal distances, so that no minute has more of them.
 * @param perMinute undefined for no limit
 */
export function rateLimited<Settings>(
  definition: DestinationDefinition<Settings>,
  perMinute: number | undefined
): DestinationDefinition<Settings> {
  if (perMinute === undefined) return definition
  const queue = new RateLimiterQueue(new RateLimiterMemory({ points: 1, duration: 60 / perMinute }))
  return watchedDefinition(definition, {
    begin: () => ({
      run: async (send) => {
        await queue.removeTokens(1)
        return await send()
      },
      completed: () => undefined,
      answered: () => undefined,
      failed: () => undefined
    })
  })
}
