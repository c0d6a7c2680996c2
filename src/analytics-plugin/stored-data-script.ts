import { setStoredData, type StoredDataSettings } from './stored-data'

// Defined above the code in the script that is pasted.
declare const SETTINGS: StoredDataSettings

setStoredData(SETTINGS)
