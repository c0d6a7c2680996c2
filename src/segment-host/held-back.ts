/**
 * Why Segment keeps an event from a destination: the event's own `integrations` say so. Null when they do not. An entry for
 * the destination goes before `All`, and whatever is not false lets the event through.
 * https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
 */
export function heldBack({ integrations }: Record<string, unknown>, destination: string): string | null {
  if (typeof integrations !== 'object' || integrations === null) return null
  const choices = new Map(Object.entries(integrations))
  const name = choices.has(destination) ? destination : 'All'
  if (choices.get(name) !== false) return null
  return `Its integrations keep it from here: ${JSON.stringify(name)} is false`
}
