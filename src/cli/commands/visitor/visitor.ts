import { UsageError } from '../../../segment-host'
import { checkVisitor, type VisitorCheck } from '../../../visitor-check'
import { coloursFor, widthOf, type CommandContext } from '../../context'
import { projectTarget } from '../../project-target'
import { checkText } from './check-text'
import { plannedEvents } from './planned-events'

export interface VisitorOptions {
  /** Files, folders and patterns with Segment events that were delivered. */
  sent?: string[]
  mapping?: string
  /** Address of an emulator that runs already. */
  emulator?: string
  json?: boolean
}

/** Exit codes of `visitor`, for its help. */
export const VISITOR_EXIT_CODES = {
  found: { code: 0, meaning: 'Kameleoon has the visitor, and every event of --sent' },
  missing: { code: 1, meaning: 'it has nothing about the visitor, or does not have an event of --sent' },
  wrongUsage: { code: 2, meaning: 'wrong usage, nothing there to ask, or a file that cannot be read' },
  unknown: { code: 3, meaning: 'Kameleoon did not answer, or not in a form that can be read: try again' }
} as const

/** Prints what Kameleoon has about a visitor, and resolves to the exit code. @throws UsageError when it cannot start */
export async function visitor<Settings>(
  code: string,
  options: VisitorOptions,
  context: CommandContext<Settings>
): Promise<number> {
  const visitorCode = code.trim()
  if (visitorCode === '') throw new UsageError('The visitor code is empty')
  if (options.mapping && !options.sent)
    throw new UsageError('--mapping says how the events of --sent were mapped: add --sent')
  const target = await projectTarget(options.emulator, context)
  const { stdin, stdout, stderr, env } = context.terminal
  const planned = options.sent ? await plannedEvents(options.sent, options.mapping, visitorCode, target, stdin) : null
  const { definition, settings } = target
  const check = await checkVisitor({
    definition,
    settings,
    visitorCode,
    sent: planned?.events ?? null,
    now: Date.now()
  })
  for (const note of planned?.notes ?? []) stderr.write(`${note}\n`)
  const text = options.json
    ? JSON.stringify({ kameleoon: target.kind, ...check }, null, 2)
    : checkText(check, target.name, coloursFor(stdout, env), widthOf(stdout))
  stdout.write(`${text}\n`)
  return VISITOR_EXIT_CODES[endOf(check)].code
}

function endOf({ problem, visits, counts }: VisitorCheck): keyof typeof VISITOR_EXIT_CODES {
  if (problem !== null) return 'unknown'
  return visits.length === 0 || counts['not-found'] > 0 ? 'missing' : 'found'
}
