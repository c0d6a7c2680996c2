import { cpSync, mkdirSync, writeFileSync } from 'fs'
import path from 'path'
import { DEFAULT_EXPORT } from '../../cli/commands/migrate/__tests__/official-export'
import { ROOT } from './markdown'

const apiKey = Buffer.from(JSON.stringify({ id: 'not-real', secret: 'not-real-either' })).toString('base64')

/** The answer of Segment's Public API for a classic destination. */
const CLASSIC_EXPORT = {
  data: { destination: { settings: { apiKey, sitecode: 'abc123def4' }, metadata: { slug: 'kameleoon' } } }
}

/** Makes a folder as a clone has it, with the files that pages say a reader has. */
export function readerClone(folder: string): string {
  mkdirSync(folder)
  cpSync(path.join(ROOT, 'examples'), path.join(folder, 'examples'), { recursive: true })
  cpSync(path.join(ROOT, 'examples/orders.ndjson'), path.join(folder, 'events.ndjson'))
  writeFileSync(path.join(folder, 'official.json'), JSON.stringify(DEFAULT_EXPORT))
  writeFileSync(path.join(folder, 'classic.json'), JSON.stringify(CLASSIC_EXPORT))
  return folder
}
