import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  sentEvents,
  startFromEmpty
} from '../../__tests__/__helpers__/kameleoon'
import { runBatch, runOne } from '../../__tests__/__helpers__/segment'
import type { SourceEvent } from '../../__tests__/__helpers__/segment'

const READ = 'GET /map/maps'
const WRITE = 'POST /map/maps'

const group: SourceEvent = {
  type: 'group',
  event: undefined,
  messageId: 'fake-message-1',
  timestamp: '2026-01-31T12:00:00.000Z',
  userId: 'user-1',
  anonymousId: undefined,
  groupId: 'group-1',
  traits: { name: 'Initech', kameleoonVisitorCode: 'visitor-1' },
  context: {}
}
const fields = { groupId: 'group-1', group: { name: 'Initech' } }

const run = (event: SourceEvent, mapping = {}) => runOne('groupEvent', event, mapping)

beforeEach(startFromEmpty)

describe('a group call', () => {
  it('stores the group and its traits beside those of the user, under visitor code and user id', async () => {
    const calls = kameleoon({ [READ]: { body: { 'IDENTIFY_visitor-1': { plan: 'pro' } } } })
    const data = await run(group)
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', READ, WRITE])
    expect(callsTo(calls, WRITE)[0]).toMatchObject({
      host: 'https://eu-data.kameleoon.io',
      query: { siteCode: 'abc123def4', ttlHours: '2208' },
      headers: { authorization: 'Bearer fake-token', 'content-type': 'application/json' }
    })
    expect(bodiesTo(calls, WRITE)).toEqual([
      { 'IDENTIFY_visitor-1': { plan: 'pro', ...fields }, 'IDENTIFY_user-1': fields }
    ])
    expect(data).toEqual({
      status: 200,
      sent: { maps: { 'IDENTIFY_visitor-1': fields, 'IDENTIFY_user-1': fields } },
      body: { answers: [{ operation: WRITE, status: 204 }] }
    })
  })

  it('is the same alone and in a batch', async () => {
    const calls = kameleoon()
    await run(group)
    const outcomes = await runBatch([group], { partnerAction: 'groupEvent' })
    const [alone, inBatch] = callsTo(calls, WRITE)
    expect(inBatch).toEqual(alone)
    expect(outcomes).toMatchObject([{ status: 200, sent: { maps: { 'IDENTIFY_user-1': fields } } }])
  })

  it('removes the traits of an earlier group', async () => {
    const former = { groupId: 'group-0', group: { name: 'Initrode', seats: 5 } }
    const calls = kameleoon({ [READ]: { body: { 'IDENTIFY_visitor-1': former } } })
    await run({ ...group, userId: undefined })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_visitor-1': fields }])
  })

  it('stores its id and the traits that the mapping names', async () => {
    const calls = kameleoon()
    const traits = { ...(group.traits as object), seats: 3 }
    await run({ ...group, traits }, { storedTraits: ['seats'] })
    expect(bodiesTo(calls, WRITE)).toMatchObject([{ 'IDENTIFY_user-1': { groupId: 'group-1', group: { seats: 3 } } }])
    expect(bodiesTo<Record<string, { group: object }>>(calls, WRITE)[0]['IDENTIFY_user-1'].group).toEqual({ seats: 3 })
  })

  it('without traits stores its id', async () => {
    const calls = kameleoon()
    await run({ ...group, traits: undefined })
    expect(bodiesTo(calls, WRITE)).toEqual([{ 'IDENTIFY_user-1': { groupId: 'group-1', group: {} } }])
  })

  it('replaces stored data without reading it, if the mapping says so', async () => {
    const calls = kameleoon()
    await run(group, { existingData: 'replace', ttlHours: 1 })
    expect(operationsOf(calls)).toEqual(['POST /oauth/token', WRITE])
    expect(callsTo(calls, WRITE)[0].query.ttlHours).toBe('1')
  })

  it('sets custom data of the mapping on the visitor too', async () => {
    const calls = kameleoon()
    await run(group, { customData: { '6': { '@path': '$.groupId' } } })
    expect(sentEvents(calls)).toMatchObject([
      { eventType: 'CUSTOMDATA', index: 6, valuesCountMap: { 'group-1': 1 }, visitorCode: 'visitor-1' }
    ])
  })

  it.each(['type', 'groupId', 'timestamp', 'messageId'])(
    'without %s is rejected by the name of that field',
    async (field) => {
      kameleoon()
      const error = await errorFrom(() => run(group, { [field]: undefined }))
      expect(error.message).toBe(`The root value is missing the required field '${field}'.`)
    }
  )

  it.each(['', '   '])('with the group id %j is rejected in a batch too, alone', async (groupId) => {
    const calls = kameleoon()
    const outcomes = await runBatch([{ ...group, groupId }, group], { partnerAction: 'groupEvent' })
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0].errormessage).toBe('groupId is missing or blank.')
    expect(bodiesTo<object>(calls, WRITE)).toHaveLength(1)
  })

  it('with a trait that cannot be stored is rejected alone', async () => {
    kameleoon()
    const outcomes = await runBatch([{ ...group, traits: { name: 'half \ud83d' } }, group], {
      partnerAction: 'groupEvent'
    })
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0].errormessage).toMatch(/^traits\.name has a string with half a Unicode character/)
  })
})
