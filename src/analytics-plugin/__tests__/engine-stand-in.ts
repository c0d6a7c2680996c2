/** A campaign that the stand-in shows from the start, unless it waits to be triggered. */
export interface StandInCampaign {
  id: number
  name: string
  /** Without one the visitor sees the original. */
  variation?: { id: number; name: string }
  waits?: boolean
}

/** An activation as the engine reports it in the current visit. */
interface StandInActivation {
  experiment: object
  associatedVariationID: number
  associatedVariation: object | null
}

export interface StandInOptions {
  visitorCode: string
  /** null: required and not yet decided. */
  consent?: boolean | null
  /** Milliseconds until the engine's script has come. */
  startsAfter?: number
  /** Number of the visit. */
  visit?: number
  experiments?: StandInCampaign[]
  personalizations?: StandInCampaign[]
  /** Address of a Data API, for `retrieveDataFromRemoteSource`. */
  dataUrl?: string
  siteCode?: string
  /** Runs when the engine starts, as Kameleoon's Global custom script does. */
  globalScript?: string
}

/** JavaScript for a page: a stand-in for Kameleoon's engine, with its public API as far as this project uses it. */
export function engineStandIn(options: StandInOptions): string {
  return `(${standIn.toString()})(${JSON.stringify(options)})`
}

interface StandInWindow {
  Kameleoon?: unknown
  kameleoonQueue?: { push(...commands: Array<() => void>): unknown } | Array<() => void>
}

// Runs in the page: nothing outside this function exists there.
function standIn(options: StandInOptions): void {
  const page: Window & StandInWindow = window
  const customData: Record<string, unknown> = {}
  const fire = (name: string, detail: object): void => {
    page.dispatchEvent(new CustomEvent(`Kameleoon::${name}`, { detail }))
  }

  const visitor = { code: options.visitorCode, customData, ...consents(options.consent ?? null) }
  function consents(given: boolean | null): object {
    return { experimentLegalConsent: given, personalizationLegalConsent: given }
  }
  function setConsent(given: boolean): void {
    Object.assign(visitor, consents(given))
    if (given) document.cookie = `kameleoonVisitorCode=${visitor.code}; path=/`
    else document.cookie = 'kameleoonVisitorCode=; path=/; max-age=0'
    fire('LegalConsentUpdated', { legalConsentUpdate: { AB_TESTING: given, PERSONALIZATION: given } })
  }

  const activatedExperiments: StandInActivation[] = []

  function campaigns(kind: 'Experiment' | 'Personalization', given: StandInCampaign[] = []): object {
    const all = given.map(({ variation, waits, ...rest }) => ({
      ...rest,
      associatedVariation: variation ?? null,
      activatedInVisit: !waits
    }))
    return {
      getAll: () => all,
      getActivatedInVisit: () => all.filter(({ activatedInVisit }) => activatedInVisit),
      // A trigger that only tracks is counted, but nothing is displayed.
      trigger: (id: number, tracksOnly?: boolean) => {
        const campaign = all.find((one) => one.id === id)
        if (!campaign) return
        const { associatedVariation } = campaign
        fire(`${kind}Triggered`, { [kind.toLowerCase()]: { ...campaign, associatedVariation: null } })
        if (kind === 'Experiment') {
          const associatedVariationID = associatedVariation?.id ?? 0
          activatedExperiments.push({ experiment: campaign, associatedVariationID, associatedVariation })
        }
        if (tracksOnly) return
        campaign.activatedInVisit = true
        fire(`${kind}Activated`, { [kind.toLowerCase()]: campaign })
      }
    }
  }

  function retrieve(key: string, callback: (fields: unknown) => void): void {
    const query = new URLSearchParams({ siteCode: options.siteCode ?? '', key })
    fetch(`${options.dataUrl}/map/map?${query.toString()}`)
      .then((response) => (response.ok ? response.json() : {}))
      .catch(() => ({}))
      .then(callback, console.error)
  }

  const api = {
    Visitor: visitor,
    CurrentVisit: { index: options.visit ?? 1, activatedExperiments },
    Core: {
      enableLegalConsent: () => setConsent(true),
      disableLegalConsent: () => setConsent(false)
    },
    Experiments: campaigns('Experiment', options.experiments),
    Personalizations: campaigns('Personalization', options.personalizations),
    Data: {
      retrieveDataFromRemoteSource: retrieve,
      setCustomData: (name: string, value: unknown) => (customData[name] = value),
      resetCustomData: (name: string) => delete customData[name]
    }
  }

  function start(): void {
    if (options.consent === true) setConsent(true)
    page.Kameleoon = { API: api }
    fire('Loaded', {})
    const queued = page.kameleoonQueue
    // As in the genuine engine, a page without a queue gets none.
    if (queued) page.kameleoonQueue = { push: (...commands) => commands.forEach((command: () => void) => command()) }
    if (Array.isArray(queued)) (queued as Array<() => void>).forEach((command) => command())
    fire('Started', {})
    // A script element, as the genuine engine runs it, so that its errors are the page's.
    if (options.globalScript !== undefined) {
      document.head.append(Object.assign(document.createElement('script'), { textContent: options.globalScript }))
    }
  }

  if (options.startsAfter === undefined) start()
  else setTimeout(start, options.startsAfter)
}
