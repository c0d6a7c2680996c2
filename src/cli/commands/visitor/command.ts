import type { Command } from 'commander'
import type { CommandContext } from '../../context'
import { emulatorAddress } from '../../option-values'
import { TARGET_HELP } from '../../project-target'
import { visitor, VISITOR_EXIT_CODES, type VisitorOptions } from './visitor'

const exitCodes = Object.values(VISITOR_EXIT_CODES)
  .map(({ code, meaning }) => `${code} ${meaning}`)
  .join('\n  ')

const HELP = `${TARGET_HELP}
Compared with what was sent:
  --sent takes the Segment events that were delivered, in any form that deliver reads, and the mappings
  that were used, if they are not the presets. Only reads go to Kameleoon: what the events would send is
  worked out, not sent. Goals are found in the project by their names; none is created.
  Each event is then marked: sent and kept; sent, not found; not sent by us; or that it is not known.

Exit code:
  ${exitCodes}

Examples:
  $ kameleoon-destination visitor a7k2m9q4x1c8v5b3
  $ kameleoon-destination visitor a7k2m9q4x1c8v5b3 --sent events.ndjson --mapping mappings.json
  $ kameleoon-destination visitor a7k2m9q4x1c8v5b3 --emulator http://127.0.0.1:8321 --json
`

/** Adds the command `visitor` with its options. `onExitCode` receives its exit code. */
export function addVisitor<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('visitor')
    .description('Show what Kameleoon has about a visitor, beside what was sent: was it counted?')
    .argument('<code>', 'visitor code')
    .option('--sent <files...>', 'Segment events that were delivered, to compare with')
    .option('--mapping <file>', "your own subscriptions instead of the destination's presets (JSON)")
    .option('--emulator <url>', 'ask an emulator that runs already', emulatorAddress)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (code: string, options: VisitorOptions) => onExitCode(await visitor(code, options, context)))
}
