import { spawn } from 'child_process'
import { mkdtemp, rm } from 'fs/promises'
import os from 'os'
import path from 'path'
import type { Readable } from 'stream'
import { settings, writeEventFile } from './events'

/** What the command did with one file. */
export interface FileTrial {
  events: number
  seconds: number
  peakBytes: number
}

const COMMAND = path.join(__dirname, '../dist/cli/main.js')

/** Loaded into the command, and into its threads: at the end the main thread writes the peak memory of all, in kilobytes, to the fourth file. */
const TELL_PEAK = `import { writeSync } from 'fs'
import { isMainThread } from 'worker_threads'
if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`

/**
 * Delivers a file of `events` events with `kameleoon-destination deliver`, to the emulator inside the command.
 * @throws Error unless each of them is delivered
 */
export async function deliverFile(events: number): Promise<FileTrial> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'))
  try {
    const file = path.join(folder, 'events.ndjson')
    await writeEventFile(file, events)
    return await runCommand(['deliver', file, '--json', '--rejected', `${file}.rejected`], events)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Delivers a file of so many events to a sink that stands for an emulator. */
export async function deliverToSink(
  file: string,
  events: number,
  sinkUrl: string,
  args: string[] = []
): Promise<FileTrial> {
  const kept = ['--rejected', `${file}.rejected`, '--restart']
  const { apiKey, sitecode } = settings
  const credentials = { KAMELEOON_API_KEY: apiKey, KAMELEOON_SITECODE: sitecode }
  return await runCommand(['deliver', file, '--json', ...kept, '--emulator', sinkUrl, ...args], events, credentials)
}

async function runCommand(args: string[], events: number, env: NodeJS.ProcessEnv = {}): Promise<FileTrial> {
  const preload = `--import=data:text/javascript,${encodeURIComponent(TELL_PEAK)}`
  const begin = performance.now()
  const command = spawn(process.execPath, [preload, COMMAND, ...args], {
    env: { ...withoutCredentials(process.env), ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe']
  })
  const [summary, kilobytes] = await Promise.all([textOf(command.stdout), textOf(command.stdio[3])])
  const seconds = (performance.now() - begin) / 1e3
  // The command writes a Summary of its run.
  const { received, delivered } = JSON.parse(summary) as { received: number; delivered: number }
  if (received !== events || delivered !== events) {
    throw new Error(`File of ${events} events: ${received} received, ${delivered} delivered.`)
  }
  return { events, seconds, peakBytes: Number(kilobytes) * 1024 }
}

/** Nothing of a benchmark may reach a real project. */
function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KAMELEOON_')))
}

async function textOf(stream: unknown): Promise<string> {
  const chunks: Buffer[] = []
  // Asked for as a pipe above; for Node's types it could also be one to write to.
  for await (const chunk of stream as Readable) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
