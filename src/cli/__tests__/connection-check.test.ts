import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { IntegrationError, type DestinationDefinition, type JSONObject } from '@segment/actions-core'
import { run } from '../program'
import { observedTerminal } from './observed-terminal'
import { smallDestination } from '../../segment-host/__tests__/small-destination'

const ENV = { KAMELEOON_API_KEY: 'hush', KAMELEOON_SITECODE: 'abc123def4' }

const folder = mkdtempSync(join(tmpdir(), 'connection-check-'))
const rejected = join(folder, 'rejected.ndjson')

/** Two events, the second of which holds nothing; both would reach the destination or the file of rejected events. */
const events = join(folder, 'events.ndjson')
writeFileSync(events, '{"type":"track","messageId":"a"}\n{oops\n')

async function deliver(testAuthentication: (settings: JSONObject) => void, env: Record<string, string> = ENV) {
  const { definition, batches } = smallDestination()
  const { authentication } = definition
  if (authentication?.scheme !== 'custom') throw new Error('The small destination has no settings')
  const checked: DestinationDefinition<JSONObject> = {
    ...definition,
    authentication: {
      ...authentication,
      testAuthentication: (_request, { settings }) => Promise.resolve(testAuthentication(settings))
    }
  }
  const terminal = observedTerminal(env)
  const untilInterrupted = () => new Promise<never>(() => undefined)
  const code = await run(['deliver', events, '--rejected', rejected, '--retries', '0'], {
    terminal,
    definition: checked,
    untilInterrupted
  })
  return { code, terminal, batches }
}

describe('deliver, with credentials that do not work', () => {
  const reject = (): never => {
    throw new IntegrationError('Kameleoon rejected the API Key.', 'INVALID_AUTHENTICATION', 401)
  }

  it("ends with 2, in the destination's own words, before an event is sent", async () => {
    const { code, terminal, batches } = await deliver(reject)
    expect(code).toBe(2)
    expect(terminal.said()).toMatch(/^Error: .*Kameleoon rejected the API Key\.\n$/)
    expect(terminal.said()).not.toContain('hush')
    expect(terminal.printed()).toBe('')
    expect(batches).toEqual([])
    expect(existsSync(rejected)).toBe(false)
  })

  it('leaves the rejected events of an earlier run alone', async () => {
    writeFileSync(rejected, 'of an earlier run\n')
    expect((await deliver(reject)).code).toBe(2)
    expect(readFileSync(rejected, 'utf8')).toBe('of an earlier run\n')
  })
})

it('deliver goes on with credentials that work', async () => {
  const seen: JSONObject[] = []
  const { code, batches } = await deliver((settings) => void seen.push(settings))
  expect(seen).toEqual([{ apiKey: 'hush' }])
  expect(code).toBe(1)
  expect(batches).toEqual([['a']])
})
