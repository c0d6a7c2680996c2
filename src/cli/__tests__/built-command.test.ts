import { spawnSync } from 'child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { builtPackage } from '../../../jest/built-package'

let command: string
let folder: string
beforeAll(async () => {
  command = join(await builtPackage(), 'dist/cli/main.js')
  folder = mkdtempSync(join(tmpdir(), 'built-command-'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the compiled command, whose embedded emulator has a thread of its own. */
function run(...args: string[]): { code: number | null; printed: string; said: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KAMELEOON_')))
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    ...{ cwd: folder, env, encoding: 'utf8', maxBuffer: 100_000_000 }
  })
  return { code: status, printed: stdout, said: stderr }
}

const orders = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      type: 'track',
      event: 'Order Completed',
      messageId: `m${index}`,
      timestamp: '2026-03-02T09:00:00.000Z',
      properties: { kameleoonVisitorCode: 'visitor1', revenue: index }
    })
  ).join('\n')

it('demo delivers the examples, shows each visitor and ends with 0', () => {
  const { code, printed, said } = run('demo')
  expect(said).toBe('')
  expect(printed).toMatch(/│ Total {10}│ {15}│ {7}35 │ {8}2 │ {8}28 │ {8}5 │/)
  expect(printed).toContain('Accepted by Kameleoon and then discarded: nothing')
  expect(printed).toMatch(/Order Refunded {2}−30 {2}\(taken back\)/)
  expect(printed).toMatch(/│ group +│ acme +│/)
  expect(code).toBe(0)
})

it('deliver --visitors shows what the thread has stored', () => {
  writeFileSync(join(folder, 'three.ndjson'), orders(3))
  const { code, printed } = run('deliver', 'three.ndjson', '--visitors')
  expect(printed).toMatch(/│ Total +│ +│ +3 │ +0 │ +3 │ +0 │/)
  expect(printed).toMatch(/visitor1\n[^]*│ conversions {3}│ Order Completed {2}/)
  expect(code).toBe(0)
})

it('deliver --dry-run prints every request, in order, and the table on standard error', () => {
  writeFileSync(join(folder, 'many.ndjson'), orders(40))
  const { code, printed, said } = run('deliver', 'many.ndjson', '--dry-run', '--batch-size', '1')
  const revenues = [...printed.matchAll(/"revenue":(\d+)/g)].map(([, revenue]) => Number(revenue))
  expect(revenues).toEqual(Array.from({ length: 40 }, (_, index) => index))
  expect(said).toMatch(/│ Total +│ +│ +40 │ +0 │ +40 │ +0 │/)
  expect(code).toBe(0)
})
