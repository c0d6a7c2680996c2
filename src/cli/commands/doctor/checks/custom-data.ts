import type { CustomDataDefinition, SdkConfiguration } from '../../../../destinations/kameleoon'
import { shortened } from '../../../text'
import { notSeen } from '../fact'
import type { Facts } from '../facts'
import { ok, unknown, warning, type Line } from '../line'
import { listed } from './goals'

/** The project's custom data, and which of them joins devices. */
export function customDataLines({ customData, published }: Facts): Line[] {
  const lines =
    customData.kind === 'seen' ? listLines(customData.value.items) : [notSeen(SUBJECT, customData, NO_RIGHT)]
  return [...lines, published.kind === 'seen' ? identifierLine(published.value) : NO_CONFIGURATION]
}

const SUBJECT = 'custom data'
const NO_RIGHT = 'Give the API key the right to read custom data, in Kameleoon: My profile > API credentials.'

function listLines(items: readonly CustomDataDefinition[]): Line[] {
  if (items.length === 0) {
    return [
      warning(
        SUBJECT,
        'The project has no custom data.',
        'What mappings set as custom data would be discarded, and stored traits and audiences could not be used for targeting: create custom data in Kameleoon.'
      )
    ]
  }
  const local = items.filter(({ isLocalOnly }) => isLocalOnly)
  return [ok(SUBJECT, `${items.length} in the project: ${listed(items.map(shown))}.`), ...localLines(local)]
}

function localLines(local: readonly CustomDataDefinition[]): Line[] {
  if (local.length === 0) return []
  return [
    warning(
      'local custom data',
      `Set to stay in the browser: ${listed(local.map(shown))}.`,
      'Do not choose them in mappings, or change that in Kameleoon.'
    )
  ]
}

function shown({ index, name }: { index: number; name?: string }): string {
  return name === undefined ? String(index) : `${index} "${shortened(name, 40)}"`
}

const IDENTIFIER = 'mapping identifier'

function identifierLine({ customData }: SdkConfiguration): Line {
  const identifiers = customData.filter(({ isMappingIdentifier }) => isMappingIdentifier)
  if (identifiers.length === 1)
    return ok(IDENTIFIER, `Custom data ${shown(identifiers[0])} joins the devices of a visitor.`)
  if (identifiers.length > 1) {
    return warning(
      IDENTIFIER,
      `${identifiers.length} custom data are set to join devices: ${listed(identifiers.map(shown))}. Kameleoon expects one.`,
      'Leave one of them in Kameleoon.'
    )
  }
  return warning(
    IDENTIFIER,
    'No custom data of the project is set to join the devices of a visitor.',
    'Only for events whose visitor is found by a cross-device id: set one custom data in Kameleoon as the unique identifier of visitors.'
  )
}

const NO_CONFIGURATION = unknown(
  IDENTIFIER,
  'Not looked at, since what Kameleoon publishes about the project could not be read.',
  'Look in Kameleoon which custom data is the unique identifier of visitors.'
)
