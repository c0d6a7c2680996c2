import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { dirname, join, resolve } from 'path'
import { startEmulator, type Emulator } from '../../../../emulator'
import { startCommand, type Ended, type Running } from './built-command'

export const EVENTS_FILE = 'events.ndjson'
export const BATCH_SIZE = 10
export const CONCURRENCY = 3

/** What is delivered, if not the file of events. */
export interface DeliveryInput {
  files?: string[]
  /** Standard input. */
  input?: string
}

const folders: DeliveryFolder[] = []

/** A folder with a file of events, and a new emulator that has received nothing. */
export async function deliveryFolder(lines: readonly string[]): Promise<DeliveryFolder> {
  const folder = new DeliveryFolder(mkdtempSync(join(tmpdir(), 'delivery-folder-')))
  folders.push(folder)
  folder.write(EVENTS_FILE, lines.join('\n'))
  await folder.openEmulator()
  return folder
}

/** Closes all emulators and removes all folders. To be called after each test. */
export async function removeDeliveryFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()))
}

/** Where a test delivers from, and the emulator that it delivers to. */
export class DeliveryFolder {
  private requests = 0
  private onRequest: (count: number) => void = () => undefined
  private opened: Emulator | undefined

  constructor(readonly path: string) {}

  get emulator(): Emulator {
    if (!this.opened) throw new Error('The emulator is not open')
    return this.opened
  }

  /** @param port that of an emulator that was closed, to take its place */
  async openEmulator(port = 0): Promise<void> {
    const onRequest = (): void => this.onRequest(++this.requests)
    this.opened = await startEmulator({ port, rateLimits: false, onRequest })
  }

  async closeEmulator(): Promise<void> {
    await this.opened?.close()
  }

  /** Starts `deliver` with these arguments; the file of events and small batches are the default. */
  deliver(args: readonly string[] = [], { files = [EVENTS_FILE], input }: DeliveryInput = {}): Running {
    const { url, apiKey, sitecode } = this.emulator
    const sizes = ['--batch-size', String(BATCH_SIZE), '--concurrency', String(CONCURRENCY)]
    const all = ['deliver', ...files, '--json', '--emulator', url, ...sizes, ...args]
    return startCommand(all, {
      folder: this.path,
      input,
      env: { KAMELEOON_API_KEY: apiKey, KAMELEOON_SITECODE: sitecode }
    })
  }

  /** Does something once so many more requests have arrived, before the last of them is answered. */
  afterRequests(count: number, action: () => void): void {
    const last = this.requests + count
    this.onRequest = (arrived) => arrived === last && action()
  }

  /** Delivers, and sends a signal to the process after so many requests. */
  async interrupted(
    signal: NodeJS.Signals,
    requests: number,
    args: readonly string[] = [],
    input: DeliveryInput = {}
  ): Promise<Ended> {
    const running = this.deliver(args, input)
    this.afterRequests(requests, () => running.child.kill(signal))
    return await running.ended
  }

  write(file: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true })
    writeFileSync(join(this.path, file), content)
  }

  /** The names of files and folders in it, sorted. */
  names(): string[] {
    return readdirSync(this.path).sort()
  }

  has(file: string): boolean {
    return existsSync(join(this.path, file))
  }

  /** Line numbers in the file of rejected events, sorted, each once. */
  rejectedLines(file = 'events.rejected.ndjson'): number[] {
    const lines = readFileSync(resolve(this.path, file), 'utf8').trimEnd().split('\n')
    // The command writes one object a line.
    const numbers = lines.map((line) => (JSON.parse(line) as { line: number }).line)
    return [...new Set(numbers)].sort((a, b) => a - b)
  }

  async remove(): Promise<void> {
    await this.closeEmulator()
    rmSync(this.path, { recursive: true })
  }
}
