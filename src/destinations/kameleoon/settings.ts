import { IntegrationError } from '@segment/actions-core'
import type { GlobalSetting } from '@segment/actions-core'
import type { Settings } from './generated-types'
import { connectionOf, DATA_HOSTS, DEFAULT_DATA_REGION } from './kameleoon-api/connection'
import type { Connection, DataRegion } from './kameleoon-api/connection'
import { comparedRegion } from './kameleoon-api/sdk-configuration'
import type { SdkConfiguration } from './kameleoon-api/sdk-configuration'
import { own } from './values'

const REGION_LABELS: Record<DataRegion, string> = {
  EU: 'Europe (eu-data.kameleoon.io)',
  NA: 'North America, US (na-data.kameleoon.io)',
  EU_DOT_EU: 'Europe, .eu domain (eu-data.kameleoon.eu)',
  NA_DOT_EU: 'North America, US, .eu domain (na-data.kameleoon.eu)'
}

export const settingsFields: Record<string, GlobalSetting> = {
  apiKey: {
    label: 'API Key',
    description:
      'Kameleoon API key. You can generate one using the link in the help doc (https://help.kameleoon.com/setting-up-segment/).',
    type: 'password',
    required: true
  },
  sitecode: {
    label: 'Sitecode',
    description:
      'Kameleoon project sitecode. You can find this on the dashboard of your project (https://help.kameleoon.com/question/how-do-i-find-my-site-id/): 10 lower-case letters and digits, such as abc123def4.',
    type: 'string',
    required: true
  },
  dataRegion: {
    label: 'Data Region',
    description:
      'Where your Kameleoon project is hosted. Choose an .eu domain only if Kameleoon shows one for your project.',
    type: 'string',
    choices: (Object.keys(DATA_HOSTS) as DataRegion[]).map((region) => ({
      value: region,
      label: REGION_LABELS[region]
    })),
    default: DEFAULT_DATA_REGION
  }
}

/** Settings that cannot work for any event. Not retried; the message says which setting and what to do. */
class InvalidSettingError extends IntegrationError {
  constructor(message: string) {
    super(message, 'INVALID_SETTING', 400)
  }
}

/**
 * The connection to Kameleoon that the settings describe. Spaces around them, which copying leaves, are ignored.
 * @throws CredentialsError if the API key does not decode
 * @throws InvalidSettingError for an invalid site code or region
 */
export function connectionFrom(settings: Settings): Connection {
  const siteCode = (settings.sitecode ?? '').trim()
  if (!/^[a-z0-9]{10}$/.test(siteCode)) {
    throw new InvalidSettingError(
      'Sitecode must be 10 lower-case letters and digits, such as abc123def4. Copy it from the project page in Kameleoon.'
    )
  }
  return connectionOf(settings.apiKey ?? '', siteCode, regionOf(settings.dataRegion))
}

function regionOf(dataRegion: string | undefined): DataRegion {
  const region = dataRegion?.trim() || DEFAULT_DATA_REGION
  if (!isRegion(region)) {
    throw new InvalidSettingError(`Data Region must be one of ${Object.keys(DATA_HOSTS).join(', ')}.`)
  }
  return region
}

/**
 * Checks the region of a connection against what Kameleoon publishes about the project. Only another region is certainly
 * wrong: it loses every event. Of the two domains of a region, both may work.
 * @throws InvalidSettingError with the region to choose
 */
export function requireRegion({ dataHost }: Connection, configuration: SdkConfiguration): void {
  const compared = comparedRegion(dataHost, configuration)
  if (compared.kind !== 'other region') return
  const chosen = new URL(dataHost).host
  const { dataApiDomain } = configuration
  const label = REGION_LABELS[compared.region]
  throw new InvalidSettingError(
    `Data Region is that of ${chosen}, but Kameleoon keeps this project at ${dataApiDomain}, so no event would arrive. Choose "${label}".`
  )
}

function isRegion(region: string): region is DataRegion {
  return own(DATA_HOSTS, region) !== undefined
}
