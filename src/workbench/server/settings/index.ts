export type { TargetKind } from './saved-settings'
export { SettingsStore, type SettingsChange, type SettingsStoreOptions } from './settings-store'
export type { AnyDefinition, SettingValues } from './setting-values'
