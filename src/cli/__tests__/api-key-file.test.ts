import { mkdtempSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import { smallDestination } from '../../segment-host/__tests__/small-destination'
import { credentialsFrom } from '../credentials'
import { run } from '../program'
import { observedTerminal } from './observed-terminal'

const KEY = Buffer.from('{"id":"client","secret":"hush-hush"}').toString('base64')
const folder = mkdtempSync(join(tmpdir(), 'api-key-file-'))
const untilInterrupted = () => new Promise<never>(() => undefined)

function fileWith(content: string): string {
  const path = join(mkdtempSync(join(folder, 'secret-')), 'api-key')
  writeFileSync(path, content)
  return path
}

const read = (env: Record<string, string>) => credentialsFrom({ KAMELEOON_SITECODE: 'abc123def4', ...env }, kameleoon)

describe('KAMELEOON_API_KEY_FILE', () => {
  it.each([
    ['as it is', KEY],
    ['with a line break at its end', `${KEY}\n`],
    ['with blanks and a byte order mark', `\ufeff  ${KEY}\r\n\r\n`]
  ])('names a file with the API key, %s', (_how, content) => {
    expect(read({ KAMELEOON_API_KEY_FILE: fileWith(content) })).toEqual({ apiKey: KEY, sitecode: 'abc123def4' })
  })

  it('is used when KAMELEOON_API_KEY is set to nothing', () => {
    expect(read({ KAMELEOON_API_KEY: ' ', KAMELEOON_API_KEY_FILE: fileWith(KEY) })?.apiKey).toBe(KEY)
  })

  it('is not set when it is blank', () => {
    expect(read({ KAMELEOON_API_KEY: KEY, KAMELEOON_API_KEY_FILE: ' ' })?.apiKey).toBe(KEY)
  })

  it('and KAMELEOON_API_KEY cannot both be set', () => {
    const message = 'KAMELEOON_API_KEY and KAMELEOON_API_KEY_FILE are both set: leave one of them out'
    expect(() => read({ KAMELEOON_API_KEY: KEY, KAMELEOON_API_KEY_FILE: fileWith(KEY) })).toThrow(message)
  })

  it.each(['', ' \n\t\n'])('cannot name an empty file: %j', (content) => {
    const path = fileWith(content)
    const message = `The file ${path} of KAMELEOON_API_KEY_FILE is empty: it must hold the API key`
    expect(() => read({ KAMELEOON_API_KEY_FILE: path })).toThrow(message)
  })

  it.each([
    ['that is not there', join(folder, 'nowhere'), 'ENOENT'],
    ['that is a folder', folder, 'EISDIR']
  ])('cannot name a file %s', (_what, path, code) => {
    const message = `Cannot read the API key from ${path}, the file of KAMELEOON_API_KEY_FILE: ${code}`
    expect(() => read({ KAMELEOON_API_KEY_FILE: path })).toThrow(message)
  })

  it('needs a site code beside it', () => {
    const message = 'KAMELEOON_API_KEY_FILE is set, but KAMELEOON_SITECODE is not: set both, or neither'
    expect(() => read({ KAMELEOON_API_KEY_FILE: fileWith(KEY), KAMELEOON_SITECODE: '' })).toThrow(message)
  })
})

describe('deliver', () => {
  it('sends with the API key of the file, and shows it nowhere', async () => {
    const { definition, batches } = smallDestination()
    const env = { KAMELEOON_API_KEY_FILE: fileWith(`${KEY}\n`), KAMELEOON_SITECODE: 'abc123def4' }
    const terminal = observedTerminal(env, { input: '{"type":"track","messageId":"a"}\n{oops\n' })
    const rejected = join(folder, 'rejected.ndjson')
    const code = await run(['deliver', '-', '--rejected', rejected], { terminal, definition, untilInterrupted })
    expect([code, batches]).toEqual([1, [['a']]])
    expect(terminal.said()).toContain('Delivering to Kameleoon, project abc123def4.')
    for (const text of [terminal.said(), terminal.printed()]) expect(text).not.toContain(KEY)
  })
})

it.each([['deliver', '-'], ['workbench']])('%s ends with 2 when the file cannot be read', async (...args) => {
  const env = { KAMELEOON_API_KEY_FILE: join(folder, 'nowhere'), KAMELEOON_SITECODE: 'abc123def4' }
  const terminal = observedTerminal(env)
  expect(await run(args, { terminal, definition: kameleoon, untilInterrupted })).toBe(2)
  expect(terminal.said()).toMatch(/^Error: Cannot read the API key from .*nowhere, the file of KAMELEOON_API_KEY_FILE/)
  expect(terminal.printed()).toBe('')
})
