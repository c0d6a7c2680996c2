import { EMULATOR_NAME } from '../emulator'
import { memberOf, messageOf, parsedJson, textOf, UsageError } from '../segment-host'
import type { Credentials } from './credentials'
import { answerFrom, TimeOutError, type HttpAnswer } from './http-answer'
import { proxyNote } from './proxy-note'

const TIME_LIMIT_MS = 5_000

/** What the check needs besides the address. */
export interface EmulatorCheck {
  /** The API key and the site code that events will be delivered with. Without them, only the address is checked. */
  credentials?: Credentials
  env: Record<string, string | undefined>
  /** How long one answer may take, in milliseconds. Default 5,000. */
  timeLimitMs?: number
}

/**
 * Checks that an emulator of Kameleoon listens at this address, and that it has this project.
 * @param url such as `http://127.0.0.1:8321`
 * @throws UsageError that names the address and says what is there instead, and what to do
 */
export async function checkEmulator(url: string, check: EmulatorCheck): Promise<void> {
  const { timeLimitMs = TIME_LIMIT_MS } = check
  const address = url.replace(/\/$/, '')
  try {
    const answer = await answerFrom(url, { method: 'GET', path: '/emulator', timeLimitMs })
    if (memberOf(parsedJson(answer.text), 'name') !== EMULATOR_NAME) {
      const isWorkbench = await isWorkbenchAt(url, timeLimitMs)
      throw new UsageError(isWorkbench ? workbenchText(address) : otherText(address, answer))
    }
    if (check.credentials) await checkProject(address, answer, check.credentials, timeLimitMs)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(unreachableText(address, error, timeLimitMs) + proxyText(address, check.env))
  }
}

async function checkProject(
  address: string,
  answer: HttpAnswer,
  { apiKey, sitecode }: Credentials,
  timeLimitMs: number
): Promise<void> {
  const question = { method: 'POST', path: '/emulator/project', body: { apiKey, sitecode }, timeLimitMs } as const
  const isSame = parsedJson((await answerFrom(address, question)).text)
  const own = textOf(memberOf(parsedJson(answer.text), 'sitecode'))
  if (memberOf(isSame, 'sitecode') === false) {
    throw new UsageError(`The emulator at ${address} has the site code ${own}, not ${sitecode}. ${SET_BOTH}`)
  }
  if (memberOf(isSame, 'apiKey') === false) {
    throw new UsageError(`The emulator at ${address} has another API key. ${SET_BOTH}`)
  }
}

const SET_BOTH =
  'Set KAMELEOON_API_KEY and KAMELEOON_SITECODE to what it printed when it started; when both are not set, those of an emulator without options are used'

/** The workbench has an API of its own. Its state has a write key, and says where its events go. */
async function isWorkbenchAt(url: string, timeLimitMs: number): Promise<boolean> {
  const answer = await answerFrom(url, { method: 'GET', path: '/api/state', timeLimitMs }).catch(() => undefined)
  const state = parsedJson(answer?.text ?? '')
  return memberOf(state, 'writeKey') !== undefined && memberOf(memberOf(state, 'target'), 'kind') !== undefined
}

const START_ONE = 'Start an emulator with: kameleoon-destination emulate'

function workbenchText(address: string): string {
  return `${address} is a workbench, not an emulator. Its emulator takes only the events that the workbench delivers: send events to the workbench itself with its write key. ${START_ONE}`
}

/** Statuses of proxies and gateways that ask for a password, or cannot reach what is behind them. RFC 9110, section 15. */
const PROXY_STATUSES = [407, 502, 503, 504]

function otherText(address: string, { status, headers }: HttpAnswer): string {
  const server = headers.server ?? headers.via
  const seen = `status ${status}${server ? `, server ${String(server)}` : ''}`
  const isProxy = PROXY_STATUSES.includes(status) || headers.via !== undefined
  const guess = isProxy ? ' It may be a proxy.' : ''
  return `${address} answers, but is no emulator of Kameleoon (${seen}).${guess} ${START_ONE}`
}

function unreachableText(address: string, error: unknown, timeLimitMs: number): string {
  const { hostname, port } = new URL(address)
  const seconds = timeLimitMs / 1_000
  if (error instanceof TimeOutError) {
    return error.isConnected
      ? `${address} accepts connections, but did not answer within ${seconds} s. It may be busy, or no emulator of Kameleoon`
      : `No connection to ${address} within ${seconds} s. A firewall may be the reason`
  }
  const code = textOf(memberOf(error, 'code')) ?? ''
  if (code === 'ECONNREFUSED') return `Nothing listens at ${address}. ${START_ONE} --port ${port}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The name ${hostname} of ${address} could not be resolved (${code})`
  if (code.startsWith('HPE_')) return `${address} answers, but not over HTTP. ${START_ONE}`
  return `${address} gave no answer (${code || messageOf(error)}). ${START_ONE}`
}

const LOCAL = ['127.0.0.1', 'localhost', '[::1]']

function proxyText(address: string, env: EmulatorCheck['env']): string {
  const note = LOCAL.includes(new URL(address).hostname) ? '' : proxyNote(env, 'http')
  return note && `. ${note}`
}
