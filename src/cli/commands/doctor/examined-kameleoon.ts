import { randomUUID } from 'crypto'
import type { DestinationDefinition } from '@segment/actions-core'
import { connectTo, DEFAULT_PROJECT } from '../../../emulator'
import type { CommandContext } from '../../context'
import { credentialsFrom, projectFrom, type Credentials } from '../../credentials'
import { startInProcess } from '../../embedded/embedded-emulator'
import { dataHostOf } from '../../target'
import { checkEmulator } from '../../target-check'

/** What the doctor looks at. */
export interface ExaminedKameleoon<Settings> {
  definition: DestinationDefinition<Settings>
  credentials: Credentials
  /** What it is, for the head of the report. */
  name: string
  /** What to know about that; empty for a real project. */
  note: string
  close: () => Promise<void>
}

/**
 * The project of the credentials in the environment; without them an emulator.
 * @param emulator address of an emulator that runs already
 * @throws UsageError when credentials are incomplete, or no emulator is there
 */
export async function examinedKameleoon<Settings>(
  { emulator }: { emulator?: string },
  context: CommandContext<Settings>
): Promise<ExaminedKameleoon<Settings>> {
  const { definition, terminal } = context
  const credentials = credentialsFrom(terminal.env, definition)
  if (emulator !== undefined) {
    await checkEmulator(emulator, { env: terminal.env })
    const used = credentials ?? { ...DEFAULT_PROJECT, ...regionIn(context) }
    const name = `the emulator at ${emulator}, project ${used.sitecode}`
    return { definition: connectTo(definition, { url: emulator }), credentials: used, name, note: '', close: nothing }
  }
  if (!credentials) return embedded(context)
  return { definition, credentials, name: `Kameleoon, project ${credentials.sitecode}`, note: '', close: nothing }
}

const nothing = (): Promise<void> => Promise.resolve()

const NO_CREDENTIALS =
  'KAMELEOON_API_KEY and KAMELEOON_SITECODE are not set, so this says nothing about a project of yours, only about this machine.'

async function embedded<Settings>(context: CommandContext<Settings>): Promise<ExaminedKameleoon<Settings>> {
  const { definition, startEmbedded = startInProcess } = context
  const region = regionIn(context)
  // Tokens are remembered by credentials; those of an earlier emulator must not be used for this one.
  const clientId = `embedded-${randomUUID()}`
  const { dataRegion } = region
  const emulator = await startEmbedded({ clientId, dataHost: dataRegion && dataHostOf(dataRegion) })
  const { apiKey, sitecode } = emulator
  return {
    definition: connectTo(definition, emulator),
    credentials: { apiKey, sitecode, ...region },
    name: 'an emulator of Kameleoon inside this process',
    note: NO_CREDENTIALS,
    close: () => emulator.close()
  }
}

function regionIn<Settings>({ definition, terminal }: CommandContext<Settings>): { dataRegion?: string } {
  const { dataRegion } = projectFrom(terminal.env, definition)
  return dataRegion ? { dataRegion } : {}
}
