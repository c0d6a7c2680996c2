import { join, resolve } from 'path'
import { coloursFor, type CommandContext } from '../../context'
import { UsageError } from '../../../segment-host'
import { destinationFolder } from '../../package-files'
import { readCommittedMetadata, type CommittedMetadata, breaksOf } from './committed-metadata'
import { destinationMetadata } from './destination-metadata'
import { problemsText } from './problems'
import { problemsIn } from './validate/definition'

export interface ValidateOptions {
  directory?: string
  /** metadata.json to compare with, instead of the one in the folder: that of the branch customers use, for example. */
  against?: string
}

/** Checks the definition and prints what is wrong with it. Resolves to 0, or to 1 when something is. */
export function validate<Settings>(
  options: ValidateOptions,
  { terminal, definition }: Pick<CommandContext<Settings>, 'terminal' | 'definition'>
): number {
  const { stdout, env } = terminal
  const colours = coloursFor(stdout, env)
  const committed = committedMetadata(options)
  const problems = problemsIn(definition)
  // Without a slug there is no metadata to compare. The missing slug is already among the problems.
  if (definition.slug) problems.push(...breaksOf(committed, destinationMetadata(definition)))
  if (problems.length === 0) stdout.write(`${colours.green('ok')} ${definition.name}: no problems\n`)
  else stdout.write(problemsText(problems, colours))
  return problems.length === 0 ? 0 : 1
}

function committedMetadata({ directory, against }: ValidateOptions): CommittedMetadata {
  const path = against ? resolve(against) : join(destinationFolder(directory), 'metadata.json')
  const committed = readCommittedMetadata(path)
  if (committed) return committed
  throw new UsageError(
    `There is no ${path} to compare with: write it with generate:metadata, or name another with --against`
  )
}
