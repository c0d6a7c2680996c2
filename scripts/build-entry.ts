import { writeFileSync } from 'fs'
import path from 'path'

/**
 * For ES modules, the default export of a CommonJS file is all that it exports. So they load the entry through a module that
 * gives the definition as its default export, and shares everything else with CommonJS.
 */
const ENTRY = `export * from './index.js'
export { kameleoon as default } from './index.js'
`

for (const file of ['index.mjs', 'index.d.mts']) writeFileSync(path.join(__dirname, '../dist', file), ENTRY)
