import type { SegmentEvent } from '@segment/actions-core'
import { processMemory } from '../../destinations/kameleoon/kameleoon-api/project'
import { group, identify, page, times, track } from '../events'
import { startKameleoon } from '../kameleoon'
import type { Kameleoon } from '../kameleoon'

/** Two accounts with the same site code, the same ids and the same names of goals, which have other numbers. */
async function twoAccounts(): Promise<[Kameleoon, Kameleoon]> {
  const one = await startKameleoon({ goals: [{ name: 'Order Completed' }] })
  const goals = [{ name: 'Another' }, { name: 'Order Completed' }]
  const other = await startKameleoon({ clientId: 'other-client', clientSecret: 'other-secret-not-real', goals })
  return [one, other]
}

const eventsOf = (owner: string): SegmentEvent[][] => [
  times(40, () => track('Order Completed')),
  times(40, () => track(`New goal of ${owner}`)).map((event, index) => ({ ...event, messageId: `new ${index}` })),
  times(40, () => page('Pricing', { url: `https://${owner}.example.com` })),
  times(40, (index) => identify({ owner, [`trait${index}`]: owner }, { userId: 'user1' })),
  [group(`group of ${owner}`)]
]

it('never see data of each other, whatever they do at the same time', async () => {
  const [one, other] = await twoAccounts()
  const outcomes = await Promise.all(
    [
      [one, 'one'],
      [other, 'other']
    ].flatMap(([kameleoon, owner]) => eventsOf(owner as string).map((events) => (kameleoon as Kameleoon).batch(events)))
  )
  expect(new Set(outcomes.flat().map(({ status }) => status))).toEqual(new Set([200]))
  for (const [{ emulator }, owner, stranger] of [
    [one, 'one', /\bother\b/],
    [other, 'other', /\bone\b/]
  ] as const) {
    expect(emulator.tokensIssued).toBe(1)
    expect(emulator.map('IDENTIFY_visitor1')).toMatchObject({ owner, trait39: owner, groupId: `group of ${owner}` })
    const known = JSON.stringify([emulator.visitor('visitor1'), emulator.maps(), emulator.goals])
    expect(known).not.toMatch(stranger)
    expect(
      emulator.visitor('visitor1')?.conversions.filter(({ goalName }) => goalName === 'Order Completed')
    ).toHaveLength(40)
  }
})

it('never use tokens of each other, and the end of one ends no other', async () => {
  const [one, other] = await twoAccounts()
  const tokensOf = ({ emulator }: Kameleoon) => emulator.requests.flatMap(({ headers }) => headers.authorization ?? [])
  await one.single(track('Order Completed'))
  await other.single(track('Order Completed'))
  one.emulator.expireTokens()
  await Promise.all([one, other].map((kameleoon) => kameleoon.single(identify({ plan: 'gold' }))))
  expect([one.emulator.tokensIssued, other.emulator.tokensIssued]).toEqual([2, 1])
  expect(tokensOf(one).filter((token) => tokensOf(other).includes(token))).toEqual([])
})

it('never find links of each other, neither stored ones nor remembered ones', async () => {
  const [one, other] = await twoAccounts()
  await one.single(identify({}, { userId: 'user1' }))
  const event = track('Order Completed', { kameleoonVisitorCode: undefined }, { userId: 'user1' })
  for (const messageId of ['remembered', 'looked up']) {
    for (const kameleoon of [one, other]) await kameleoon.single({ ...event, messageId })
    processMemory.projects.clear()
  }
  expect([one.emulator.visitors(), other.emulator.visitors()]).toEqual([['visitor1'], ['user1']])
})

it('do not disturb each other where one has wrong credentials', async () => {
  const [one, other] = await twoAccounts()
  const { apiKey } = one.settings
  one.settings = { ...one.settings, apiKey: Buffer.from('{"id":"nobody","secret":"wrong"}').toString('base64') }
  const outcomes = await Promise.all([one, other].map((kameleoon) => kameleoon.single(track('Order Completed'))))
  expect(outcomes).toMatchObject([{ status: 401 }, { status: 200 }])
  expect(one.emulator.visitors()).toEqual([])
  one.settings = { ...one.settings, apiKey }
  expect(await one.single(track('Order Completed'))).toMatchObject({ status: 200 })
})

it('do not disturb each other where one has reached its limits', async () => {
  const [one, other] = await twoAccounts()
  other.emulator.faults.add({ path: /./, status: 429, retryAfter: 60 })
  const events = times(3, () => track('Order Completed'))
  const [limited, free] = await Promise.all([other, one].map((kameleoon) => kameleoon.batch(events)))
  expect(limited.map(({ status }) => status)).toEqual([429, 429, 429])
  expect(free.map(({ status }) => status)).toEqual([200, 200, 200])
})

it('of which one has the id of the other and another secret are two', async () => {
  const one = await startKameleoon()
  const other = await startKameleoon({ clientSecret: 'another-secret-not-real' })
  await Promise.all([one, other].map((kameleoon) => kameleoon.single(track('Order Completed'))))
  expect([one.emulator.tokensIssued, other.emulator.tokensIssued]).toEqual([1, 1])
  expect([one, other].flatMap(({ emulator }) => emulator.requests.filter(({ status }) => status === 401))).toEqual([])
})
