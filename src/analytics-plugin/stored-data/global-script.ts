import { setStoredData } from './set-stored-data'
import type { StoredDataSettings } from './settings'

// Stands above the code in the script that is pasted.
declare const SETTINGS: StoredDataSettings

setStoredData(SETTINGS)
