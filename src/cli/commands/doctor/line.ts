/**
 * How one thing is. `trouble`: events are lost or do not arrive. `warning`: something may not be as meant. `unknown`: it could
 * not be found out.
 */
export type LineState = 'ok' | 'warning' | 'trouble' | 'unknown'

/** One line of the report. */
export interface Line {
  state: LineState
  /** What was looked at, such as `region`. */
  subject: string
  /** What was seen, a sentence. */
  seen: string
  /** What to do about it, a sentence; null where nothing is to do. */
  whatToDo: string | null
}

export function ok(subject: string, seen: string): Line {
  return { state: 'ok', subject, seen, whatToDo: null }
}

export function warning(subject: string, seen: string, whatToDo: string): Line {
  return { state: 'warning', subject, seen, whatToDo }
}

export function trouble(subject: string, seen: string, whatToDo: string): Line {
  return { state: 'trouble', subject, seen, whatToDo }
}

export function unknown(subject: string, seen: string, whatToDo: string): Line {
  return { state: 'unknown', subject, seen, whatToDo }
}

/** How many lines have each state. */
export function countsOf(lines: readonly Line[]): Record<LineState, number> {
  const counts = { ok: 0, warning: 0, trouble: 0, unknown: 0 }
  for (const { state } of lines) counts[state]++
  return counts
}
