import { secretsOf } from '../../../segment-host'
import type { Problem, Settings } from '../../contract'
import type { HostedDefinition, TargetKind } from '../hosted'
import { Changes, SavedFile, Turns, type WriteAccess } from '../saved-file'
import {
  type ByTarget,
  type SavedSettings,
  type SettingValues,
  nothingSaved,
  savedSettingsIn,
  secretKeys,
  settingProblems
} from './setting-values'

export interface SettingsStoreOptions {
  path: string
  definition: HostedDefinition
  /**
   * Settings that the user does not type: those of the embedded emulator, and those of the environment for the real
   * Kameleoon. They win over the file at every start, and are never written to it.
   */
  given?: Partial<ByTarget>
  /** Where events go. Default: as saved, and the emulator when nothing is saved. */
  target?: TargetKind
  /** Decides whether the file may be changed. Default: always. */
  access?: WriteAccess
}

/**
 * A change of settings. A password that is missing is kept; another setting that is missing is removed. Without a target, the
 * current one is kept.
 */
export interface SettingsChange {
  target?: TargetKind
  values: SettingValues
}

/** The settings of the destination for each target, kept in a file that only its owner can read. */
export class SettingsStore {
  private readonly file: SavedFile
  private readonly turns = new Turns()
  private readonly changes = new Changes()
  private readonly given: ByTarget
  private saved: SavedSettings
  /** The settings in use: typed since the start, else given at the start, else saved. */
  private inForce: ByTarget

  private constructor(
    private readonly options: SettingsStoreOptions,
    saved: SavedSettings
  ) {
    this.file = new SavedFile(options.path, options.access)
    this.given = { emulator: { ...options.given?.emulator }, real: { ...options.given?.real } }
    this.saved = { ...saved, target: options.target ?? saved.target }
    this.inForce = this.withGiven(saved)
  }

  /** Reads the file if there is one. Throws a UsageError when it is broken. */
  static async open(options: SettingsStoreOptions): Promise<SettingsStore> {
    return new SettingsStore(options, await savedSettings(options))
  }

  /** Reads the file again, after another workbench may have changed it. Events still go where they went before. */
  async refresh(): Promise<void> {
    await this.turns.take(async () => {
      const saved = await savedSettings(this.options)
      this.saved = { ...saved, target: this.target }
      this.inForce = this.withGiven(saved)
      this.changes.notify()
    })
  }

  get path(): string {
    return this.file.path
  }

  /** Where events go. */
  get target(): TargetKind {
    return this.saved.target
  }

  /** The settings of the current target in the form the definition takes, secrets included. */
  current(): SettingValues {
    return { ...this.inForce[this.target] }
  }

  /** The settings of a target without secrets. */
  shown(target: TargetKind = this.target): Settings {
    const secrets = secretKeys(this.options.definition)
    const values = Object.entries(this.inForce[target])
    return {
      target,
      values: Object.fromEntries(values.filter(([key]) => !secrets.includes(key))),
      secretsSet: values.filter(([key, value]) => secrets.includes(key) && value !== '').map(([key]) => key)
    }
  }

  /** All secrets, of both targets. */
  secrets(): string[] {
    const { definition } = this.options
    return [...secretsOf(definition, this.inForce.emulator), ...secretsOf(definition, this.inForce.real)]
  }

  /** The settings after a change, secrets included. Nothing is saved. */
  withChange({ target = this.target, values }: SettingsChange): SettingValues {
    const kept = Object.entries(this.inForce[target]).filter(([key]) =>
      secretKeys(this.options.definition).includes(key)
    )
    const all = Object.entries({ ...Object.fromEntries(kept), ...values })
    return Object.fromEntries(all.filter(([, value]) => value !== ''))
  }

  /** Why a change cannot be saved; empty when it can. */
  problemsOf(change: SettingsChange): Problem[] {
    return settingProblems(this.options.definition, this.withChange(change))
  }

  /** Saves a change that has no problems. What another program wrote for the other target stays in the file. */
  async save(change: SettingsChange): Promise<void> {
    await this.turns.take(async () => {
      const target = change.target ?? this.target
      const values = this.withChange(change)
      const saved = await savedSettings(this.options)
      await this.write({ ...saved, target, [target]: this.typed(target, values) })
      this.inForce = { ...this.inForce, [target]: values }
      this.changes.notify()
    })
  }

  /** Goes back to the emulator and to the settings given at the start. All typed settings are deleted, secrets too. */
  async reset(): Promise<void> {
    await this.turns.take(async () => {
      await this.write(nothingSaved())
      this.inForce = { emulator: { ...this.given.emulator }, real: { ...this.given.real } }
      this.changes.notify()
    })
  }

  /** Calls the listener after every change. Returns a function that removes it. */
  onChange(listener: () => void): () => void {
    return this.changes.listen(listener)
  }

  /** Settings given at the start are not written to the file, because they may differ at the next start. */
  private typed(target: TargetKind, values: SettingValues): SettingValues {
    return Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== this.given[target][key]))
  }

  private withGiven(saved: ByTarget): ByTarget {
    return {
      emulator: { ...saved.emulator, ...this.given.emulator },
      real: { ...saved.real, ...this.given.real }
    }
  }

  private async write(saved: SavedSettings): Promise<void> {
    const { target, emulator, real } = saved
    await this.file.write(`${JSON.stringify({ target, emulator, real }, null, 2)}\n`)
    this.saved = saved
  }
}

async function savedSettings({ path, definition }: SettingsStoreOptions): Promise<SavedSettings> {
  const text = await new SavedFile(path).read()
  return text === null ? nothingSaved() : savedSettingsIn(text, path, definition)
}
