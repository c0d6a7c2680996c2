import { joined } from './abort'
import { readCustomData } from './automation-api'
import type { CustomDataDefinition } from './automation-api'
import { AutomationSite } from './automation-site'
import type { KameleoonClient } from './http'
import { AUTOMATION_MAX_PAGES } from './limits'
import { readSdkConfiguration } from './sdk-configuration'

/** The custom data of a project, by index. What is not there is not known. */
export type CustomDataDefinitions = ReadonlyMap<number, CustomDataDefinition>

export const NO_DEFINITIONS: CustomDataDefinitions = new Map()

const LIFETIME_MILLISECONDS = 10 * 60 * 1000

/** After the custom data could not be read, the next try waits so long. */
const RETRY_MILLISECONDS = 60 * 1000

/** Reading may take this share of the requests; the rest is for goals, without which events cannot be delivered. */
const SHARE = 0.5

/**
 * The custom data of one project, read once in ten minutes and shared by all callers. No event depends on it: what cannot be
 * read anew is used on, and what was never read is not known.
 */
export class CustomDataDirectory {
  private readonly known = new Map<number, CustomDataDefinition>()
  private nextReadAt = 0
  private reading?: Promise<void>

  constructor(private readonly site = new AutomationSite()) {}

  /** What is known, after a try to read it where it is time to. It never throws. */
  async read(client: KameleoonClient): Promise<CustomDataDefinitions> {
    // Who needs nothing but a newer list does not wait for the reading of another.
    const isDue = this.reading ? this.known.size === 0 : Date.now() >= this.nextReadAt
    try {
      if (isDue) await joined(() => (this.reading ??= this.readAll(client)), client.signal)
    } catch {
      // Whatever it is, what is known is used on.
    }
    return this.known
  }

  private async readAll(client: KameleoonClient): Promise<void> {
    this.nextReadAt = Date.now() + RETRY_MILLISECONDS
    try {
      const siteId = await this.site.id(client)
      const seen = new Set<number>()
      for (let page = 1, isLast = false; !isLast && page <= AUTOMATION_MAX_PAGES; page++) {
        this.site.budget.spend(SHARE)
        const { customData, isLast: isEnd } = await readCustomData(client, siteId, page)
        isLast = isEnd || customData.every(({ index }) => seen.has(index))
        for (const one of customData) {
          seen.add(one.index)
          this.known.set(one.index, one)
        }
      }
      this.nextReadAt = Date.now() + LIFETIME_MILLISECONDS
    } finally {
      this.reading = undefined
    }
  }
}

/**
 * Which custom data of one project is its mapping identifier, the cross-device id. The Automation API is not known to say
 * so; the configuration that Kameleoon's SDKs read does.
 */
export class MappingIdentifier {
  private known?: { index: number | undefined }
  private nextReadAt = 0
  private reading?: Promise<void>

  /**
   * The index of the custom data, read once in ten minutes; undefined if the project has none, which is asked again after
   * one minute. What cannot be read anew is used on.
   * @throws what a call throws, if it could never be read
   */
  async index(client: KameleoonClient): Promise<number | undefined> {
    if (!this.known || Date.now() >= this.nextReadAt) {
      try {
        await joined(() => (this.reading ??= this.read(client)), client.signal)
      } catch (error) {
        if (!this.known) throw error
      }
    }
    return this.known?.index
  }

  private async read(client: KameleoonClient): Promise<void> {
    this.nextReadAt = Date.now() + RETRY_MILLISECONDS
    try {
      const { customData } = await readSdkConfiguration(client)
      const index = customData.find(({ isMappingIdentifier }) => isMappingIdentifier)?.index
      this.known = { index }
      if (index !== undefined) this.nextReadAt = Date.now() + LIFETIME_MILLISECONDS
    } finally {
      this.reading = undefined
    }
  }
}
