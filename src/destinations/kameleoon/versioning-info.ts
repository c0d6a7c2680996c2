/** KAMELEOON_DESTINATION_VERSION
 * Version of this destination, sent to Kameleoon in the User-Agent header.
 * The Data API itself has no version: https://developers.kameleoon.com/apis/data-api-rest/overview
 */
export const KAMELEOON_DESTINATION_VERSION = '1.0.0'
