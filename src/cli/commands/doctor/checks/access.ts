import { notSeen } from '../fact'
import type { Facts } from '../facts'
import { ok, unknown, type Line } from '../line'

const GET_A_KEY = 'Copy the API key again from Kameleoon: My profile > API credentials.'
const TRY_AGAIN = 'Check the network and try again later.'

/** Whether Kameleoon accepts the API key, and knows the project. */
export function accessLines({ apiKey, connection, client, site, credentials }: Facts): Line[] {
  const lines = [
    apiKey.kind === 'seen'
      ? ok('API key', 'It decodes to a client id and a secret.')
      : notSeen('API key', apiKey, GET_A_KEY)
  ]
  if (apiKey.kind === 'seen' && connection.kind === 'failed') {
    lines.push(notSeen('settings', connection, 'Correct KAMELEOON_SITECODE or KAMELEOON_DATA_REGION.'))
  }
  return [
    ...lines,
    client.kind === 'seen'
      ? ok('token', 'Kameleoon exchanged the API key for an access token.')
      : notSeen('token', client, TRY_AGAIN),
    site.kind === 'seen'
      ? ok('site', `The account has the project ${credentials.sitecode}.`)
      : notSeen('site', site, TRY_AGAIN)
  ]
}

/** Whether the host that events would go to answers. */
export function dataApiLines({ stored, connection, answers }: Facts): Line[] {
  const subject = 'Data API'
  if (stored.kind !== 'seen') return [notSeen(subject, stored, TRY_AGAIN)]
  const host = connection.kind === 'seen' ? new URL(connection.value.dataHost).host : 'The host'
  const status = answers.find(({ operation }) => operation === 'GET /map/maps')?.status
  // The status of a key under which nothing is stored is not documented.
  if (status === 404) return [unknown(subject, `${host} answered 404 to a read.`, NOT_FOUND)]
  return [ok(subject, `${host} answers reads.`)]
}

const NOT_FOUND =
  'It may mean that nothing is stored yet, or that the project is in another region. Check the Data Region in Kameleoon.'
