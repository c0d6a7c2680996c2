/**
 * Prints, as JSON, how many bytes the destination keeps for 500 accounts: after one event each with a look-up of its visitor,
 * and after one event each that needs a list of 1,000 goals. For a process of its own, with `--expose-gc`.
 */
import definition from '../destinations/kameleoon'

const ACCOUNTS = 500
const GOALS = 1000

/** Kameleoon's answers, without a network. */
function answerTo(url: string): unknown {
  const { pathname, searchParams } = new URL(url)
  const page = Number(searchParams.get('page') ?? 1)
  const siteCode = /"code".*?\["(\w+)"/.exec(searchParams.get('filter') ?? '')?.[1]
  if (pathname === '/oauth/token')
    return { access_token: 'fake-token-'.repeat(20) + String(Math.random()), expires_in: 7200 }
  if (pathname === '/sites') return [{ id: 17, code: siteCode }]
  if (pathname === '/goals') return goals().slice((page - 1) * 200, page * 200)
  return {}
}

function goals(): object[] {
  return Array.from({ length: GOALS }, (_, id) => ({ id, name: `Goal ${id}`, type: 'CUSTOM', status: 'ACTIVE' }))
}

const request = (url: string) =>
  Promise.resolve({
    status: 200,
    headers: { get: () => null },
    content: /\/(visit|map\/maps\?siteCode=\w+&ttl)/.test(url) ? '' : JSON.stringify(answerTo(url))
  })

/** One event of an account through the single path. */
async function deliver(account: number, payload: object): Promise<void> {
  const apiKey = Buffer.from(JSON.stringify({ id: `fake-${account}`, secret: 'fake-secret' })).toString('base64')
  const settings = { apiKey, sitecode: `site${String(account).padStart(6, '0')}` }
  // The framework's types ask for more than the destination reads of them.
  const { perform } = definition.actions.logEvent as unknown as { perform: (...given: unknown[]) => Promise<unknown> }
  await perform(request, { settings, payload: { type: 'track', timestamp: new Date().toISOString(), ...payload } })
}

function heapBytes(): number {
  for (let round = 0; round < 5; round++) global.gc?.()
  return process.memoryUsage().heapUsed
}

async function growth(payloadOf: (account: number) => object): Promise<number> {
  // Code, compiled patterns and the like exist once, whatever the number of accounts.
  for (let round = 0; round < 20; round++) await deliver(999_000, { ...payloadOf(0), messageId: `warm-${round}` })
  const before = heapBytes()
  for (let account = 0; account < ACCOUNTS; account++) await deliver(account, payloadOf(account))
  return heapBytes() - before
}

async function main(): Promise<void> {
  const idle = await growth((account) => ({
    event: 'Order Completed',
    messageId: `one-${account}`,
    userId: `user-${account}`,
    goalId: '12',
    visitorFallback: 'linked visitor, else user id'
  }))
  const withGoals = await growth((account) => ({
    event: 'Goal 1',
    messageId: `two-${account}`,
    kameleoonVisitorCode: `visitor-${account}`,
    goalMatching: 'match only'
  }))
  console.log(JSON.stringify({ accounts: ACCOUNTS, idle, withGoals }))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
