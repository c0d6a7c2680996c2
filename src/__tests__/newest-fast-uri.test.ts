import { Destination } from '@segment/actions-core'
import { run } from '../cli/program'
import { observedTerminal } from '../cli/__tests__/observed-terminal'
import plugin from '../destinations/kameleoon'
import { connectTo, startEmulator, type Emulator } from '../emulator'
import kameleoon, { CATALOG_NAME } from '../index'
import { EXAMPLES_PATH } from '../cli/package-files'
import { deleteUser, testConnection } from '../segment-host'
import { endWorkbenches, runningWorkbench, until } from '../workbench/__tests__/running-workbench'

// The framework's `ajv` resolves the names of schemas with this package. These tests run with its newest release, which rejects
// names that are no URIs; the installed one takes any name.
jest.mock('fast-uri', () => jest.requireActual<object>('fast-uri-newest'))

let emulator: Emulator
beforeAll(async () => void (emulator = await startEmulator()))
afterEach(endWorkbenches)
afterAll(() => emulator.close())

const settings = () => ({ apiKey: emulator.apiKey, sitecode: emulator.sitecode })

it('the newest fast-uri rejects the name that the destination has in the catalog', async () => {
  const destination = new Destination(connectTo(plugin, emulator))
  await expect(destination.testAuthentication(settings())).rejects.toThrow('URI scheme is malformed')
})

it('the definition of the package can be run with it, and has everything else from the plugin', async () => {
  const destination = new Destination(connectTo(kameleoon, emulator))
  await expect(destination.testAuthentication(settings())).resolves.toBeUndefined()
  expect(kameleoon).toEqual({ ...plugin, name: 'Kameleoon-Actions' })
  expect(CATALOG_NAME).toBe('Kameleoon (Actions)')
})

it('the host tests a connection and deletes a user with it', async () => {
  const definition = connectTo(plugin, emulator)
  expect(await testConnection(definition, settings())).toEqual({ ok: true })
  expect(await deleteUser(definition, settings(), { userId: 'user-1' })).toMatchObject({ failure: null })
})

it('the command delivers its examples with it', async () => {
  const terminal = observedTerminal()
  const untilInterrupted = (): Promise<never> => new Promise(() => undefined)
  const code = await run(['demo'], { terminal, definition: plugin, untilInterrupted })
  expect([code, terminal.said()]).toEqual([0, ''])
  expect(terminal.printed()).toContain('Accepted by Kameleoon and then discarded: nothing')
})

it('the workbench delivers its examples, and offers what the project has, with it', async () => {
  const workbench = await runningWorkbench({ examplesPath: EXAMPLES_PATH })
  await until(async () => (await workbench.state()).counts.delivered > 0, 'the examples')
  const answer = await workbench.send('POST', '/api/actions/logEvent/choices', { path: 'goalId' })
  expect(await answer.text()).toContain('Order Completed')
})
