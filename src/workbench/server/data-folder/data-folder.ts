import { randomUUID } from 'crypto'
import { hostname } from 'os'
import { join } from 'path'
import { messageOf } from '../../../segment-host'
import { Changes, Turns, watchFile, type WriteAccess } from '../saved-file'
import { askForFolder, type Holder, holderInWords, isRunning } from './holder'
import { LockFile } from './lock-file'
import { ReadOnlyError } from './read-only-error'
import { removeLeftovers } from './leftovers'
import { restrictAccess } from './access-rights'

const LOCK_NAME = 'workbench.lock'

export interface DataFolderOptions {
  path: string
  /** Take the folder from a workbench that is using it. Default false: it is then only read. */
  takeOver?: boolean
  /** Receives messages for the user. */
  log?: (line: string) => void
}

/**
 * The folder in which a workbench keeps its settings, mappings and write key. Of several workbenches on one folder only one
 * may change it, so that none overwrites what another has saved.
 */
export class DataFolder implements WriteAccess {
  private readonly lock: LockFile
  private readonly turns = new Turns()
  private readonly changes = new Changes()
  private own: Holder
  /** The workbench that may change the folder instead of this one. */
  private other: Holder | null = null
  private unwatch = (): void => undefined

  private constructor(private readonly options: DataFolderOptions) {
    this.lock = new LockFile(join(options.path, LOCK_NAME))
    const since = new Date().toISOString()
    this.own = { instance: randomUUID(), pid: process.pid, machine: hostname(), address: null, since }
  }

  /** Takes the folder if no other workbench uses it. Throws a UsageError when the folder cannot be written. */
  static async open(options: DataFolderOptions): Promise<DataFolder> {
    const folder = new DataFolder(options)
    await folder.begin(options.takeOver ?? false)
    folder.unwatch = watchFile(folder.lock.path, () => void folder.look().catch(folder.logFailure))
    return folder
  }

  /** The path of a file in the folder. */
  file(name: string): string {
    return join(this.options.path, name)
  }

  get instance(): string {
    return this.own.instance
  }

  get isReadOnly(): boolean {
    return this.other !== null
  }

  /** The workbench that may change the folder; null when it is this one. */
  get holder(): Holder | null {
    return this.other
  }

  /** Does the work if this workbench may change the folder. Throws a ReadOnlyError when it may not. */
  write<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.turns.take(async () => {
      await this.lookNow()
      if (this.other) throw new ReadOnlyError(this.other)
      return work()
    })
  }

  /** Tells other workbenches where this one listens. */
  async announce(address: string): Promise<void> {
    await this.turns.take(async () => {
      this.own = { ...this.own, address }
      await this.lookNow()
      if (!this.other) await this.lock.replace(this.own)
    })
  }

  /** Makes this workbench the one that may change the folder. The other one finishes what it is writing. */
  async takeOver(): Promise<void> {
    const before = this.other
    if (before) await askForFolder(before, this.own)
    await this.turns.take(async () => {
      await this.lock.replace(this.own)
      await this.begun()
    })
    if (before) this.changes.notify()
  }

  /** Leaves the folder to another workbench, after everything that is being written. */
  async giveUp(to: Omit<Holder, 'instance'>): Promise<void> {
    // Its instance is known when its lock is read.
    await this.turns.take(() => Promise.resolve(this.lose({ ...to, instance: '' })))
  }

  /** Calls the listener when this workbench may change the folder from now on, or no longer. */
  onChange(listener: () => void): () => void {
    return this.changes.listen(listener)
  }

  /** Resolves when everything is written and another workbench can take the folder. */
  async close(): Promise<void> {
    this.unwatch()
    await this.turns.take(() => this.lock.remove(this.own.instance)).catch(this.logFailure)
  }

  private readonly logFailure = (error: unknown): void => this.options.log?.(messageOf(error))

  private async begin(takeOver: boolean): Promise<void> {
    if (await this.lock.create(this.own)) return this.begun()
    const found = await this.lock.read()
    if (found && (await isRunning(found, Date.now()))) {
      this.other = found
      if (takeOver) return this.takeOver()
      return this.options.log?.(openedReadOnly(this.options.path, found))
    }
    await this.lock.replace(this.own)
    await this.lookNow()
    if (!this.other) await this.begun()
  }

  private async begun(): Promise<void> {
    this.other = null
    await removeLeftovers(this.options.path)
    await restrictAccess(this.options.path, this.options.log)
  }

  private look(): Promise<void> {
    return this.turns.take(() => this.lookNow())
  }

  /** Reads who holds the folder now. When nobody does, this workbench takes it. */
  private async lookNow(): Promise<void> {
    const found = await this.lock.read()
    if (found === null) return this.takeFree()
    if (found.instance === this.own.instance) return
    // The address of the same one is new when it has begun to listen.
    if (this.other?.instance !== found.instance || this.other.address !== found.address) this.lose(found)
  }

  /** Takes a folder whose workbench has ended, or whose lock someone deleted. */
  private async takeFree(): Promise<void> {
    if (!(await this.lock.create(this.own)) || !this.other) return
    await this.begun()
    this.options.log?.(`The other workbench on ${this.options.path} has ended. This one can change it again.`)
    this.changes.notify()
  }

  private lose(to: Holder): void {
    const isNew = this.other === null
    this.other = to
    if (isNew) this.options.log?.(lostTo(this.options.path, to))
    this.changes.notify()
  }
}

function openedReadOnly(path: string, holder: Holder): string {
  return (
    `Another workbench (${holderInWords(holder)}) keeps its mappings and settings in ${path}. ` +
    'This one shows them and cannot change them. --take-over takes them over; --data names another folder.'
  )
}

function lostTo(path: string, holder: Holder): string {
  return `Another workbench (${holderInWords(holder)}) has taken over ${path}. This one can no longer change mappings and settings.`
}
