import { Option, type Command } from 'commander'
import type { CommandContext } from '../../context'
import { emulatorAddress } from '../../option-values'
import { HELP } from '../help-texts'
import { doctor, type DoctorOptions } from './doctor'

/** Adds the command `doctor` with its options. `onExitCode` receives its exit code. */
export function addDoctor<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('doctor')
    .description(
      'Look at the installation, the credentials and the project: what is wrong, and what to do. It only reads.'
    )
    .addOption(new Option('--emulator <url>', 'look at an emulator that runs already').argParser(emulatorAddress))
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP.doctor)
    .action(async (options: DoctorOptions) => onExitCode(await doctor(options, context)))
}
