import { INFORMATION_DIFFERENCES, OUTCOME_DIFFERENCES } from './differences'
import type { SegmentEvent } from '@segment/actions-core'
import genuine from '@segment/action-destinations/dist/destinations/kameleoon'
import { times, track } from '../events'
import { startKameleoon } from '../kameleoon'
import { EXAMPLES } from './events'
import { Official, SETTINGS } from './destinations'
import { readFileSync } from 'fs'
import path from 'path'

describe('docs/migration.md', () => {
  it('has the table of events that are treated differently', () => {
    const rows = OUTCOME_DIFFERENCES.map(({ what, official, ours, reason }) => [what, official, ours, reason])
    expect(tableIn('migration.md', 'Events treated differently')).toEqual(rows)
  })

  it('has the table of information that is not sent', () => {
    const rows = INFORMATION_DIFFERENCES.map(({ what, calls, reason }) => [what, calls.join(', '), reason])
    expect(tableIn('migration.md', 'Information that is not sent')).toEqual(rows)
  })
})

const ORDERS = times(1000, (index) =>
  track('Order Completed', { kameleoonVisitorCode: `visitor${index}`, revenue: 10 })
)

let official: Official
beforeAll(async () => {
  official = await Official.start()
})
afterAll(() => official.close())

async function officialRequests(events: SegmentEvent[]): Promise<number> {
  const before = official.receiver.received.length
  for (const event of events) await official.take(event)
  return official.receiver.received.length - before
}

/** In batches by type, as Segment makes them; the token and the list of goals count too. */
async function ourRequests(events: SegmentEvent[]): Promise<number> {
  const kameleoon = await startKameleoon()
  for (const type of ['track', 'page', 'screen', 'identify', 'group'] as const) {
    const ofType = events.filter((event) => event.type === type)
    if (ofType.length > 0) await kameleoon.batch(ofType)
  }
  return kameleoon.emulator.requests.length
}

describe('requests', () => {
  it.each([
    ['1,000 track calls of one name', ORDERS, 1000, 4],
    ['the examples of this repository', EXAMPLES, 33, 27]
  ])(
    '%s',
    async (what, events, theirs, ourCount) => {
      expect(await officialRequests(events)).toBe(theirs)
      expect(await ourRequests(events)).toBe(ourCount)
      const figures = [what, theirs, ourCount].map((cell) => cell.toLocaleString('en'))
      expect(tableIn('migration.md', 'Requests')).toContainEqual(figures)
    },
    60_000
  )

  it('are one an event in the official destination, which takes no batches', async () => {
    const subscription = {
      partnerAction: 'logEvent',
      subscribe: 'type = "track"',
      mapping: { ...genuine.presets?.[0].mapping }
    }
    const [result] = await official.destination
      .onBatch(ORDERS.slice(0, 2), { ...SETTINGS, subscription })
      .catch((error: Error) => [error])
    expect(result).toMatchObject({ message: 'This action does not support batched requests.' })
  })
})

/** The rows, without the head, of the first table under a heading of a page in docs. */
export function tableIn(page: string, heading: string): string[][] {
  const text = readFileSync(path.join(__dirname, '../../../docs', page), 'utf8')
  const [, under = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'))
  const lines = under.split(/^#+ /m)[0].split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  if (start < 0) return []
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cellsOf)
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
