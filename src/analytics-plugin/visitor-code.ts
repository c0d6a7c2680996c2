import type { Call } from './analytics'
import { engineVisitor, type EngineVisitor } from './engine'
import { quietly } from './quietly'
import { STORED_NAME, usableCode, visitorCodeCookie, visitorCodeItem } from './usable-code'

// The current name and the one of the classic destination. The destination reads both.
const NAMES = ['kameleoonVisitorCode', 'k_visitorCode']

/**
 * The Kameleoon visitor code of this browser: the engine's, else the one that the engine has kept in local storage, else the
 * one in the cookie; both are called `kameleoonVisitorCode`. Never throws.
 * @returns `undefined` while there is no code, and while the engine reports that the visitor has not consented, even if an
 * earlier visit has left one
 */
export function visitorCode(): string | undefined {
  const visitor = engineVisitor()
  if (visitor && !hasConsented(visitor)) return undefined
  return (
    usableCode(visitor?.code) ??
    usableCode(quietly(() => visitorCodeItem(localStorage.getItem(STORED_NAME)))) ??
    usableCode(quietly(() => visitorCodeCookie(document.cookie)))
  )
}

/** Consent to one of Kameleoon's two modules is enough. Old engines do not report consent; it counts as given. */
function hasConsented({ experimentLegalConsent, personalizationLegalConsent }: EngineVisitor): boolean {
  return [experimentLegalConsent, personalizationLegalConsent].some(
    (consent) => consent === true || consent === undefined
  )
}

/**
 * Adds the visitor code to a call's properties or traits, unless the page itself has set a code in the call.
 * The page's own object is copied, not changed.
 */
export function addVisitorCode({ event }: Call, place: 'properties' | 'traits'): void {
  if ([event.properties, event.traits, event.context?.traits].some(hasCode)) return
  const code = visitorCode()
  if (code !== undefined) event[place] = { ...event[place], kameleoonVisitorCode: code }
}

/** A blank code counts as absent, as in the destination. */
function hasCode(values: object | null | undefined): boolean {
  return Object.entries(values ?? {}).some(([name, value]) => NAMES.includes(name) && String(value ?? '').trim() !== '')
}
