import { engineVisitor, type EngineVisitor } from '../engine'
import { quietly } from '../quietly'
import { visitorCodeCookie } from './cookie'
import { usableCode } from './usable-code'

/**
 * The Kameleoon visitor code of this browser: the engine's, else the one in the `kameleoonVisitorCode` cookie.
 * @returns nothing while there is none, and nothing while the engine says that the visitor has not consented, whatever a
 * cookie of an earlier visit may say
 */
export function visitorCode(): string | undefined {
  const visitor = engineVisitor()
  if (visitor && !hasConsented(visitor)) return undefined
  return usableCode(visitor?.code) ?? usableCode(quietly(() => visitorCodeCookie(document.cookie)))
}

/** Consent to one of Kameleoon's two modules is enough for it to know the visitor. Old engines do not tell. */
function hasConsented({ experimentLegalConsent, personalizationLegalConsent }: EngineVisitor): boolean {
  return [experimentLegalConsent, personalizationLegalConsent].some(
    (consent) => consent === true || consent === undefined
  )
}
