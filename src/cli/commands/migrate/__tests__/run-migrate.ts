import { mkdtempSync, readFileSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { run } from '../../../program'
import type { MigratedSubscription } from '../migration'

export const folder = mkdtempSync(join(tmpdir(), 'migrate-'))

export interface Ran {
  code: number
  printed: string
  said: string
}

/** Runs the command with these arguments; `input` is what standard input holds. */
export async function command(args: string[], input = ''): Promise<Ran> {
  const terminal = observedTerminal({}, { input })
  const context = { terminal, definition: kameleoon, untilInterrupted: () => new Promise<never>(() => undefined) }
  const code = await run(args, context)
  return { code, printed: terminal.printed(), said: terminal.said() }
}

/** Writes the content to a file, migrates it and reads what came out. */
export async function migrated(
  content: unknown,
  ...options: string[]
): Promise<Ran & { subscriptions: MigratedSubscription[] }> {
  const [file, out] = [join(folder, 'export.json'), join(folder, 'out.json')]
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  const ran = await command(['migrate', file, '--out', out, ...options])
  if (ran.code === 2) return { ...ran, subscriptions: [] }
  return { ...ran, subscriptions: JSON.parse(readFileSync(out, 'utf8')) as MigratedSubscription[] }
}

export interface Delivery extends Ran {
  summary: { delivered: number; rejected: number; filtered: number; subscriptions: object[] }
}

/** Delivers events with the subscriptions that the last migration wrote, to the embedded Kameleoon. */
export async function delivered(events: object[]): Promise<Delivery> {
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, events.map((event) => JSON.stringify(event)).join('\n'))
  const rejected = join(folder, 'rejected.ndjson')
  const ran = await command(['deliver', file, '--mapping', join(folder, 'out.json'), '--rejected', rejected, '--json'])
  return { ...ran, summary: JSON.parse(ran.printed || '{}') as Delivery['summary'] }
}
