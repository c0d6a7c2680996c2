/** KAMELEOON_AUTOMATION_API_VERSION
 * Kameleoon Automation API version (sites, goals, custom data).
 * API reference: https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 */
export const KAMELEOON_AUTOMATION_API_VERSION = '1.1.0'

/** KAMELEOON_DESTINATION_VERSION
 * Version of this destination, told to Kameleoon in the User-Agent.
 * The Data API itself has no version: https://developers.kameleoon.com/apis/data-api-rest/overview
 */
export const KAMELEOON_DESTINATION_VERSION = '1.0.0'
