import { join } from 'path'
import { coloursFor, type CommandContext } from '../../context'
import { destinationFolder } from '../../package-files'
import { bringUpToDate } from './generated-files'
import { readCommittedMetadata, breaksOf } from './committed-metadata'
import { destinationMetadata, metadataFile } from './destination-metadata'
import { problemsText } from './problems'

export interface GenerateMetadataOptions {
  directory?: string
  /** Write nothing, only report whether the file is out of date. */
  check?: boolean
  /** Write even what breaks connections that customers have. */
  breaking?: boolean
}

/**
 * Writes metadata.json, by which Segment's catalog knows the destination. Resolves to 0; to 1 when a check finds it out of
 * date, or when it would break connections and `breaking` does not allow that.
 */
export async function generateMetadata<Settings>(
  { directory, check, breaking }: GenerateMetadataOptions,
  { terminal, definition }: Pick<CommandContext<Settings>, 'terminal' | 'definition'>
): Promise<number> {
  const folder = destinationFolder(directory)
  const file = metadataFile(definition)
  const committed = readCommittedMetadata(join(folder, file.path))
  const breaks = committed && !check && !breaking ? breaksOf(committed, destinationMetadata(definition)) : []
  if (breaks.length === 0) return bringUpToDate(folder, [file], { check }, terminal.stdout)
  const { stdout, env } = terminal
  stdout.write(problemsText(breaks, coloursFor(stdout, env)))
  stdout.write(`${file.path} is not written. --breaking writes it nevertheless, before the first customer.\n`)
  return 1
}
