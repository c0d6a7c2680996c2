import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { connectTo, DEFAULT_PROJECT } from '../emulator'
import { UsageError } from '../segment-host'
import type { CommandContext } from './context'
import { checkConnection, credentialsFrom } from './credentials'
import { checkEmulator } from './target-check'

/** A project that keeps its data: Kameleoon itself, or an emulator that runs elsewhere. */
export interface ProjectTarget<Settings> {
  kind: 'emulator' | 'real'
  /** As in "Visitor abc in the emulator at http://…". */
  name: string
  /** The destination, connected to that project. */
  definition: DestinationDefinition<Settings>
  settings: JSONObject
}

/** Environment and target in the help of a command that needs such a project. */
export const TARGET_HELP = `
Environment:
  KAMELEOON_API_KEY       API key of the Kameleoon account: base64 of {"id", "secret"}
  KAMELEOON_API_KEY_FILE  a file that holds the API key, instead of it
  KAMELEOON_SITECODE      site code of the project
  KAMELEOON_DATA_REGION   EU (default), NA, EU_DOT_EU or NA_DOT_EU
  NO_COLOR                no colours on a terminal
  With --emulator, an API key and a site code are needed only for an emulator that has its own.
`

/**
 * The project that the credentials name, or the emulator at this address, once it has answered.
 * @throws UsageError when there is neither, or when it cannot be reached
 */
export async function projectTarget<Settings>(
  emulator: string | undefined,
  { terminal: { env }, definition }: Pick<CommandContext<Settings>, 'terminal' | 'definition'>
): Promise<ProjectTarget<Settings>> {
  const credentials = credentialsFrom(env, definition)
  if (emulator !== undefined) {
    const used = credentials ?? DEFAULT_PROJECT
    await checkEmulator(emulator, { credentials: used, env })
    const { apiKey, sitecode } = used
    const settings = credentials ? { ...credentials } : { apiKey, sitecode }
    return {
      kind: 'emulator',
      name: `the emulator at ${emulator}`,
      definition: connectTo(definition, { url: emulator }),
      settings
    }
  }
  if (!credentials) {
    throw new UsageError(
      'Set KAMELEOON_API_KEY and KAMELEOON_SITECODE, or name an emulator that runs with --emulator URL'
    )
  }
  await checkConnection(definition, credentials, env)
  return { kind: 'real', name: `Kameleoon, project ${credentials.sitecode}`, definition, settings: { ...credentials } }
}
