import { quietly } from './quietly'

/** The visitor as the engine reports it. Consent is `null` while it is required and not yet decided. */
export interface EngineVisitor {
  code?: string
  customData?: Record<string, unknown>
  experimentLegalConsent?: boolean | null
  personalizationLegalConsent?: boolean | null
}

/** An experiment or a personalization. Without an associated variation the visitor sees the original. */
export interface Campaign {
  id: number
  name: string
  associatedVariation?: { id: number; name: string } | null
}

/**
 * A campaign that the engine has counted in the current visit, whether it was displayed or only tracked. The variation is
 * missing for the original, whose id is 0; the campaign is missing if it has ended.
 */
export interface Activation {
  experiment?: Campaign | null
  personalization?: Campaign | null
  associatedVariation?: Campaign['associatedVariation']
  associatedVariationID?: number | string | null
}

/** The current visit as the engine reports it. */
export interface EngineVisit {
  index?: number
  customData?: Record<string, unknown>
  activatedExperiments?: Activation[]
  activatedPersonalizations?: Activation[]
}

/** The part of Kameleoon's Activation API that the plugin uses. https://developers.kameleoon.com/apis/activation-api-js/api-reference/ */
export interface EngineApi {
  Visitor?: EngineVisitor | null
  CurrentVisit?: EngineVisit | null
  Experiments?: { getActivatedInVisit(): Campaign[] }
  Personalizations?: { getActivatedInVisit(): Campaign[] }
  Data?: {
    retrieveDataFromRemoteSource(key: string, callback: (fields: unknown) => void): void
    setCustomData(name: string, value: unknown, overwrite?: boolean): void
    resetCustomData(name: string): void
  }
}

interface CommandQueue {
  push(command: () => void): unknown
}

/** The engine's globals on the page. The queue takes commands before the engine is loaded; the engine runs them later. */
interface EngineGlobals {
  Kameleoon?: { API?: EngineApi }
  kameleoonQueue?: CommandQueue
}

/** Kameleoon's JavaScript API, if its script has run. Of two engines on a page it is the one loaded last. */
export function engineApi(): EngineApi | undefined {
  const page: Window & EngineGlobals = window
  return quietly(() => page.Kameleoon?.API)
}

/** The engine's visitor, if the engine has started. */
export function engineVisitor(): EngineVisitor | undefined {
  return quietly(() => engineApi()?.Visitor ?? undefined)
}

/** Whether the engine knows the visitor's code, or that consent is missing. */
export function engineHasStarted(): boolean {
  const visitor = engineVisitor()
  return !!visitor?.code || visitor?.experimentLegalConsent !== undefined
}

/**
 * Calls `run` when the engine has started: at once if it has started already, never if it is not loaded. The command queue
 * alone is not enough: an engine that found no queue when it was loaded never reads one.
 */
export function whenEngineStarts(run: () => void): void {
  if (engineHasStarted()) return run()
  const page: Window & EngineGlobals = window
  let waiting = true
  const check = (): void => {
    if (!waiting || !engineHasStarted()) return
    waiting = false
    page.removeEventListener('Kameleoon::Started', check)
    run()
  }
  page.addEventListener('Kameleoon::Started', check)
  quietly(() => {
    const queue: CommandQueue = (page.kameleoonQueue ??= [])
    queue.push(check)
  })
}
