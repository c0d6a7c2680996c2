import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { setTimeout } from 'timers/promises'
import { fleetOn, openBackend, type Fleet } from '../../src/fleet'
import type { DatabaseServer } from '../../src/fleet/__tests__/database-servers'
import { Command } from './command'
import { EmulatorProcess, type Start } from './emulator'

/** What a trial has: a folder, a queue that is empty at first, and processes that end with it. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'fleet-trial-'))
  private readonly commands: Command[] = []
  private readonly emulators: EmulatorProcess[] = []

  private constructor(
    private readonly server: DatabaseServer,
    readonly fleet: Fleet
  ) {}

  get queue(): string {
    return this.server.url
  }

  /** Runs a trial on a server of its own, and ends all of it in the end. */
  static async with<Result>(
    start: () => Promise<DatabaseServer>,
    trial: (stage: Stage) => Promise<Result>
  ): Promise<Result> {
    const server = await start()
    const stage = new Stage(server, await fleetOn(await openBackend(server.url)))
    try {
      return await trial(stage)
    } finally {
      await stage.end()
    }
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  run(...args: string[]): Command {
    const command = new Command(args, this.folder)
    this.commands.push(command)
    return command
  }

  /** Starts a worker. @param rate requests a minute; by default more than any machine can send */
  worker(emulator: EmulatorProcess, rate = 10_000_000): Command {
    return this.run('work', '--queue', this.queue, '--emulator', emulator.url, '--rate', String(rate))
  }

  async emulator(start: Partial<Start> = {}): Promise<EmulatorProcess> {
    const emulator = await EmulatorProcess.start({ goals: [], keepsState: false, ...start })
    this.emulators.push(emulator)
    return emulator
  }

  /** Events that workers have settled so far. */
  async settled(): Promise<number> {
    const { delivered = 0, filtered = 0, rejected = 0 } = await this.fleet.store.counts('totals')
    return delivered + filtered + rejected
  }

  private async end(): Promise<void> {
    await Promise.all(this.commands.filter(({ isRunning }) => isRunning).map((command) => command.kill()))
    this.emulators.forEach((emulator) => emulator.stop())
    await this.fleet.close()
    await this.server.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const LOOK_MS = 20

/** Asks again and again until it is so. @throws Error when that takes longer than `seconds` */
export async function until(what: string, isSo: () => Promise<boolean>, seconds = 1_800): Promise<void> {
  const end = performance.now() + seconds * 1_000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`After ${seconds} seconds it is still not so: ${what}`)
    await setTimeout(LOOK_MS)
  }
}
