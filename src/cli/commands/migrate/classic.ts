import type { BaseDefinition } from '@segment/actions-core'
import { decodeApiKey } from '../../../destinations/kameleoon'
import { messageOf, presetSubscriptions } from '../../../segment-host'
import type { Carried, Migration, ToDo } from './migration'
import { siteCodeKeyIn, type ClassicExport, textIn, type JsonRecord } from './public-api'

/** Calls that the classic destination takes, and what it does with them. */
const CLASSIC_CALLS: Readonly<Record<string, string>> = {
  'Track Calls': 'track',
  'Page Calls': 'page',
  'Screen Calls': 'screen'
}

/** How the classic destination knows a visitor, and what takes its place here. */
export const VISITOR_HANDLING: ReadonlyArray<[classic: string, here: string]> = [
  [
    'k_visitorCode on each call',
    'Read from properties, traits and context traits as before; kameleoonVisitorCode too.'
  ],
  [
    'userId is the visitor code',
    'Taken when an event has no visitor code and its ids are not linked; "visitorFallback" can take it at once.'
  ],
  [
    'a track call "Kameleoon identifier"',
    'Links user id and anonymous id to the code; later events without a code find it, whatever their call.'
  ],
  ['an anonymous id alone', 'Never taken for a visitor; such events are rejected unless a link is known.']
]

const NOTES = [
  'Links that the classic destination made are not known here: a visitor must send "Kameleoon identifier" once more.',
  'If your user id is the visitor code, choose "user id" for "visitorFallback": links are then not looked up.',
  'Identify Calls and Group Calls are new: the classic destination takes neither. Remove them if you do not want them.'
]

/** The presets of `definition` in place of the classic destination, which has settings and no mappings. */
export function migrateClassic({ settings, enabled }: ClassicExport, definition: BaseDefinition): Migration {
  const carried = presetSubscriptions(definition).map((preset): Carried => {
    const was = CLASSIC_CALLS[preset.name] ?? '(new)'
    return {
      name: preset.name,
      was,
      result: { ...preset, enabled: true },
      changed: [],
      added: [],
      toDo: [],
      notes: []
    }
  })
  const notes = enabled
    ? NOTES
    : [...NOTES, 'The classic destination is switched off; these subscriptions are enabled.']
  return { from: 'classic', carried, toDo: settingsToDo(settings), notes }
}

function settingsToDo(settings: JsonRecord): ToDo[] {
  const siteCodeKey = siteCodeKeyIn(settings) ?? 'sitecode'
  const apiKeyKey = Object.keys(settings).find((key) => /^api[ _-]?key$/i.test(key)) ?? 'apiKey'
  const found = [siteCodeProblem(textIn(settings, siteCodeKey)), apiKeyProblem(textIn(settings, apiKeyKey))]
  const unknown = Object.keys(settings).filter((key) => ![siteCodeKey, apiKeyKey].includes(key))
  const others = unknown.map((key) => `"${key}" is a setting that has no counterpart here`)
  return [...found, ...others].flatMap((text) => (text ? [{ about: '(settings)', text }] : []))
}

function siteCodeProblem(siteCode: string): string | undefined {
  if (/^[a-z0-9]{10}$/.test(siteCode)) return undefined
  return `the sitecode "${siteCode}" does not have 10 lower-case letters and digits; copy it from the project's page`
}

/** The Public API shows only the end of a secret, behind dots. A key is never quoted. */
function apiKeyProblem(apiKey: string): string | undefined {
  if (apiKey === '' || /[•*]/.test(apiKey)) {
    return 'the API key is not in the file, since the Public API hides it; create one in Kameleoon and paste it'
  }
  try {
    decodeApiKey(apiKey)
    return undefined
  } catch (error) {
    return `the API key of the classic destination does not work here: ${messageOf(error)}`
  }
}
