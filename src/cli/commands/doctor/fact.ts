import { messageOf } from '../../../segment-host'
import { withHint } from '../../connection-hints'
import { trouble, unknown, type Line } from './line'

/** Something that was looked at: its value, why it could not be had, or what else had to be had before. */
export type Fact<Value> =
  { kind: 'seen'; value: Value } | { kind: 'failed'; why: string } | { kind: 'not asked'; because: string }

export type Environment = Record<string, string | undefined>

/** Looks at something. Whatever goes wrong is a fact too. @param env names a proxy that may be the reason */
export async function factOf<Value>(env: Environment, look: () => Value | Promise<Value>): Promise<Fact<Value>> {
  try {
    return { kind: 'seen', value: await look() }
  } catch (error) {
    return { kind: 'failed', why: withHint(messageOf(error), env) }
  }
}

/**
 * Looks at something that needs another fact.
 * @param because why it cannot be looked at without that, as the end of a sentence
 */
export async function factAfter<Needed, Value>(
  needed: Fact<Needed>,
  because: string,
  env: Environment,
  look: (value: Needed) => Value | Promise<Value>
): Promise<Fact<Value>> {
  if (needed.kind === 'seen') return factOf(env, () => look(needed.value))
  return needed.kind === 'failed' ? { kind: 'not asked', because } : needed
}

/** The line about something that was not seen. @param whatToDo where the reason itself does not say it */
export function notSeen(subject: string, fact: Exclude<Fact<unknown>, { kind: 'seen' }>, whatToDo: string): Line {
  if (fact.kind === 'not asked') {
    return unknown(subject, `Not looked at, since ${fact.because}.`, 'Clear that trouble first.')
  }
  const [seen, advice] = parted(fact.why)
  return trouble(subject, seen, advice ?? whatToDo)
}

/** The first sentence of a message, and the others, which say what to do. */
export function parted(message: string): [seen: string, advice: string | undefined] {
  const end = message.search(/[.;] [A-Z]/)
  if (end < 0) return [sentence(message), undefined]
  return [sentence(message.slice(0, end)), sentence(message.slice(end + 2))]
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
