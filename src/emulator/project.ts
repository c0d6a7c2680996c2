/** A site as the Automation API returns it. https://github.com/Kameleoon/automation-api-collections */
export interface Site {
  id: number
  code: string
  name: string
  url: string
}

export interface Goal {
  id: number
  name: string
  siteId: number
  type: string
  status: 'ACTIVE' | 'INACTIVE'
  hasMultipleConversions: boolean
  isArchived: boolean
  description: string
}

export interface CustomData {
  id: number
  /** Visit events refer to custom data by this number, not by its id. */
  index: number
  name: string
  siteId: number
  method: string
  type: 'UNIQUE' | 'LIST' | 'COUNT_LIST'
  format: 'STRING' | 'NUMBER' | 'BOOLEAN'
  scope: 'PAGE' | 'VISIT' | 'VISITOR'
  /** Whether it stays in the browser; such custom data is never sent to Kameleoon. */
  isLocalOnly: boolean
  isConstant: boolean
  /**
   * Whether its value is the id by which Kameleoon joins the devices of a visitor. The SDK configuration says so; whether the
   * Automation API does is unknown. A site has one such custom data at most.
   */
  isMappingIdentifier: boolean
}

export type NewGoal = Pick<Goal, 'name'> & Partial<Goal>
export type NewCustomData = Pick<CustomData, 'index' | 'name'> & Partial<CustomData>

export const DEFAULT_GOALS: NewGoal[] = [
  { name: 'Order Completed' },
  { name: 'Newsletter signup', hasMultipleConversions: false },
  { name: 'SegmentIO track - Product Added' },
  { name: 'SegmentIO page - Pricing' }
]

export const DEFAULT_CUSTOM_DATA: NewCustomData[] = [
  { index: 1, name: 'Plan' },
  { index: 2, name: 'Audiences', type: 'LIST' },
  { index: 3, name: 'Group ID' },
  { index: 4, name: 'Order currency', scope: 'VISIT' },
  { index: 5, name: 'Products viewed', type: 'COUNT_LIST' },
  { index: 6, name: 'User ID', isMappingIdentifier: true }
]

const SITE_ID = 24_001

/** The sites, goals and custom data of one account, of which one site is emulated. */
export class ProjectData {
  readonly site: Site
  /** A second site, then the emulated one: a client that does not filter by site code gets the wrong one. */
  readonly sites: Site[]
  goals: Goal[] = []
  customData: CustomData[] = []
  private nextId = 310_001

  constructor(sitecode: string, goals: NewGoal[], customData: NewCustomData[]) {
    this.site = { id: SITE_ID, code: sitecode, name: 'Emulated project', url: 'https://shop.example.com' }
    this.sites = [{ id: 23_999, code: 'another000', name: 'Another project', url: 'https://example.org' }, this.site]
    goals.forEach((goal) => this.addGoal(goal))
    customData.forEach((entry) => this.addCustomData(entry))
  }

  /** Adds a goal to the emulated site, or to the site whose id is given, and returns it with its id. */
  addGoal(goal: NewGoal): Goal {
    const added: Goal = {
      id: this.nextId++,
      siteId: this.site.id,
      type: 'CUSTOM',
      status: 'ACTIVE',
      hasMultipleConversions: true,
      isArchived: false,
      description: '',
      ...goal
    }
    this.goals.push(added)
    return added
  }

  /** Adds custom data to the emulated site, or to the site whose id is given, and returns it with its id. */
  addCustomData(entry: NewCustomData): CustomData {
    const added: CustomData = {
      id: this.nextId++,
      siteId: this.site.id,
      method: 'SDK',
      type: 'UNIQUE',
      format: 'STRING',
      scope: 'VISITOR',
      isLocalOnly: false,
      isMappingIdentifier: false,
      isConstant: false,
      ...entry
    }
    this.customData.push(added)
    return added
  }

  /** The emulated site's goal with this id. */
  goal(id: unknown): Goal | undefined {
    return this.goals.find((goal) => goal.id === id && goal.siteId === this.site.id)
  }

  /** The emulated site's custom data with this index. */
  customDataAt(index: unknown): CustomData | undefined {
    return this.customData.find((entry) => entry.index === index && entry.siteId === this.site.id)
  }
  /** The emulated site's custom data that is its cross-device id. */
  get mappingIdentifier(): CustomData | undefined {
    return this.customData.find((entry) => entry.isMappingIdentifier && entry.siteId === this.site.id)
  }
}
