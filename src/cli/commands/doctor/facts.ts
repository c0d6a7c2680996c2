import type { DestinationDefinition, Preset } from '@segment/actions-core'
import {
  accessToken,
  connectionFrom,
  decodeApiKey,
  findSiteId,
  kameleoonClient,
  readCustomData,
  readGoals,
  readMaps,
  readSdkConfiguration,
  type Connection,
  type CustomDataDefinition,
  type Goal,
  type KameleoonClient,
  type SdkConfiguration
} from '../../../destinations/kameleoon'
import type { Credentials } from '../../credentials'
import { PACKAGE_FOLDER } from '../../package-files'
import { factAfter, factOf, type Environment, type Fact } from './fact'
import { installationOf, type Installation } from './installation'
import { timedRequest, type TimedAnswer } from './timed-request'
import { wholeList, type List } from './whole-list'

/** A project at the Automation API. */
interface Site {
  client: KameleoonClient
  id: number
}

/** Everything that was looked at, before anything is said about it. */
export interface Facts {
  installation: Installation
  credentials: Credentials
  presets: readonly Preset[]
  apiKey: Fact<unknown>
  connection: Fact<Connection>
  /** What Kameleoon publishes about the project for its SDKs. */
  published: Fact<SdkConfiguration>
  /** Seen where the API key was exchanged for a token. */
  client: Fact<KameleoonClient>
  /** Seen where the Data API answered a read. */
  stored: Fact<unknown>
  site: Fact<Site>
  goals: Fact<List<Goal>>
  customData: Fact<List<CustomDataDefinition>>
  /** All answers, in their order. */
  answers: readonly TimedAnswer[]
}

/** What is looked at, and how. */
export interface Examination<Settings> {
  definition: DestinationDefinition<Settings>
  credentials: Credentials
  env: Environment
  /** The present time in milliseconds since 1970. */
  now: () => number
}

/** Nothing is stored under it. */
const KEY = 'kameleoon-destination-doctor'

/** Looks at everything, one after the other. It only reads. */
export async function examined<Settings>(examination: Examination<Settings>): Promise<Facts> {
  const { definition, credentials, env, now } = examination
  const answers: TimedAnswer[] = []
  const request = timedRequest(definition, credentials, answers, now)
  const apiKey = await factOf(env, () => decodeApiKey(credentials.apiKey))
  const connection = await factOf(env, () => connectionFrom(credentials))
  const published = await factAfter(connection, NO_SETTINGS, env, (one) =>
    readSdkConfiguration(kameleoonClient(request, one))
  )
  const client = await factAfter(connection, NO_SETTINGS, env, async (one) => {
    await accessToken(request, one)
    return kameleoonClient(request, one)
  })
  const stored = await factAfter(client, NO_TOKEN, env, (one) => readMaps(one, [KEY]))
  const site = await factAfter(client, NO_TOKEN, env, async (one) => ({ client: one, id: await findSiteId(one) }))
  const goals = await factAfter(site, NO_SITE, env, goalsOf)
  const customData = await factAfter(site, NO_SITE, env, customDataOf)
  const installation = installationOf([process.cwd(), PACKAGE_FOLDER])
  const project = { connection, published, client, stored, site, goals, customData }
  return { installation, credentials, presets: definition.presets ?? [], apiKey, ...project, answers }
}

const NO_SETTINGS = 'the settings are not complete'
const NO_TOKEN = 'there is no access token'
const NO_SITE = 'the project was not found'

function goalsOf({ client, id }: Site): Promise<List<Goal>> {
  const page = async (number: number) => {
    const { goals, isLast } = await readGoals(client, id, number)
    return { items: goals, isLast }
  }
  return wholeList(page, (goal) => goal.id)
}

function customDataOf({ client, id }: Site): Promise<List<CustomDataDefinition>> {
  const page = async (number: number) => {
    const { customData, isLast } = await readCustomData(client, id, number)
    return { items: customData, isLast }
  }
  return wholeList(page, ({ index }) => index)
}
