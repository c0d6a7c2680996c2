import { Option, type Command } from 'commander'
import { wholeNumber } from '../../option-values'
import type { CommandContext } from '../../context'
import { generateMetadata, type GenerateMetadataOptions } from './generate-metadata'
import { generateTypes, type GenerateTypesOptions } from './generate-types'
import { DEVELOPER_HELP } from '../help-texts'
import { serve, type ServeOptions } from './serve'
import { validate, type ValidateOptions } from './validate'

const DIRECTORY = [
  '--directory <folder>',
  "the destination's source (default: src/destinations/kameleoon of this repository)"
] as const

/** Adds the commands for developers, which replace Segment's unpublished tool. */
export function addDeveloperCommands<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  const command = (name: keyof typeof DEVELOPER_HELP, description: string): Command =>
    program.command(name).description(description).addHelpText('after', DEVELOPER_HELP[name])
  command('generate:types', "Write generated-types.ts of settings and actions, as Segment's repository has them.")
    .option('--check', 'write nothing, only list what is out of date')
    .option(...DIRECTORY)
    .action(async (options: GenerateTypesOptions) => onExitCode(await generateTypes(options, context)))
  command('generate:metadata', "Write metadata.json, as Segment's repository has it.")
    .addOption(new Option('--check', 'write nothing, only report whether it is out of date').conflicts('breaking'))
    .option('--breaking', 'write it even if it breaks connections that customers have')
    .option(...DIRECTORY)
    .action(async (options: GenerateMetadataOptions) => onExitCode(await generateMetadata(options, context)))
  command('validate', "Check the definition by Segment's rules and stricter ones.")
    .option('--against <file>', 'metadata.json that customers use (default: the one in the folder)')
    .option(...DIRECTORY)
    .action((options: ValidateOptions) => onExitCode(validate(options, context)))
  command('serve', "Run the destination for Segment's Actions Tester and curl, on this machine only.")
    .option('--port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), 3000)
    .option('--emulator', 'send all its requests to an emulator of Kameleoon in this process')
    .action(async (options: ServeOptions) => onExitCode(await serve(options, context)))
}
