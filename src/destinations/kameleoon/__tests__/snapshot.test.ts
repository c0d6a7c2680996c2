import definition from '..'
import { startFromEmpty } from './__helpers__/kameleoon'
import { DESTINATION_SLUG, callsWithGeneratedData } from './__helpers__/snapshots'

beforeEach(startFromEmpty)

describe(`Testing snapshot for ${DESTINATION_SLUG} destination:`, () => {
  for (const actionSlug in definition.actions) {
    it(`${actionSlug} action - required fields`, async () => {
      expect(await callsWithGeneratedData(actionSlug, true)).toMatchSnapshot()
    })

    it(`${actionSlug} action - all fields`, async () => {
      expect(await callsWithGeneratedData(actionSlug, false)).toMatchSnapshot()
    })
  }
})
