export { failing } from './answers'
export { prepareApi, type ApiOptions } from './prepare-api'
