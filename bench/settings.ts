import type { Settings } from '../src/destinations/kameleoon/generated-types'

/** Credentials that open nothing: the sink takes any. */
export const settings: Settings & { [name: string]: string } = {
  apiKey: Buffer.from(JSON.stringify({ id: 'bench-not-real', secret: 'bench-not-real' })).toString('base64'),
  sitecode: 'benchmark1'
}
