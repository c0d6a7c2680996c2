import { actionFieldsOf, settingsOf, type Problem, type Rule } from '../problems'

/** Segment's catalog takes no longer ones. */
const LONGEST_DESCRIPTION = 500

/** As these are spelled in the catalog, whoever writes them differently elsewhere. */
const SPELLINGS = [
  'API',
  'CSV',
  'EU',
  'HTTP',
  'ID',
  'IDs',
  'IP',
  'JSON',
  'Kameleoon',
  'SDK',
  'Segment',
  'UI',
  'URL',
  'US'
]

/** Words of their own, whatever they share with the above. */
const ORDINARY = ['us', 'segment']

/** Words that stay small within a label. */
const SMALL = ['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'per', 'the', 'to', 'with']

/** Everything a user reads is there: labels, titles and descriptions, and these are spelled as in the catalog. */
export const texts: Rule = (definition) => [
  ...described('the destination', definition.description),
  ...tooLong(definition.description),
  ...Object.entries(definition.actions).flatMap(([key, { title, description }]) => [
    ...labelled(`actions.${key}`, 'title', title),
    ...described(`actions.${key}`, description)
  ]),
  ...[...settingsOf(definition), ...actionFieldsOf(definition)].flatMap(([place, { label, description, choices }]) => [
    ...labelled(place, 'label', label),
    ...described(place, description),
    ...(choices ?? []).flatMap((choice) =>
      typeof choice === 'object' ? spelled(place, `choice "${choice.label}"`, choice.label) : []
    )
  ]),
  ...(definition.presets ?? []).flatMap(({ name }, index) => labelled(`presets[${index}]`, 'name', name))
]

function tooLong(description: string | undefined): Problem[] {
  const length = description?.length ?? 0
  if (length <= LONGEST_DESCRIPTION) return []
  return [{ place: 'description', fault: `is ${length} characters long; the catalog takes ${LONGEST_DESCRIPTION}` }]
}

function described(place: string, description: string | undefined): Problem[] {
  if (!description?.trim()) return [{ place, fault: 'has no description' }]
  const first = description.trimStart()[0]
  if (first !== first.toUpperCase()) return [{ place, fault: 'has a description that starts with a small letter' }]
  return tidy(place, 'description', description)
}

function labelled(place: string, what: string, text: string | undefined): Problem[] {
  if (!text?.trim()) return [{ place, fault: `has no ${what}` }]
  const small = text
    .split(/[\s(]+/)
    .filter((word, index) => /^[a-z]/.test(word) && (index === 0 || !SMALL.includes(word)))
  const capital = small.map((word) => ({
    place,
    fault: `has "${word}" in its ${what}, which starts with a small letter`
  }))
  return [...capital, ...tidy(place, what, text), ...spelled(place, what, text)]
}

function tidy(place: string, what: string, text: string): Problem[] {
  const faults: string[] = []
  if (text !== text.trim() || /\s{2}/.test(text)) faults.push(`has needless spaces in its ${what}`)
  const twice = /\b(\w+) \1\b/i.exec(text)
  if (twice) faults.push(`says "${twice[0]}" in its ${what}`)
  return faults.map((fault) => ({ place, fault }))
}

function spelled(place: string, what: string, text: string): Problem[] {
  // Addresses, hosts, paths, keys and quoted values keep their own spelling.
  const words = text.replace(/\S*[./_]\S*\w|"[^"]*"/g, ' ').match(/[A-Za-z]+/g) ?? []
  return words.flatMap((word) => {
    const right = SPELLINGS.find((spelling) => spelling.toLowerCase() === word.toLowerCase())
    if (right === undefined || right === word || ORDINARY.includes(word)) return []
    return [{ place, fault: `spells "${word}" in its ${what}; it is ${right}` }]
  })
}

/**
 * The framework keeps compiled schemas by destination name and action title: of two actions with one title the second would
 * be validated by the schema of the first.
 */
export const titles: Rule = ({ actions, presets }) => [
  ...twice(Object.entries(actions).map(([key, { title }]) => [`actions.${key}`, title])),
  ...twice((presets ?? []).map(({ name }, index) => [`presets[${index}]`, name ?? '']))
]

function twice(named: [place: string, name: string][]): Problem[] {
  const first = new Map<string, string>()
  return named.flatMap(([place, name]) => {
    const other = first.get(name)
    if (other !== undefined) return [{ place, fault: `is called "${name}", as ${other} is` }]
    first.set(name, place)
    return []
  })
}
