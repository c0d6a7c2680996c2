import type { Problem, Rule } from './problem'

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
