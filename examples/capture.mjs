// Writes events.ndjson: Segment events as the genuine @segment/analytics-node emits them, one a line.
//
// The library posts its batches to a server on this machine, and every event is kept as it arrives. Segment adds
// `receivedAt`, `originalTimestamp` and the like on its side before it hands an event to a destination; those are not
// invented here. messageId and timestamp are fixed through the library's own options, and the one value that depends on
// the machine, the version of Node in `_metadata`, is set to the oldest version supported: the file is always the same.
//
// Run it with: npm run capture:examples
import { createServer } from 'node:http'
import { writeFileSync } from 'node:fs'
import { Analytics } from '@segment/analytics-node'
import { calls } from './calls.mjs'

const FIRST_MOMENT = Date.parse('2026-03-02T09:00:00.000Z')
const BETWEEN_EVENTS = 37_000
const OLDEST_NODE = 'v20.12.0'

const captured = []
const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    captured.push(...JSON.parse(Buffer.concat(parts).toString('utf8')).batch)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const analytics = new Analytics({
  writeKey: 'examples',
  host: `http://127.0.0.1:${server.address().port}`,
  flushAt: 1000
})
analytics.on('error', (error) => {
  throw new Error(`analytics-node reported ${error.code}`, { cause: error.reason })
})
calls.forEach(([method, params], index) => {
  const messageId = `example-${String(index + 1).padStart(2, '0')}-${method}`
  const timestamp = new Date(FIRST_MOMENT + index * BETWEEN_EVENTS)
  analytics[method]({ ...params, messageId, timestamp })
})
await analytics.closeAndFlush()
server.close()

if (captured.length !== calls.length) throw new Error(`Sent ${calls.length} events, captured ${captured.length}`)
const lines = captured
  .sort((a, b) => a.messageId.localeCompare(b.messageId, 'en'))
  .map((event) => JSON.stringify({ ...event, _metadata: { ...event._metadata, nodeVersion: OLDEST_NODE } }))
writeFileSync(new URL('events.ndjson', import.meta.url), lines.join('\n') + '\n')
console.log(`Wrote ${lines.length} events to examples/events.ndjson`)
