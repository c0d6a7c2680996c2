import type { NewGoal, Site } from '../catalog'
import { isObject } from '../events/is-object'
import { Rejection } from '../rejection'
import { fromJson } from './request'

const isText = (value: unknown) => typeof value === 'string'
const isFilledText = (value: unknown) => typeof value === 'string' && value.trim() !== ''

/** The body of `POST /goals` known to work for custom goals. */
const FIELDS: Record<string, { required: boolean; expected: string; accepts: (value: unknown) => boolean }> = {
  name: { required: true, expected: 'a text that is not empty', accepts: isFilledText },
  siteId: { required: true, expected: 'a number', accepts: (value) => Number.isSafeInteger(value) },
  type: { required: true, expected: 'CUSTOM', accepts: (value) => value === 'CUSTOM' },
  hasMultipleConversions: { required: true, expected: 'a boolean', accepts: (value) => typeof value === 'boolean' },
  status: { required: false, expected: 'ACTIVE or INACTIVE', accepts: (value) => /^(IN)?ACTIVE$/.test(String(value)) },
  description: { required: false, expected: 'a text', accepts: isText }
}

/** The goal that a request body describes, or 400 with the first thing that is wrong. */
export function readNewGoal(body: string, sites: Site[]): NewGoal {
  const goal = fromJson(body, 'a goal as a JSON object')
  if (!isObject(goal)) throw new Rejection(400, 'A goal must be a JSON object.')
  const unknown = Object.keys(goal).find((name) => !Object.keys(FIELDS).includes(name))
  if (unknown !== undefined) throw new Rejection(400, `Unknown field '${unknown}'.`)
  for (const [name, { required, expected, accepts }] of Object.entries(FIELDS)) {
    if (goal[name] === undefined && !required) continue
    if (!accepts(goal[name])) throw new Rejection(400, `'${name}' must be ${expected}.`)
  }
  if (!sites.some((site) => site.id === goal.siteId))
    throw new Rejection(400, `There is no site ${String(goal.siteId)}.`)
  // Every field was checked against the table above.
  return goal as unknown as NewGoal
}
