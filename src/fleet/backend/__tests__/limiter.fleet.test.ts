import { RateLimiterRes } from 'rate-limiter-flexible'
import { describeBackends, until } from '../../__tests__/servers'

describeBackends('a limit of a fleet', ({ open }) => {
  test('counts what all processes use', async () => {
    const [one, other] = await Promise.all([limiter('shared', 3, 60), limiter('shared', 3, 60)])
    await one.consume('reading')
    await other.consume('reading', 2)

    const refused = await refusal(one.consume('reading'))
    expect(refused.consumedPoints).toBe(4)
    expect(refused.remainingPoints).toBe(0)
    expect(refused.msBeforeNext).toBeGreaterThan(50_000)
    expect((await other.consume('writing')).remainingPoints).toBe(2)
  })

  test.each([0.25, 1.5])('of %s seconds ends after these, not after whole seconds', async (duration) => {
    const limit = await limiter(`fraction ${duration}`, 1, duration)
    const start = Date.now()
    await limit.consume('reading')
    const { msBeforeNext } = await refusal(limit.consume('reading'))
    expect(msBeforeNext).toBeGreaterThan(0)
    expect(msBeforeNext).toBeLessThanOrEqual(duration * 1000)

    await until(() => limit.consume('reading').catch(unlessRefused))
    // The clock of the database may round by a millisecond.
    expect(Date.now() - start).toBeGreaterThanOrEqual(duration * 1000 - 2)
  })

  test('blocked for a part of a second is free again after it', async () => {
    const limit = await limiter('blocked', 5, 60)
    const start = Date.now()
    await limit.block('reading', 0.3)
    const { msBeforeNext } = await refusal(limit.consume('reading'))
    expect(msBeforeNext).toBeGreaterThan(0)
    expect(msBeforeNext).toBeLessThanOrEqual(300)

    const { remainingPoints } = await until(() => limit.consume('reading').catch(unlessRefused))
    expect(remainingPoints).toBe(4)
    expect(Date.now() - start).toBeGreaterThanOrEqual(298)
  })

  test('says what is left of it', async () => {
    const limit = await limiter('left', 5, 60)
    expect(await limit.get('reading')).toBeNull()
    await limit.consume('reading', 2)
    expect((await limit.get('reading'))?.remainingPoints).toBe(3)
    await limit.delete('reading')
    expect(await limit.get('reading')).toBeNull()
  })

  async function limiter(name: string, points: number, duration: number) {
    return (await open()).limiter({ name, points, duration })
  }
})

/** The library rejects with its answer when nothing is left. */
async function refusal(consumed: Promise<unknown>): Promise<RateLimiterRes> {
  const answer = await consumed.catch((refused: unknown) => refused)
  if (answer instanceof RateLimiterRes) return answer
  throw new Error(`It was not refused: ${String(answer)}`)
}

function unlessRefused(refused: unknown): undefined {
  if (!(refused instanceof RateLimiterRes)) throw refused
}
