import { writeFileSync } from 'fs'
import definition from '../../src/destinations/kameleoon'
import { presetSubscriptions, type Subscription } from '../../src/segment-host'

/** The subscription whose mapping is wrong at first. */
export const MENDED = 'Checkout Steps'

/** Subscriptions of the trials: the presets, one more for orders, and one whose mapping is wrong or mended. */
function subscriptions(goalId: string): Subscription[] {
  const presets = presetSubscriptions(definition)
  const track = presets.find(({ name }) => name === 'Track Calls')
  if (!track) throw new Error('There is no preset for track calls')
  const { mapping } = track
  const ofOrders = {
    ...track,
    name: 'Orders as custom data',
    subscribe: 'type = "track" and event = "Order Completed"'
  }
  const ofSteps = { ...track, name: MENDED, subscribe: 'type = "track" and event = "Checkout Step"' }
  return [
    ...presets,
    {
      ...ofOrders,
      mapping: { ...mapping, goalMatching: 'none', customData: { '1': { '@path': '$.properties.revenue' } } }
    },
    { ...ofSteps, mapping: { ...mapping, goalId } }
  ]
}

/** Writes a file for `--mapping`. */
export function writeMapping(path: string, kind: 'wrong' | 'mended', only?: string): void {
  const all = subscriptions(kind === 'wrong' ? 'not a goal' : MENDED_GOAL)
  writeFileSync(path, JSON.stringify(all.filter(({ name }) => only === undefined || name === only)))
}

/** A goal of the emulator. */
export const MENDED_GOAL = '270017'
