import { KAMELEOON_DESTINATION_VERSION } from '../versioning-info'

/** OAuth tokens, sites, goals and custom data. https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
export const AUTOMATION_HOST = 'https://api.kameleoon.com'

/**
 * Where visit events and maps go. The region is where the project is hosted; `.io` or `.eu` depends on when the project
 * was created, and the Kameleoon app shows which. https://developers.kameleoon.com/apis/data-api-rest/overview
 */
export const DATA_HOSTS = {
  EU: 'https://eu-data.kameleoon.io',
  NA: 'https://na-data.kameleoon.io',
  EU_DOT_EU: 'https://eu-data.kameleoon.eu',
  NA_DOT_EU: 'https://na-data.kameleoon.eu'
} as const

export type DataRegion = keyof typeof DATA_HOSTS

export const DEFAULT_DATA_REGION: DataRegion = 'EU'

/**
 * Kameleoon answers 403 to user agents of known bots and bare HTTP libraries, so the product names itself. The comment in
 * parentheses matters: common bot lists take a lone `name/version` for a script.
 */
export const USER_AGENT = `SegmentKameleoonDestination/${KAMELEOON_DESTINATION_VERSION} (Segment Actions)`
