import { Headers, Response } from '@segment/actions-core'
import type { Answer } from '../../segment-host'

/** What is kept of an answer. */
interface KeptAnswer {
  status: number
  type: string
  content: string
}

/** An answer as text, to keep it. */
export function keptText({ status, headers, content }: Answer): string {
  const kept: KeptAnswer = { status, type: headers.get('content-type') ?? '', content }
  return JSON.stringify(kept)
}

/** A kept answer in the form that the framework's client gives to an action. */
export function answerOf(text: string): Answer {
  // Written by `keptText`.
  const { status, type, content } = JSON.parse(text) as KeptAnswer
  const response = new Response(content, { status, headers: new Headers({ 'content-type': type }) })
  Object.defineProperty(response.headers, 'toJSON', { value: () => ({ 'content-type': type }) })
  // These are the members that the framework's client adds to a response.
  return Object.assign(response, { content, data: dataOf(type, content) }) as Answer
}

function dataOf(type: string, content: string): unknown {
  if (!type.includes('application/json')) return content
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
