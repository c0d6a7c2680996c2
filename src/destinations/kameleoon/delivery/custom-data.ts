import { NO_DEFINITIONS } from '../kameleoon-api/custom-data-directory'
import type { CustomDataDefinitions } from '../kameleoon-api/custom-data-directory'
import type { KameleoonClient } from '../kameleoon-api/http'
import { projectOf } from '../kameleoon-api/project'
import type { Parameters } from '../kameleoon-api/wire'
import type { ConversionParameters, PlannedCrossDeviceId, PlannedCustomData } from '../plan/plan'
import { failureOf, payloadFailure } from './failure'
import type { Message } from './outcome'

/** What is known of the project's custom data, as far as the messages of a batch need it. */
export interface CustomDataFacts {
  definitions: CustomDataDefinitions
  /** The index of the custom data that is the project's cross-device id. */
  mappingIdentifier: number | undefined
}

/** What Kameleoon knows of the custom data that messages send. Without such messages it is not asked. */
export async function customDataFor(client: KameleoonClient, messages: readonly Message[]): Promise<CustomDataFacts> {
  const [definitions, mappingIdentifier] = await Promise.all([
    definitionsFor(client, messages),
    mappingIdentifierFor(client, messages)
  ])
  return { definitions, mappingIdentifier }
}

/** The messages that need the project's cross-device id fail if it has none, and if it cannot be read. */
async function mappingIdentifierFor(
  client: KameleoonClient,
  messages: readonly Message[]
): Promise<number | undefined> {
  const using = messages.filter(usesCrossDeviceId)
  if (using.length === 0) return undefined
  const found = await projectOf(client.connection)
    .mappingIdentifier.index(client)
    .catch((error: unknown) => failureOf(error))
  if (typeof found === 'number') return found
  for (const message of using) message.fail(found ?? payloadFailure(NO_MAPPING_IDENTIFIER))
  return undefined
}

const NO_MAPPING_IDENTIFIER =
  'Visitor Fallback is "Cross-device ID", but the Kameleoon project has none. Choose "Use this custom data as a unique identifier for cross-device matching" for a custom data of the project, or another Visitor Fallback.'

function usesCrossDeviceId({ visitor, plan: { visitEvents } }: Message): boolean {
  const isOwner = visitor.identifiedBy === 'cross-device id' && visitEvents.length > 0
  return isOwner || visitEvents.some(({ kind }) => kind === 'cross-device id')
}

/** The parameters of the CUSTOMDATA event that ties a visitor to a cross-device id. */
export function crossDeviceParameters(
  { userId }: PlannedCrossDeviceId,
  index: number | undefined
): Parameters<'CUSTOMDATA'> | undefined {
  // Without the index the message has failed already.
  if (index === undefined) return undefined
  return { index, valuesCountMap: { [userId]: 1 }, overwrite: true, mappingIdentifier: true }
}

async function definitionsFor(client: KameleoonClient, messages: readonly Message[]): Promise<CustomDataDefinitions> {
  const isSent = messages.some(({ plan }) =>
    plan.visitEvents.some(
      (event) =>
        event.kind === 'custom data' || (event.kind === 'conversion' && event.parameters.metadata !== undefined)
    )
  )
  return isSent ? projectOf(client.connection).customData.read(client) : NO_DEFINITIONS
}

/**
 * The parameters of a CUSTOMDATA event. Of the types of custom data only lists are added to, as Kameleoon's browser script
 * does; where the type is not known, the values replace others, as Kameleoon's SDKs do.
 * @returns undefined if there is nothing to send
 */
export function customDataParameters(
  { index, values, change, notes }: PlannedCustomData,
  definitions: CustomDataDefinitions,
  message: Message
): Parameters<'CUSTOMDATA'> | undefined {
  for (const note of notes) message.note(note)
  if (isLocal(index, definitions, message)) return undefined
  if (values.length === 0 && change !== 'clear') return undefined
  const isAdded = change === 'add' && definitions.get(index)?.isList === true
  return { index, valuesCountMap: Object.fromEntries(values.map((value) => [value, 1])), overwrite: !isAdded }
}

/** The parameters of a conversion, without custom data that Kameleoon would not take. */
export function conversionParameters(
  parameters: ConversionParameters,
  definitions: CustomDataDefinitions,
  message: Message
): ConversionParameters {
  if (!parameters.metadata) return parameters
  const { metadata, ...amount } = parameters
  const kept = Object.entries(metadata).filter(([index]) => !isLocal(Number(index), definitions, message))
  if (kept.length === Object.keys(metadata).length) return parameters
  return kept.length === 0 ? amount : { ...amount, metadata: Object.fromEntries(kept) }
}

/** Kameleoon's browser script never sends custom data that is local only, and a conversion with it might be discarded. */
function isLocal(index: number, definitions: CustomDataDefinitions, message: Message): boolean {
  const definition = definitions.get(index)
  if (!definition?.isLocalOnly) return false
  message.note(`Custom data ${index} ("${definition.name}") is local only in Kameleoon, so it was left out.`)
  return true
}
