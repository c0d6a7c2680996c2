import { startFromEmpty } from '../../__tests__/__helpers__/kameleoon'
import { DESTINATION_SLUG, callsWithGeneratedData } from '../../__tests__/__helpers__/snapshots'

const ACTION_SLUG = 'pageEvent'

beforeEach(startFromEmpty)

describe(`Testing snapshot for ${DESTINATION_SLUG}'s ${ACTION_SLUG} destination action:`, () => {
  it('required fields', async () => {
    expect(await callsWithGeneratedData(ACTION_SLUG, true)).toMatchSnapshot()
  })

  it('all fields', async () => {
    expect(await callsWithGeneratedData(ACTION_SLUG, false)).toMatchSnapshot()
  })
})
