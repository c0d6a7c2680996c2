/** Code that sends an event to this workbench: with Segment's two libraries, and with curl. */
export function snippetsFor(address: string, writeKey: string): { label: string; code: string }[] {
  const { host, protocol } = new URL(address)
  return [
    {
      label: 'analytics-node',
      code: `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${address}'
})

analytics.track({
  userId: 'user-1',
  event: 'Order Completed',
  properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9 }
})
await analytics.closeAndFlush()`
    },
    {
      label: 'analytics.js',
      code: `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load(
  { writeKey: '${writeKey}', cdnURL: '${address}' },
  { integrations: { 'Segment.io': { apiHost: '${host}/v1', protocol: '${protocol.replace(':', '')}' } } }
)

analytics.track('Order Completed', { kameleoonVisitorCode: 'visitor-1', revenue: 49.9 })`
    },
    {
      label: 'curl',
      code: `curl ${address}/v1/track -u ${writeKey}: -H 'content-type: application/json' -d '{
  "userId": "user-1",
  "event": "Order Completed",
  "properties": { "kameleoonVisitorCode": "visitor-1", "revenue": 49.9 }
}'`
    }
  ]
}
