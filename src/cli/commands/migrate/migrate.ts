import { Option, type Command } from 'commander'
import { readFileSync, writeFileSync } from 'fs'
import { resolve } from 'path'
import type { Readable } from 'stream'
import { HELP } from '../help-texts'
import { coloursFor, widthOf, type CommandContext } from '../../context'
import { messageOf, UsageError } from '../../../segment-host'
import { migrateClassic } from './classic'
import { migrateOfficial } from './official'
import { exportIn, type Export } from './public-api'
import { migrationText } from './report-text'

export interface MigrateOptions {
  from?: Export['from']
  out?: string
}

/**
 * Turns an export of a former Kameleoon destination from Segment's Public API into subscriptions of this one, as `deliver
 * --mapping` reads them, and reports to standard error. Resolves to 0, or to 1 when something needs a manual step. Throws a
 * UsageError for a file that is no such export.
 */
export async function migrate<Settings>(
  file: string,
  { from, out }: MigrateOptions,
  { terminal, definition }: CommandContext<Settings>
): Promise<number> {
  if (out !== undefined && resolve(out) === resolve(file)) {
    throw new UsageError(`The subscriptions would overwrite ${out}, which is being read`)
  }
  const place = file === '-' ? 'standard input' : file
  const content = parse(await read(file, terminal.stdin), place)
  const exported = exportIn(content, from, place)
  const migration =
    exported.from === 'classic' ? migrateClassic(exported, definition) : migrateOfficial(exported, definition)
  const results = migration.carried.flatMap(({ result }) => result ?? [])
  const json = `${JSON.stringify(results, null, 2)}\n`
  if (out === undefined) terminal.stdout.write(json)
  else write(out, json)
  const { stderr, env } = terminal
  stderr.write(migrationText(migration, coloursFor(stderr, env), widthOf(stderr)))
  if (out !== undefined) stderr.write(`\nThe subscriptions are in ${out}; try them: deliver EVENTS --mapping ${out}\n`)
  return migration.toDo.length > 0 ? 1 : 0
}

async function read(file: string, standardInput: Readable): Promise<string> {
  try {
    if (file !== '-') return readFileSync(file, 'utf8')
    const chunks: Buffer[] = []
    for await (const chunk of standardInput) chunks.push(Buffer.from(chunk as Buffer))
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${messageOf(error)}`)
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`${place} is not JSON: ${messageOf(error)}`)
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${messageOf(error)}`)
  }
}

/** Adds the command `migrate` with its options. `onExitCode` receives its exit code. */
export function addMigrate<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('migrate')
    .description(
      'Turn the mappings of the official or the classic Kameleoon destination into ones of this destination.'
    )
    .argument('<file>', "JSON from Segment's Public API; - for standard input")
    .addOption(
      new Option('--from <destination>', 'which one it is (default: recognised by the content)').choices([
        'official',
        'classic'
      ])
    )
    .option('--out <file>', 'write the subscriptions there instead of to standard output')
    .addHelpText('after', HELP.migrate)
    .action(async (file: string, options: MigrateOptions) => onExitCode(await migrate(file, options, context)))
}
