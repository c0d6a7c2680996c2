import kameleoon from '../../destinations/kameleoon'
import { connectTo, startEmulator, type Emulator } from '../../emulator'
import { checkConnection } from '../credentials'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ clientId: 'region-check', dataHost: 'na-data.kameleoon.io' })
})
afterEach(() => emulator.faults.clear())
afterAll(() => emulator.close())

const check = (dataRegion?: string): Promise<void> =>
  checkConnection(connectTo(kameleoon, emulator), {
    apiKey: emulator.apiKey,
    sitecode: emulator.sitecode,
    ...(dataRegion ? { dataRegion } : {})
  })

describe('the connection test before a delivery', () => {
  it('fails for a region that is not that of the project, and names the right one', async () => {
    await expect(check()).rejects.toThrow(
      /Data Region is that of eu-data\.kameleoon\.io, but Kameleoon keeps this project at na-data\.kameleoon\.io, so no event would arrive\. Choose "North America, US \(na-data\.kameleoon\.io\)"/
    )
  })

  it('succeeds with the region that it names', async () => {
    await expect(check('NA')).resolves.toBeUndefined()
  })

  it('goes on where Kameleoon publishes nothing about the project', async () => {
    const fault = emulator.faults.add({ host: 'sdk-config.kameleoon.eu', reset: 'before' })
    await expect(check()).resolves.toBeUndefined()
    expect(fault.hits).toBe(1)
  })
})
