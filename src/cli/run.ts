import { CommanderError } from 'commander'
import { coloursFor } from './print/terminal'
import { createProgram } from './program'
import type { Surroundings } from './surroundings'
import { UsageError } from '../segment-host'

const WRONG_USAGE = 2

/** Runs the command with these arguments, without the names of Node and the script, and resolves to its exit code. */
export async function run<Settings>(args: string[], surroundings: Surroundings<Settings>): Promise<number> {
  let exitCode = 0
  const program = createProgram(surroundings, (code) => (exitCode = code))
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
    if (!(error instanceof UsageError)) throw error
    const { stderr, env } = surroundings.terminal
    stderr.write(`${coloursFor(stderr, env).red('Error:')} ${error.message}\n`)
    return WRONG_USAGE
  }
}
