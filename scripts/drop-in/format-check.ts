import { createRequire } from 'module'
import type { Check } from './check'

/** As Segment's repository is formatted. */
const STYLE = { parser: 'typescript', semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

interface Prettier {
  version: string
  check: (text: string, options: typeof STYLE) => boolean | Promise<boolean>
}

/** Segment's repository is formatted by prettier 2, which the type compiler brings along here. */
export const formatCheck: Check = {
  name: 'format',
  run: async ({ files, text }) => {
    const prettier = createRequire(require.resolve('json-schema-to-typescript'))('prettier') as Prettier
    if (!prettier.version.startsWith('2.')) throw new Error(`prettier 2 is not installed, but ${prettier.version}`)
    const sources = files.filter((file) => file.endsWith('.ts'))
    const formatted = await Promise.all(sources.map(async (file) => prettier.check(text(file), STYLE)))
    const faults = sources.filter((_file, index) => !formatted[index]).map((file) => `${file} is formatted differently`)
    return { faults, detail: `${sources.length} files with prettier ${prettier.version}` }
  }
}
