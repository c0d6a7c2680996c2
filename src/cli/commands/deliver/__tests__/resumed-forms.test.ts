import { gzipSync } from 'zlib'
import { arrivals } from './arrivals'
import { buildCommand, countsIn } from './built-command'
import { deliveryFolder, removeDeliveryFolders, type DeliveryFolder, type DeliveryInput } from './delivery-folder'
import { mixedEvents } from './mixed-events'

const { lines } = mixedEvents(120)
/** The events of the lines that are JSON. */
const events = lines.filter((line) => !line.includes('broken')).map((line) => JSON.parse(line) as object)

beforeAll(buildCommand, 120_000)
afterEach(removeDeliveryFolders)

interface Form extends DeliveryInput {
  /** What is written first, by the name of the file. */
  content?: Record<string, string | Buffer>
}

const third = (from: number): string => lines.slice(from * 40, from * 40 + 40).join('\n')
const withoutIds = events.map((event) => ({ ...event, messageId: undefined }))
const packed = gzipSync(lines.join('\n'))

const FORMS: [string, Form][] = [
  ['a file that is packed with gzip', { files: ['events.ndjson.gz'], content: { 'events.ndjson.gz': packed } }],
  [
    'several files',
    {
      files: ['b.ndjson', 'a.ndjson', 'c.ndjson'],
      content: { 'a.ndjson': third(1), 'b.ndjson': third(0), 'c.ndjson': third(2) }
    }
  ],
  [
    'a folder',
    {
      files: ['events'],
      content: { 'events/1.ndjson': third(0), 'events/2.jsonl.gz': gzipSync(third(1)), 'events/3.json': third(2) }
    }
  ],
  ['a pattern', { files: ['*.jsonl'], content: { '1.jsonl': third(0), '2.jsonl': third(1), '3.jsonl': third(2) } }],
  ['standard input', { files: ['-'], input: lines.join('\n') }],
  ['a JSON array', { files: ['array.json'], content: { 'array.json': JSON.stringify(events, null, 2) } }],
  [
    'a body of the Tracking API whose events have no messageId',
    { files: ['body.json'], content: { 'body.json': JSON.stringify({ batch: withoutIds }) } }
  ]
]

async function folderWith({ content = {} }: Form): Promise<DeliveryFolder> {
  const folder = await deliveryFolder([])
  Object.entries(content).forEach(([file, text]) => folder.write(file, text))
  return folder
}

it.each(FORMS)('%s is delivered as a whole by a run that is killed and goes on', async (_what, form) => {
  const whole = await folderWith(form)
  const undisturbed = await whole.deliver([], form).ended
  const folder = await folderWith(form)
  const names = whole.names()
  const half = Math.floor(whole.emulator.requests.length / 2)
  expect(await folder.interrupted('SIGKILL', half, [], form)).toMatchObject({ signal: 'SIGKILL' })
  expect(folder.names().join()).toContain('.checkpoint')
  const last = await folder.deliver(['--resume'], form).ended
  expect(last.code).toBe(1)
  expect(countsIn(last)).toEqual(countsIn(undisturbed))
  expect(arrivals(folder.emulator)).toEqual(arrivals(whole.emulator))
  expect(arrivals(folder.emulator).nonces.length).toBeGreaterThan(50)
  // No checkpoint is left.
  expect(folder.names()).toEqual(names)
})

it('a list of files with the checkpoint among them, as a shell makes it of a pattern, goes on', async () => {
  const folder = await folderWith({ content: { 'day/1.ndjson': third(0), 'day/2.ndjson': third(1) } })
  const files = ['day/1.ndjson', 'day/2.ndjson']
  await folder.interrupted('SIGINT', 20, [], { files })
  const last = await folder.deliver(['--resume'], {
    files: ['day/1.ndjson', 'day/1.ndjson.checkpoint', 'day/2.ndjson']
  }).ended
  expect(last).toMatchObject({ code: 1 })
  expect(countsIn(last)).toMatchObject({ received: 80, unsettled: 0 })
})
