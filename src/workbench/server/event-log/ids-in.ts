import { VISITOR_CODE_NAMES } from '../../../destinations/kameleoon'

/** The ids of an event: visitor codes wherever they may stand, user id, anonymous id. */
export function idsIn(event: Record<string, unknown>): Set<string> {
  const { userId, anonymousId } = event
  const ids = [visitorCodeIn(event), ...codesIn(event), userId, anonymousId]
  return new Set(ids.filter((id) => typeof id === 'string').map((id) => id.trim()))
}

/** The Kameleoon visitor an event belongs to by its own members, with the user id standing in as the destination has it. */
export function visitorCodeIn(event: Record<string, unknown>): string | null {
  const [code] = [...codesIn(event), event.userId].filter((value) => typeof value === 'string' && value.trim() !== '')
  return typeof code === 'string' ? code.trim() : null
}

function codesIn({ properties, traits, context }: Record<string, unknown>): unknown[] {
  const contextTraits = member(context, 'traits')
  return [properties, traits, contextTraits].flatMap((place) => VISITOR_CODE_NAMES.map((name) => member(place, name)))
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
