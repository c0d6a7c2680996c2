export { compileMapping, type MapEvent } from './compile'
