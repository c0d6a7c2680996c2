import { group, identify, page, track } from './events'
import { FORMS } from './forms'
import { startKameleoon } from './kameleoon'
import { expectRejectedAlone, expectRejectedInBatch } from './rejections'
import type { BadInput } from './rejections'

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** What the framework makes a number or a string of before an action sees it. */
const AMOUNTS = ['revenue', 'total'].flatMap((name) =>
  [true, false, [5], ['5']].map((value): BadInput => ({
    what: `properties.${name} ${JSON.stringify(value)}`,
    event: track('Order Completed', { [name]: value }),
    message: `properties.${name} must be a number, but it is ${kindOf(value)}.`
  }))
)

const CODES = ['kameleoonVisitorCode', 'k_visitorCode'].flatMap((name) =>
  [true, ['a']].flatMap((value): BadInput[] => {
    const code = { kameleoonVisitorCode: undefined, [name]: value }
    const message = `properties.${name} must be a string to be a visitor code, but it is ${kindOf(value)}.`
    const what = `${name} ${JSON.stringify(value)}`
    return [
      { what: `${what} on a track call`, event: track('Order Completed', code), message },
      { what: `${what} on a page call`, event: page('Pricing', code), message },
      { what: `${what} on an identify call`, event: identify({ ...code, plan: 'gold' }), message },
      { what: `${what} on a group call`, event: group('acme', code), message }
    ]
  })
)

const AUDIENCES = [5, true, {}, ['vip']].map((key): BadInput => ({
  what: `audience_key ${JSON.stringify(key)}`,
  event: track('Audience Entered', { audience_key: key }),
  message: `properties.audience_key must be a string, but it is ${kindOf(key)}: "Audience Entered" does not say which audience is meant.`
}))

describe.each([...AMOUNTS, ...CODES, ...AUDIENCES])('$what', (input) => {
  it('rejects that event of a batch, with field and kind named, and delivers its neighbours', () =>
    expectRejectedInBatch(input))

  it('rejects that event alone, with the same words', () => expectRejectedAlone(input))
})

describe.each(FORMS)('the parameters of a Data API event, $form', ({ deliver }) => {
  const counts = (valuesCountMap: Record<string, number>) => ({
    visitEventType: 'CUSTOMDATA',
    visitEventParameters: { index: 1, valuesCountMap }
  })

  it.each([0, -1, 1.5])('cannot count a value %d times', async (count) => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Order Completed'), counts({ a: count }))).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(
        /^visitEventParameters\.valuesCountMap must be an object of values with their counts, .*but it is an object\.$/
      ) as string
    })
    expect(kameleoon.emulator.requests).toEqual([])
  })

  it('can count a value once', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Order Completed'), counts({ a: 1 }))).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.totals.events).toEqual({ CUSTOMDATA: 1 })
  })
})
