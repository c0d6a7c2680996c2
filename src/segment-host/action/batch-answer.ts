import { HTTPError, MultiStatusResponse, Response } from '@segment/actions-core'
import type { OutcomeNode } from '../outcome'
import { memberOf } from '../values'

/** The nodes of a batch, one for each payload, from what `performBatch` returned. Reads it as the framework does. */
export function nodesOf(answer: unknown, payloads: unknown[]): OutcomeNode[] {
  if (answer instanceof MultiStatusResponse) return payloads.map((_, index) => nodeAt(answer, index))
  const { status, body } = wholeAnswer(answer)
  return payloads.map((sent) => ({ status, body, sent }))
}

function nodeAt(answer: MultiStatusResponse, index: number): OutcomeNode {
  // The type of this method leaves out that there may be none.
  const node = answer.getResponseAtIndex(index) as ReturnType<typeof answer.getResponseAtIndex> | undefined
  return node ? node.value() : { status: 500, errormessage: MISSING }
}

const MISSING = 'MultiStatusResponse is missing a response at the specified index'

/** One answer stands for all events. Anything that says nothing is a success. */
function wholeAnswer(answer: unknown): { status: number; body: unknown } {
  if (answer instanceof Response) {
    // The framework's client adds the body as it read it.
    return { status: answer.status, body: memberOf(answer, 'data') ?? memberOf(answer, 'content') ?? {} }
  }
  if (answer instanceof HTTPError) return { status: answer.response.status, body: answer.message }
  return { status: 200, body: {} }
}
