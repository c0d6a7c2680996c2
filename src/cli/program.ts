import { CommanderError, Command } from 'commander'
import { coloursFor, type CommandContext } from './context'
import { UsageError } from '../segment-host'
import { addDeliver } from './commands/deliver/command'
import { addDelete } from './commands/delete'
import { addDemo } from './commands/demo'
import { addDeveloperCommands } from './commands/developer/commands'
import { addDoctor } from './commands/doctor/command'
import { addEmulate } from './commands/emulate'
import { addQueue } from './commands/fleet/queue'
import { addReceive } from './commands/fleet/receive'
import { addWork } from './commands/fleet/work'
import { addMigrate } from './commands/migrate/migrate'
import { packageVersion } from './package-files'
import { addProbe } from './commands/probe/command'
import { addVisitor } from './commands/visitor/command'
import { addWorkbench } from './commands/workbench'

const WRONG_USAGE = 2

/** The commands in the order and the groups of the help. */
const COMMANDS = [
  ['Try it on this machine:', addWorkbench, addDemo, addEmulate],
  ['Deliver files of events:', addDeliver, addMigrate],
  ['Deliver with many machines:', addReceive, addWork, addQueue],
  ['Ask and change a Kameleoon project:', addDoctor, addVisitor, addDelete, addProbe],
  ['Develop the destination:', addDeveloperCommands]
] as const

/** Runs the command with these arguments, without the names of Node and the script, and resolves to its exit code. */
export async function run<Settings>(args: string[], context: CommandContext<Settings>): Promise<number> {
  let exitCode = 0
  const program = createProgram(context, (code) => (exitCode = code))
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
    if (!(error instanceof UsageError)) throw error
    const { stderr, env } = context.terminal
    stderr.write(`${coloursFor(stderr, env).red('Error:')} ${error.message}\n`)
    return WRONG_USAGE
  }
}

/** The command with its subcommands; `onExitCode` receives the exit code of the chosen one. */
export function createProgram<Settings>(
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): Command {
  const { stdout, stderr } = context.terminal
  const program = new Command('kameleoon-destination')
    .description(
      'Segment events to Kameleoon: deliver a file of them, see a demonstration, or try everything on a page.'
    )
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
  for (const [group, ...adders] of COMMANDS) {
    program.commandsGroup(group)
    for (const add of adders) add(program, context, onExitCode)
  }
  program.commandsGroup('More:').helpCommand('help [command]', 'Show the help of a command.')
  return program
}
