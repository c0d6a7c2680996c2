import type { JSONObject } from '@segment/actions-core'
import { DATA_HOSTS, DEFAULT_DATA_REGION, USER_AGENT } from '../../../destinations/kameleoon'
import { EmulatorCopy, type CopyAnswer, type CopyRequest, type Emulator, type Modes } from '../../../emulator'
import { hasOwn, parsedJson, textOf } from '../../../segment-host'
import type { CurrentSettings } from '../hosted'

/** A Kameleoon for previews: nothing leaves this process, and nothing is remembered after it. */
export interface PreviewKameleoon {
  readonly copy: EmulatorCopy
  /** The settings that reach it. */
  readonly settings: JSONObject
  /** Ids of the goals that exist before the preview. */
  readonly goalIds: ReadonlySet<number>
  /** Whether it stands for the real Kameleoon, of which it knows neither goals nor stored data. */
  readonly isReal: boolean
  /** The request client for the destination. */
  readonly request: (url: string, options: CopyRequest) => Promise<CopyAnswer>
}

export interface PreviewSources {
  emulator: Pick<Emulator, 'copy'>
  settings: CurrentSettings
}

/**
 * A Kameleoon that is as the current target is, as far as that can be known without asking the real Kameleoon.
 * @param modes in which it differs from the emulator
 */
export async function previewKameleoon(
  { emulator, settings }: PreviewSources,
  modes?: Partial<Modes>
): Promise<PreviewKameleoon> {
  const isReal = settings.target === 'real'
  const current = settings.current()
  const copy = isReal ? await standInFor(current) : await emulator.copy(modes)
  const request: PreviewKameleoon['request'] = (url, options) => {
    if (isReal) assumeGoals(copy, url)
    return copy.answer(url, { ...options, headers: { 'user-agent': USER_AGENT, ...options.headers } })
  }
  return {
    ...{ copy, isReal, request },
    settings: { ...current, apiKey: copy.apiKey },
    goalIds: new Set(copy.goals.map(({ id }) => id))
  }
}

/** With a cross-device id, so that a mapping that uses one can be previewed. */
function standInFor({ sitecode, dataRegion }: JSONObject): Promise<EmulatorCopy> {
  const region = textOf(dataRegion)?.trim() ?? ''
  const host = hasOwn(DATA_HOSTS, region)
    ? DATA_HOSTS[region as keyof typeof DATA_HOSTS]
    : DATA_HOSTS[DEFAULT_DATA_REGION]
  return EmulatorCopy.empty({
    sitecode: textOf(sitecode)?.trim() ?? '',
    dataHost: new URL(host).host,
    goals: [],
    customData: [{ index: 1, name: 'Cross-device id', isMappingIdentifier: true }]
  })
}

/** Every goal that is asked for by name is taken to exist: whether it does, only the real Kameleoon knows. */
function assumeGoals(copy: EmulatorCopy, url: string): void {
  const { pathname, searchParams } = new URL(url)
  if (pathname !== '/goals') return
  const conditions: unknown = parsedJson(searchParams.get('filter') ?? '[]')
  // The destination writes the filter, as a list of conditions.
  const named = (conditions as { field: string; parameters: string[] }[]).filter(({ field }) => field === 'name')
  const known = new Set(copy.goals.map(({ name }) => name))
  const [first] = named.flatMap(({ parameters }) => parameters).filter((name) => !known.has(name))
  if (first !== undefined) copy.addGoal(first)
}
