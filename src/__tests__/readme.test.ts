import { existsSync, readFileSync } from 'fs'
import path from 'path'
import { RETRIED_STATUSES } from '../destinations/kameleoon'
import { REMEMBERED } from '../destinations/kameleoon/kameleoon-api/limits'

const ROOT = path.join(__dirname, '../..')
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object }

const rowOf = (name: string) =>
  (readme.split('\n').find((line) => line.startsWith(`| ${name} `)) ?? '').split('|').map((cell) => cell.trim())

const numbersIn = (text: string) => (text.match(/\b\d{3}\b/g) ?? []).map(Number)

describe('the README', () => {
  it('names the statuses that are tried again, and what Segment gets for them', () => {
    const [, , passedOn, answered] = rowOf('retrying')
    expect(numbersIn(passedOn)).toEqual([...new Set(RETRIED_STATUSES.map(({ passedOnAs }) => passedOnAs))].sort())
    const below500 = RETRIED_STATUSES.map(({ status }) => status).filter((status) => status < 500)
    expect(numbersIn(answered.split(';')[0])).toEqual(below500)
    expect(answered).toMatch(/^Kameleoon's 3xx, .* and 5xx;/)
  })

  it('tells how much a process remembers', () => {
    const text = readme.replace(/\s+/g, ' ')
    const [apiKeys, links, goals] = [REMEMBERED.apiKeys, REMEMBERED.links, REMEMBERED.goals].map((most) =>
      most.toLocaleString('en')
    )
    expect(text).toContain(`${apiKeys} API keys, tokens and projects, ${links} links and ${goals} goals`)
    expect([REMEMBERED.tokens, REMEMBERED.projects]).toEqual([REMEMBERED.apiKeys, REMEMBERED.apiKeys])
  })

  it('names only scripts of this package', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file]) => file)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([])
  })
})
