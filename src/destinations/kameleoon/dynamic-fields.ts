import type { DynamicFieldItem, DynamicFieldResponse, RequestFn } from '@segment/actions-core'
import { kameleoonClient } from './kameleoon-api/client'
import type { KameleoonClient } from './kameleoon-api/http'
import { findSiteId, readCustomData, readGoals } from './kameleoon-api/automation-api'
import { isConvertible } from './kameleoon-api/goal-directory'
import { failureOf } from './delivery/failure'
import type { Settings } from './generated-types'
import { connectionFrom } from './settings'

/** Choices of a live dropdown: one page of a list of Kameleoon. A failure is returned with its message and never thrown. */
type Dropdown = RequestFn<Settings, unknown, DynamicFieldResponse>

type ReadChoices = (
  client: KameleoonClient,
  siteId: number,
  page: number
) => Promise<{ choices: DynamicFieldItem[]; isLast: boolean }>

/** The goals of the project that an event may convert; archived ones and those that Kameleoon computes are not offered. */
export const goals = dropdown(async (client, siteId, page) => {
  const { goals, isLast } = await readGoals(client, siteId, page)
  const choices = goals.filter(isConvertible).map(({ id, name, type, state }) => ({
    value: String(id),
    label: state === 'active' ? name : `${name} (inactive)`,
    description: `Goal ${id}${type ? `, ${type}` : ''}`
  }))
  return { choices, isLast }
})

/** The custom data of the project, by index. */
export const customDataKeys = dropdown(async (client, siteId, page) => {
  const { customData, isLast } = await readCustomData(client, siteId, page)
  const choices = customData.map(({ index, name }) => ({
    value: String(index),
    label: name,
    description: `Index ${index}`
  }))
  return { choices, isLast }
})

function dropdown(read: ReadChoices): Dropdown {
  return async (request, { settings, page }) => {
    try {
      const client = kameleoonClient(request, connectionFrom(settings))
      const number = Math.max(1, Number(page) || 1)
      const { choices, isLast } = await read(client, await findSiteId(client), number)
      return { choices, ...(isLast ? {} : { nextPage: String(number + 1) }) }
    } catch (error) {
      const { message, status } = failureOf(error)
      return { choices: [], error: { message, code: String(status) } }
    }
  }
}
