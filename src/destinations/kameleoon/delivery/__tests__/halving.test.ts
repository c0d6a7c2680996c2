import { ResponseError } from '../../kameleoon-api/errors'
import type { Failure } from '../failure'
import { HalvingSender } from '../halving'
import type { Stop } from '../halving'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Sends numbers to a receiver that may reject them, and notes what became of each. */
async function sendAll(
  parts: number[],
  answer: (part: number[]) => number | undefined,
  stop: Stop = {},
  divide = (all: number[]): number[][] => [all]
) {
  const sends: number[][] = []
  const outcomes = new Map<number, string | number>()
  const stops = { reading: {}, writing: stop, requests: 0 }
  const sender = new HalvingSender<number, string>(stops, stop, {
    send: (part) => {
      sends.push(part)
      const status = answer(part)
      return status === undefined ? Promise.resolve('reply') : Promise.reject(new ResponseError('POST /x', status, ''))
    },
    delivered: (some, reply) => some.forEach((part) => outcomes.set(part, reply)),
    failed: (some, { status }: Failure) => some.forEach((part) => outcomes.set(part, status))
  })
  await sender.sendAll(divide(parts))
  return { sends, outcomes: parts.map((part) => outcomes.get(part)), stop }
}

describe('parts that are sent together', () => {
  it('are one request where nothing is wrong', async () => {
    const { sends, outcomes } = await sendAll(numbers(8), () => undefined)
    expect(sends).toEqual([numbers(8)])
    expect(outcomes).toEqual(numbers(8).map(() => 'reply'))
  })

  it.each([400, 413])(
    'and rejected with %d are halved until the bad one is alone; the rest is delivered',
    async (status) => {
      const { sends, outcomes } = await sendAll(numbers(8), (part) => (part.includes(5) ? status : undefined))
      expect(sends).toEqual([numbers(8), [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [6, 7]])
      expect(outcomes).toEqual(numbers(8).map((part) => (part === 5 ? 400 : 'reply')))
    }
  )

  it.each([
    [1, 1],
    [2, 3],
    [7, 13]
  ])('and all bad (%d) need %d requests and are all rejected', async (count, requests) => {
    const { sends, outcomes } = await sendAll(numbers(count), () => 400)
    expect(sends).toHaveLength(requests)
    expect(outcomes).toEqual(numbers(count).map(() => 400))
  })

  it('and one bad among 1,000 need at most 21 requests', async () => {
    const { sends, outcomes } = await sendAll(numbers(1000), (part) => (part.includes(617) ? 400 : undefined))
    expect(sends.length).toBeLessThanOrEqual(21)
    expect(outcomes.filter((outcome) => outcome === 'reply')).toHaveLength(999)
    expect(outcomes[617]).toBe(400)
  })

  it.each([403, 404, 408, 423, 500, 502, 503])('and answered with %d are not halved', async (status) => {
    const { sends, outcomes } = await sendAll(numbers(4), () => status)
    expect(sends).toHaveLength(1)
    expect(new Set(outcomes).size).toBe(1)
    expect(outcomes[0]).toBeGreaterThanOrEqual(400)
  })
})

describe('the search for what is rejected', () => {
  /** Divides like a reading of 100 keys a request. */
  const hundreds = (all: number[]): number[][] =>
    numbers(Math.ceil(all.length / 100)).map((index) => all.slice(index * 100, (index + 1) * 100))

  it.each([
    ['one part', undefined],
    ['many parts', hundreds]
  ])('ends early where everything in %s is rejected; all of it is tried again', async (_case, divide) => {
    const { sends, outcomes } = await sendAll(numbers(1000), () => 400, {}, divide)
    expect(sends.length).toBeLessThanOrEqual(40)
    expect(sends.filter((part) => part.length === 1)).toHaveLength(8)
    expect(outcomes).toEqual(numbers(1000).map(() => 503))
  })

  it.each([2, 3, 10, 50, 200, 500])(
    'takes at most 100 requests for %d bad items among 1,000, and rejects no good one for good',
    async (count) => {
      const step = 1000 / count
      const bad = new Set(numbers(count).map((index) => Math.floor(index * step)))
      const { sends, outcomes } = await sendAll(numbers(1000), (part) =>
        part.some((one) => bad.has(one)) ? 400 : undefined
      )
      expect(sends.length).toBeLessThanOrEqual(100)
      outcomes.forEach((outcome, item) =>
        expect([item, outcome]).toEqual([item, bad.has(item) ? expect.any(Number) : outcome])
      )
      outcomes.forEach((outcome, item) => expect(outcome !== 400 || bad.has(item)).toBe(true))
      expect(outcomes).toContain(400)
    }
  )

  it('comes to an end if what is left is sent again, for any number of bad items', async () => {
    const bad = new Set(numbers(1000).filter((item) => item % 7 === 0))
    let left = numbers(1000)
    for (let round = 0; left.length > 0; round++) {
      expect(round).toBeLessThan(200)
      const sent = left
      const { outcomes } = await sendAll(sent, (part) => (part.some((one) => bad.has(one)) ? 400 : undefined))
      sent.forEach((item, index) =>
        expect([item, outcomes[index] === 400]).toEqual([item, outcomes[index] === 400 && bad.has(item)])
      )
      left = sent.filter((_item, index) => outcomes[index] === 503)
    }
  })
})

describe('the stop', () => {
  it.each([
    ['the rate limit', 429, 429],
    ['credentials', 401, 401]
  ])('closes for what follows in the batch after a rejection for %s', async (_case, status, expected) => {
    const answer = (part: number[]) => (part.length === 4 ? 400 : part.includes(0) ? status : undefined)
    const { sends, outcomes, stop } = await sendAll(numbers(4), answer)
    expect(sends).toEqual([numbers(4), [0, 1]])
    expect(outcomes).toEqual([expected, expected, expected, expected])
    expect(stop.reason).toMatchObject({ status: expected })
  })

  it('stays open after any other failure', async () => {
    const answer = (part: number[]) => (part.length === 4 ? 400 : part.includes(0) ? 500 : undefined)
    const { sends, outcomes, stop } = await sendAll(numbers(4), answer)
    expect(sends).toEqual([numbers(4), [0, 1], [2, 3]])
    expect(outcomes).toEqual([500, 500, 'reply', 'reply'])
    expect(stop.reason).toBeUndefined()
  })

  it('that is closed lets nothing through and gives its reason to all', async () => {
    const reason: Failure = { status: 429, code: 'TOO_MANY_REQUESTS', message: 'slow', isRetryable: true }
    const { sends, outcomes } = await sendAll(numbers(3), () => undefined, { reason })
    expect(sends).toEqual([])
    expect(outcomes).toEqual([429, 429, 429])
  })
})
