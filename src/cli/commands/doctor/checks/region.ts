import { comparedRegion, type Connection, type SdkConfiguration } from '../../../../destinations/kameleoon'
import { parted } from '../fact'
import type { Facts } from '../facts'
import { ok, trouble, unknown, warning, type Line } from '../line'

const SUBJECT = 'region'
const IN_KAMELEOON = 'Check in Kameleoon where the project is hosted.'

/** Whether events go where Kameleoon keeps the project, as far as it publishes that. */
export function regionLines({ connection, published }: Facts): Line[] {
  if (connection.kind !== 'seen') return []
  if (published.kind === 'seen') return [regionLine(connection.value, published.value)]
  const [why] = parted(published.kind === 'failed' ? published.why : published.because)
  return [unknown(SUBJECT, `What Kameleoon publishes about the project could not be read: ${why}`, IN_KAMELEOON)]
}

function regionLine(connection: Connection, published: SdkConfiguration): Line {
  const chosen = new URL(connection.dataHost).host
  const { dataApiDomain } = published
  const compared = comparedRegion(connection.dataHost, published)
  const seen = `Kameleoon keeps this project at ${dataApiDomain}, but events would go to ${chosen}`
  switch (compared.kind) {
    case 'same':
      return ok(SUBJECT, `Kameleoon keeps this project at ${chosen}, where events go.`)
    case 'other domain':
      return warning(SUBJECT, `${seen}, the same region on another domain.`, choose(compared.region))
    case 'other region':
      return trouble(SUBJECT, `${seen}, so none would arrive.`, choose(compared.region))
    case 'unclear':
      return dataApiDomain === undefined || dataApiDomain === WITHOUT_REGION
        ? unknown(SUBJECT, 'Kameleoon publishes no region of this project.', IN_KAMELEOON)
        : warning(SUBJECT, `${seen}.`, `This version does not know ${dataApiDomain}. ${IN_KAMELEOON}`)
  }
}

/** With which Kameleoon's SDKs start, before they know the project. */
const WITHOUT_REGION = 'data.kameleoon.io'

function choose(region: string): string {
  return `Choose this Data Region in the settings; for this command, set KAMELEOON_DATA_REGION=${region}.`
}
