import { secretsOf } from '../../../segment-host'
import type { Problem, Settings } from '../../contract'
import { Changes, SavedFile, Turns } from '../saved-file'
import {
  type AnyDefinition,
  type ByTarget,
  type SavedSettings,
  type SettingValues,
  type TargetKind,
  nothingSaved,
  savedSettingsIn,
  secretKeys,
  settingProblems
} from './setting-values'

/** Nobody but the user may read the file: it holds secrets. */
const FILE_MODE = 0o600

export interface SettingsStoreOptions {
  path: string
  definition: AnyDefinition
  /**
   * Settings that need no typing: those of the embedded emulator, and those of the environment for the real service. They
   * count at every start, whatever the file says, and are never written into it.
   */
  given?: Partial<ByTarget>
  /** Where events go to, if the user has said so at the start; else as saved, at first the emulator. */
  target?: TargetKind
}

/** What a change says: passwords filtered stay, other settings filtered are emptied, and so does the target stay. */
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
  /** The settings in force: what was typed since the start, else what was given, else what was saved. */
  private inForce: ByTarget

  private constructor(
    private readonly options: SettingsStoreOptions,
    saved: SavedSettings
  ) {
    this.file = new SavedFile(options.path, FILE_MODE)
    this.given = { emulator: { ...options.given?.emulator }, real: { ...options.given?.real } }
    this.saved = { ...saved, target: options.target ?? saved.target }
    this.inForce = {
      emulator: { ...saved.emulator, ...this.given.emulator },
      real: { ...saved.real, ...this.given.real }
    }
  }

  /** Reads the file if there is one. Throws a UsageError when it is broken. */
  static async open(options: SettingsStoreOptions): Promise<SettingsStore> {
    const text = await new SavedFile(options.path).read()
    const saved = text === null ? nothingSaved() : savedSettingsIn(text, options.path, options.definition)
    return new SettingsStore(options, saved)
  }

  get path(): string {
    return this.file.path
  }

  /** Where events go to. */
  get target(): TargetKind {
    return this.saved.target
  }

  /** The settings of the present target as the definition takes them, secrets included. */
  current(): SettingValues {
    return { ...this.inForce[this.target] }
  }

  /** The settings of a target as anybody may see them. */
  shown(target: TargetKind = this.target): Settings {
    const secrets = secretKeys(this.options.definition)
    const values = Object.entries(this.inForce[target])
    return {
      target,
      values: Object.fromEntries(values.filter(([key]) => !secrets.includes(key))),
      secretsSet: values.filter(([key, value]) => secrets.includes(key) && value !== '').map(([key]) => key)
    }
  }

  /** Every text that must not be shown, of both targets. */
  secrets(): string[] {
    const { definition } = this.options
    return [...secretsOf(definition, this.inForce.emulator), ...secretsOf(definition, this.inForce.real)]
  }

  /** The settings that a change would make, secrets included; nothing is saved. */
  withChange({ target = this.target, values }: SettingsChange): SettingValues {
    const kept = Object.entries(this.inForce[target]).filter(([key]) =>
      secretKeys(this.options.definition).includes(key)
    )
    const all = Object.entries({ ...Object.fromEntries(kept), ...values })
    return Object.fromEntries(all.filter(([, value]) => value !== ''))
  }

  /** What speaks against a change; nothing does when it may be saved. */
  problemsOf(change: SettingsChange): Problem[] {
    return settingProblems(this.options.definition, this.withChange(change))
  }

  /** Saves a change that has no problems. */
  async save(change: SettingsChange): Promise<void> {
    await this.turns.take(async () => {
      const target = change.target ?? this.target
      const values = this.withChange(change)
      await this.write({ ...this.saved, target, [target]: this.typed(target, values) })
      this.inForce = { ...this.inForce, [target]: values }
      this.changes.tell()
    })
  }

  /** Back to the emulator and to what was given at the start; everything that was typed is forgotten, secrets too. */
  async reset(): Promise<void> {
    await this.turns.take(async () => {
      await this.write(nothingSaved())
      this.inForce = { emulator: { ...this.given.emulator }, real: { ...this.given.real } }
      this.changes.tell()
    })
  }

  /** Calls the listener after every change; returns the function that ends it. */
  onChange(listener: () => void): () => void {
    return this.changes.listen(listener)
  }

  /** What was given is not for the file: it has a home of its own, and may be another at the next start. */
  private typed(target: TargetKind, values: SettingValues): SettingValues {
    return Object.fromEntries(Object.entries(values).filter(([key, value]) => value !== this.given[target][key]))
  }

  private async write(saved: SavedSettings): Promise<void> {
    const { target, emulator, real } = saved
    await this.file.write(`${JSON.stringify({ target, emulator, real }, null, 2)}\n`)
    this.saved = saved
  }
}
