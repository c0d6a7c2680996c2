import {
  MultiStatusResponse,
  type DestinationDefinition,
  type JSONObject,
  type RequestClient
} from '@segment/actions-core'
import { smallDestination } from '../../../../segment-host/__tests__/small-destination'
import { rateLimited } from '../rate-limit'

/** A destination that sends five requests at once. */
function asking(): DestinationDefinition<JSONObject> {
  const { definition } = smallDestination()
  const performBatch = async (request: RequestClient): Promise<MultiStatusResponse> => {
    await Promise.all(Array.from({ length: 5 }, () => request('https://eu-data.kameleoon.io/')))
    return new MultiStatusResponse()
  }
  return { ...definition, actions: { take: { ...definition.actions.take, performBatch } } }
}

async function timesOf(definition: DestinationDefinition<JSONObject>): Promise<number[]> {
  const times: number[] = []
  const request = () => {
    times.push(performance.now())
    return Promise.resolve({ status: 204 })
  }
  // The action of this test uses nothing else of its arguments.
  await definition.actions.take.performBatch?.(request as never, {} as never)
  return times
}

it('lets requests leave no closer to each other than the rate says', async () => {
  const times = await timesOf(rateLimited(asking(), 1_200))
  expect(times).toHaveLength(5)
  const gaps = times.slice(1).map((time, index) => time - times[index])
  // A timer of Node may be up to a millisecond early.
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(48)
})

it('changes nothing without a rate', () => {
  const definition = asking()
  expect(rateLimited(definition, undefined)).toBe(definition)
})
