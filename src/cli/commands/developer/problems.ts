import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { counted } from '../../text'
import type { Colours } from '../../context'

/** A part of a definition that Segment would reject, or that would not work. */
export interface Problem {
  /** Where, as a path within the definition: `actions.logEvent.fields.goalId`. */
  place: string
  /** What is wrong there, as the rest of a sentence. */
  fault: string
}

/** One check of a definition. Returns the problems it finds. */
export type Rule = <Settings>(definition: DestinationDefinition<Settings>) => Problem[]

export type PlacedField = [place: string, field: Partial<InputField>]

/** Every setting of a definition with its place. */
export function settingsOf<Settings>({ authentication }: DestinationDefinition<Settings>): PlacedField[] {
  return placed('authentication.fields', (authentication?.fields ?? {}) as Record<string, InputField>)
}

/** Every field of every action with its place, and the fields within objects after theirs. */
export function actionFieldsOf<Settings>({ actions }: DestinationDefinition<Settings>): PlacedField[] {
  return Object.entries(actions).flatMap(([key, { fields }]) =>
    placed(`actions.${key}.fields`, fields as Record<string, InputField>).flatMap(withProperties)
  )
}

function withProperties([place, field]: PlacedField): PlacedField[] {
  return [[place, field], ...placed(`${place}.properties`, field.properties ?? {}).flatMap(withProperties)]
}

function placed(place: string, fields: Record<string, Partial<InputField>>): PlacedField[] {
  return Object.entries(fields).map(([key, field]) => [`${place}.${key}`, field])
}

/** The last part of a place: the key of what is there. */
export function keyOf(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1)
}

/** Problems one a line, by place, and how many they are. */
export function problemsText(problems: Problem[], colours: Colours): string {
  const lines = problems.map(({ place, fault }) => `${colours.red('x')} ${colours.bold(place)} ${fault}`)
  return [...lines, '', `${counted(problems.length, 'problem')}.`, ''].join('\n')
}
