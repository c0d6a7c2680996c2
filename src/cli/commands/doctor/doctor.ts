import { redacted, secretsOf } from '../../../segment-host'
import { coloursFor, widthOf, type CommandContext } from '../../context'
import { linesAbout } from './checks'
import { examinedKameleoon, type ExaminedKameleoon } from './examined-kameleoon'
import { examined } from './facts'
import type { Line } from './line'
import { exitCodeOf, reportJson, reportText } from './report'

export interface DoctorOptions {
  /** Address of an emulator that runs already. */
  emulator?: string
  json?: boolean
}

/**
 * Looks at the installation, the credentials and the project without writing anything, and prints what is wrong and what to
 * do. Resolves to 0, or to 1 when there is a trouble. Throws a UsageError when credentials are incomplete.
 */
export async function doctor<Settings>(options: DoctorOptions, context: CommandContext<Settings>): Promise<number> {
  const { stdout, env } = context.terminal
  const kameleoon = await examinedKameleoon(options, context)
  try {
    const { name, note } = kameleoon
    const report = { examined: name, note, lines: await linesOf(kameleoon, context) }
    stdout.write(options.json ? reportJson(report) : reportText(report, coloursFor(stdout, env), widthOf(stdout)))
    return exitCodeOf(report)
  } finally {
    await kameleoon.close()
  }
}

async function linesOf<Settings>(
  { definition, credentials }: ExaminedKameleoon<Settings>,
  { terminal, now = Date.now }: CommandContext<Settings>
): Promise<Line[]> {
  const lines = linesAbout(await examined({ definition, credentials, env: terminal.env, now }))
  const secrets = secretsOf(definition, { ...credentials })
  const text = (one: string): string => String(redacted(one, secrets))
  return lines.map((line) => {
    return { ...line, seen: text(line.seen), whatToDo: line.whatToDo === null ? null : text(line.whatToDo) }
  })
}
