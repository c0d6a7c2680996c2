import { createRequestClient } from '@segment/actions-core'
import { emulatorAgent } from '../../../emulator'
import type { Answer } from '../../../segment-host'
import { answerOf, keptText } from '../kept-answer'
import { accountOf, isForAll, secondsToKeep, type Question } from '../question'
import { SharedAnswers } from '../shared-answers'
import { MemoryStore } from './memory-store'
import { emulated } from './workers'

const LIST: Question = { account: 'a', method: 'GET', url: 'https://api.kameleoon.com/goals?page=1', body: '' }
const NEW_GOAL: Question = { ...LIST, method: 'POST', url: 'https://api.kameleoon.com/goals', body: '{"name":"New"}' }

function answer(content: string, status = 200): Answer {
  return answerOf(JSON.stringify({ status, type: 'application/json', content }))
}

/** Answers these texts one after the other. */
function asking(...contents: string[]): jest.Mock<Promise<Answer>, []> {
  return jest.fn(() => Promise.resolve(answer(contents.shift() ?? '[]')))
}

const asked = async (answers: SharedAnswers, question: Question, ask: () => Promise<Answer>): Promise<string> =>
  (await answers.answer(question, ask)).content

afterEach(() => {
  jest.restoreAllMocks()
})

it('the answer of one process is that of the others', async () => {
  const store = new MemoryStore()
  const ask = asking('[1]', '[2]')
  expect(await asked(new SharedAnswers(store), LIST, ask)).toBe('[1]')
  expect(await asked(new SharedAnswers(store), LIST, ask)).toBe('[1]')
  expect(ask).toHaveBeenCalledTimes(1)
})

it.each([
  ['account', { account: 'b' }],
  ['address', { url: 'https://api.kameleoon.com/goals?page=2' }]
])('a question with another %s has an answer of its own', async (_what, other) => {
  const answers = new SharedAnswers(new MemoryStore())
  const ask = asking('[1]', '[2]')
  await answers.answer(LIST, ask)
  expect(await asked(answers, { ...LIST, ...other }, ask)).toBe('[2]')
})

it('a list that was asked for before a goal was created is not used after that, even if it is answered later', async () => {
  const answers = new SharedAnswers(new MemoryStore())
  let finish: (late: Answer) => void = () => undefined
  const late = answers.answer(LIST, () => new Promise<Answer>((resolve) => (finish = resolve)))
  await answers.answer(NEW_GOAL, () => Promise.resolve(answer('{"id":1}', 201)))
  finish(answer('[]'))
  expect((await late).content).toBe('[]')
  expect(await asked(answers, LIST, asking('[{"id":1}]'))).toBe('[{"id":1}]')
})

it('lists are dropped also if it is not known whether the goal was created', async () => {
  const answers = new SharedAnswers(new MemoryStore())
  const ask = asking('[1]', '[2]')
  await answers.answer(LIST, ask)
  await expect(answers.answer(NEW_GOAL, () => Promise.reject(new Error('time-out')))).rejects.toThrow('time-out')
  expect(await asked(answers, LIST, ask)).toBe('[2]')
})

it('while one process asks the others wait, and the next one asks if there was no answer', async () => {
  const store = new MemoryStore()
  let fail: (reason: Error) => void = () => undefined
  const first = new SharedAnswers(store).answer(LIST, () => new Promise<Answer>((_, reject) => (fail = reject)))
  const ask = asking('[2]')
  const second = asked(new SharedAnswers(store), LIST, ask)
  await new Promise((resolve) => setImmediate(resolve))
  expect(ask).not.toHaveBeenCalled()
  fail(new Error('time-out'))
  await expect(first).rejects.toThrow('time-out')
  expect(await second).toBe('[2]')
})

it('who has waited 15 seconds asks itself', async () => {
  const store = new MemoryStore()
  const [key] = await keysLockedBy(store)
  await store.takeLocks([key], 'a process that hangs', 60_000)
  jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(14_999).mockReturnValue(15_000)
  expect(await asked(new SharedAnswers(store), LIST, asking('[2]'))).toBe('[2]')
})

it('who wants to create a goal that another creates waits for that, however long it takes', async () => {
  const store = new MemoryStore()
  let finish: (created: Answer) => void = () => undefined
  const first = asked(new SharedAnswers(store), NEW_GOAL, () => new Promise((resolve) => (finish = resolve)))
  let now = 0
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 60_000))
  const ask = asking('{"id":2}')
  const second = asked(new SharedAnswers(store), NEW_GOAL, ask)
  await new Promise((resolve) => setImmediate(resolve))
  finish(answer('{"id":1}', 201))
  expect([await first, await second]).toEqual(['{"id":1}', '{"id":1}'])
  expect(ask).not.toHaveBeenCalled()
})

it('the lease is taken again while a request waits for its turn', async () => {
  const store = new MemoryStore()
  const takeLocks = jest.spyOn(store, 'takeLocks')
  jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'nextTick'] })
  let finish: (created: Answer) => void = () => undefined
  const first = asked(new SharedAnswers(store), NEW_GOAL, () => new Promise((resolve) => (finish = resolve)))
  await new Promise((resolve) => setImmediate(resolve))
  await jest.advanceTimersByTimeAsync(20_000)
  expect(takeLocks).toHaveBeenCalledTimes(5)
  const [keys, owner] = takeLocks.mock.calls[0]
  expect(await store.takeLocks(keys, 'another process', 1_000)).toBe(false)
  expect(await store.takeLocks(keys, owner, 1_000)).toBe(true)
  finish(answer('{"id":1}', 201))
  await first
  jest.useRealTimers()
  expect(await store.takeLocks(keys, 'another process', 1_000)).toBe(true)
})

/** The lock under which the list is asked for. */
async function keysLockedBy(store: MemoryStore): Promise<readonly string[]> {
  const takeLocks = jest.spyOn(store, 'takeLocks')
  await new SharedAnswers(store).answer(LIST, () => Promise.resolve(answer('[]', 500)))
  return takeLocks.mock.calls[0][0]
}

it('fails in a way that is tried again if the database fails', async () => {
  const store = new MemoryStore()
  jest.spyOn(store, 'get').mockRejectedValue(new Error('connect ECONNREFUSED'))
  await expect(new SharedAnswers(store).answer(LIST, asking())).rejects.toMatchObject({
    code: 'FLEET_STORE_UNREACHABLE'
  })
})

it('an answer is given also if it cannot be kept', async () => {
  const store = new MemoryStore()
  jest.spyOn(store, 'set').mockRejectedValue(new Error('connect ECONNREFUSED'))
  expect(await asked(new SharedAnswers(store), LIST, asking('[1]'))).toBe('[1]')
})

it.each([
  ['a list', LIST, '[1]', 200, 60],
  ['a list without anything', LIST, '[]', 200, 10],
  ['a failure', LIST, '[1]', 500, 0],
  ['a limit', LIST, '', 429, 0],
  ['a new goal', NEW_GOAL, '{"id":1}', 201, 60],
  ['a rejected goal', NEW_GOAL, '{}', 400, 0]
])('%s is kept as long as it may be used', (_what, question, content, status, seconds) => {
  expect(secondsToKeep(question, answer(content, status))).toBe(seconds)
})

it.each([
  ['GET', 'https://api.kameleoon.com/sites?page=1', true],
  ['GET', 'https://api.kameleoon.com/custom-datas?page=1', true],
  ['POST', 'https://api.kameleoon.com/goals', true],
  ['POST', 'https://api.kameleoon.com/oauth/token', false],
  ['GET', 'https://api.kameleoon.com/experiments', false]
])('%s %s is shared: %s', (method, url, isShared) => {
  expect(isForAll(method, url)).toBe(isShared)
})

it('an account is known by a digest of its client id', () => {
  const keyOf = (id: string, secret: string): string => Buffer.from(JSON.stringify({ id, secret })).toString('base64')
  expect(accountOf({ apiKey: keyOf('one', 'x') })).toMatch(/^[0-9a-f]{64}$/)
  expect(accountOf({ apiKey: keyOf('one', 'x') })).toBe(accountOf({ apiKey: `${keyOf('one', 'y')}\n` }))
  expect(accountOf({ apiKey: keyOf('one', 'x') })).not.toBe(accountOf({ apiKey: keyOf('two', 'x') }))
  expect(accountOf({ apiKey: 'not a key' })).toBeUndefined()
})

it('a kept answer is what the client of the framework gave', async () => {
  const emulator = await emulated()
  emulator.faults.add({ path: '/goals', status: 200, body: [{ id: 1, name: 'Čaj “夏” 🍵' }] })
  const request = createRequestClient({ agent: emulatorAgent(emulator) })
  const sent = await request(LIST.url, { skipResponseCloning: true })
  const kept = answerOf(keptText(sent))
  expect(kept).toMatchObject({ status: 200, ok: true, content: sent.content, data: sent.data, redirected: false })
  expect(kept.headers.get('content-type')).toBe(sent.headers.get('content-type'))
  expect(JSON.parse(JSON.stringify(kept.headers))).toEqual({ 'content-type': sent.headers.get('content-type') })
  expect(await kept.json()).toEqual([{ id: 1, name: 'Čaj “夏” 🍵' }])
})
