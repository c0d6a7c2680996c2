import { execFile } from 'child_process'
import path from 'path'
import { promisify } from 'util'

const MEGABYTE = 1_000_000

interface Growth {
  accounts: number
  idle: number
  withGoals: number
}

describe('one process for the events of 500 accounts', () => {
  let growth: Growth

  beforeAll(async () => {
    const script = path.join(__dirname, 'memory-of-accounts.ts')
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', script], {
      cwd: path.join(__dirname, '../..')
    })
    growth = JSON.parse(stdout) as Growth
  }, 120_000)

  it('keeps less than 10 MB for all of them after one event each', () => {
    expect(growth.accounts).toBe(500)
    expect(growth.idle).toBeLessThan(10 * MEGABYTE)
  })

  it('keeps no more than the goals that a process remembers, however many they have together', () => {
    expect(growth.withGoals).toBeLessThan(20 * MEGABYTE)
  })
})
