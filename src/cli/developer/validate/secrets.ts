import { keyOf, settingsOf } from './places'
import type { Rule } from './problem'

/** Segment's own check: these words within a key, apart from letters and digits. */
const SEGMENTS_CHECK = /(^|[^A-Za-z0-9])(key|token|secret|password|code)($|[^A-Za-z0-9])/i

/** Stricter: these words in camel case too. A code may be public, as a site code is. */
const SECRET_WORD = /^(key|token|secret|password)$/i

/** A setting that is named like a secret has type password, so that Segment encrypts and hides it. */
export const secrets: Rule = (definition) =>
  settingsOf(definition)
    .filter(([place, { type }]) => type !== 'password' && soundsSecret(keyOf(place)))
    .map(([place, { type }]) => ({ place, fault: `is named like a secret, but has type ${type} instead of password` }))

function soundsSecret(key: string): boolean {
  const words = key.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
  return SEGMENTS_CHECK.test(key) || words.some((word) => SECRET_WORD.test(word))
}
