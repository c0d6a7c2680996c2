/** Something that must hold, what was measured, and what speaks against it. */
export interface Condition {
  name: string
  figures: string
  violations: readonly string[]
}

const MOST_SHOWN = 5

/** One line, and the first few things that speak against it. */
export function conditionText({ name, figures, violations }: Condition): string {
  const shown = violations.slice(0, MOST_SHOWN).map((one) => `       ${one.slice(0, 300)}`)
  const more = violations.length > MOST_SHOWN ? [`       and ${violations.length - MOST_SHOWN} more`] : []
  return [`${violations.length === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${figures}`, ...shown, ...more].join('\n')
}

/** What two lists have not in common, in words; an item counts as often as it is there. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const one of expected) counts.set(one, (counts.get(one) ?? 0) + 1)
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) - 1)
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([one, count]) => `${count > 0 ? 'missing' : 'too much'}, ${Math.abs(count)} times: ${one}`)
}
