import { Option, type Command } from 'commander'
import { deleteUser, UsageError, type DeletedIds } from '../../segment-host'
import { coloursFor, widthOf, type CommandContext } from '../context'
import { deletionText } from '../deletion-text'
import { emulatorAddress } from '../option-values'
import { projectTarget, TARGET_HELP } from '../project-target'

export interface DeleteOptions extends DeletedIds {
  yes?: boolean
  /** Address of an emulator that runs already. */
  emulator?: string
  json?: boolean
}

/** Exit codes of `delete`, for its help. */
const EXIT_CODES = {
  done: { code: 0, meaning: 'all of it is deleted' },
  failed: { code: 1, meaning: 'something failed: delete again, which is safe and goes on with the rest' },
  wrongUsage: { code: 2, meaning: 'wrong usage, without --yes, or nothing there to delete from' }
} as const

const HELP = `${TARGET_HELP}
What is deleted:
  The visitor that is linked to the ids is looked up. Kameleoon is asked to forget its visits and those
  of the ids themselves, and the data stored under IDENTIFY_, COHORTS_ and LINK_ of each of them is
  emptied. It is what happens when Segment sends a delete event. It cannot be undone.

Exit code:
  ${Object.values(EXIT_CODES)
    .map(({ code, meaning }) => `${code} ${meaning}`)
    .join('\n  ')}

Examples:
  $ kameleoon-destination delete --user-id user-1 --anonymous-id 5d1a --yes
  $ kameleoon-destination delete --user-id user-1 --emulator http://127.0.0.1:8321 --yes --json
`

/** Deletes a user, prints what was emptied, and resolves to the exit code. @throws UsageError when nothing is deleted */
export async function deleteCommand<Settings>(
  { userId, anonymousId, yes, emulator, json }: DeleteOptions,
  context: CommandContext<Settings>
): Promise<number> {
  const ids = Object.entries({ 'user id': userId, 'anonymous id': anonymousId }).filter(([, id]) => id !== undefined)
  if (ids.length === 0) throw new UsageError('Name the user with --user-id, --anonymous-id or both')
  const target = await projectTarget(emulator, context)
  if (!yes) {
    const who = ids.map(([name, id]) => `${name} "${id}"`).join(' and ')
    throw new UsageError(
      `Nothing is deleted yet. This deletes ${who} in ${target.name}, and cannot be undone: add --yes`
    )
  }
  const deletion = await deleteUser(target.definition, target.settings, { userId, anonymousId })
  const { stdout, env } = context.terminal
  const text = json
    ? JSON.stringify({ kameleoon: target.kind, ...deletion }, null, 2)
    : deletionText(deletion, target.name, coloursFor(stdout, env), widthOf(stdout))
  stdout.write(`${text}\n`)
  return EXIT_CODES[deletion.failure === null ? 'done' : 'failed'].code
}

/** Adds the command `delete` with its options. `onExitCode` receives its exit code. */
export function addDelete<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('delete')
    .description("Delete a user from Kameleoon, as Segment's delete event does.")
    .option('--user-id <id>', 'Segment user id')
    .option('--anonymous-id <id>', 'Segment anonymous id')
    .option('--yes', 'delete, which cannot be undone; without it nothing is deleted')
    .addOption(new Option('--emulator <url>', 'delete in an emulator that runs already').argParser(emulatorAddress))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async (options: DeleteOptions) => onExitCode(await deleteCommand(options, context)))
}
