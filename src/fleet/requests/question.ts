import { createHash } from 'crypto'
import { decodeApiKey } from '../../destinations/kameleoon'
import { memberOf, type Answer } from '../../segment-host'

/** A request of the Automation API whose answer serves the whole fleet. */
export interface Question {
  /** Digest of the client id: another account gets another answer. */
  account: string
  method: string
  url: string
  body: string
}

const GOALS = '/goals'
const LISTS = ['/sites', GOALS, '/custom-datas']

const KEPT_SECONDS = 60

/** A goal is created when a list does not show it, so a list without anything is believed for less time. */
const EMPTY_SECONDS = 10

/** Whether an answer serves all: lists are read by one, and a goal is created by one. @param method in capitals */
export function isForAll(method: string, url: string): boolean {
  const { pathname } = new URL(url)
  return (method === 'GET' && LISTS.includes(pathname)) || (method === 'POST' && pathname === GOALS)
}

export function isAboutGoals({ url }: Question): boolean {
  return new URL(url).pathname === GOALS
}

/** How many seconds an answer is kept; 0 if it is not. */
export function secondsToKeep({ method }: Question, { status, content }: Answer): number {
  if (method === 'POST') return status === 200 || status === 201 ? KEPT_SECONDS : 0
  if (status !== 200) return 0
  return content.trim() === '[]' ? EMPTY_SECONDS : KEPT_SECONDS
}

/** Names the account of settings without their secrets; undefined if the API key cannot be read. */
export function accountOf(settings: unknown): string | undefined {
  try {
    return digestOf([decodeApiKey(String(memberOf(settings, 'apiKey'))).id])
  } catch {
    // The destination says what is wrong with it.
    return undefined
  }
}

export function digestOf(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
