import { RETRIED_STATUSES } from '../../destinations/kameleoon'
import { REMEMBERED } from '../../destinations/kameleoon/kameleoon-api/limits'
import { QUESTIONS } from '../../cli/commands/probe/questions'
import { PAGES, pageText } from './markdown'

const { scripts } = JSON.parse(pageText('package.json')) as { scripts: object }

const rowOf = (page: string, name: string) =>
  (
    pageText(page)
      .split('\n')
      .find((line) => line.startsWith(`| ${name} `)) ?? ''
  )
    .split('|')
    .map((cell) => cell.trim())

const numbersIn = (text: string) => (text.match(/\b\d{3}\b/g) ?? []).map(Number)

describe('the README', () => {
  it('has at most 1,200 words, code and tables included', () => {
    expect(pageText('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1200)
  })
})

describe('the README and docs', () => {
  it('name only scripts of this package', () => {
    const named = PAGES.flatMap((page) => [...pageText(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)])
    expect(named.length).toBeGreaterThan(20)
    expect(named.map(([, name]) => name).filter((name) => !(name in scripts))).toEqual([])
  })

  it('name the statuses that are tried again, and what Segment gets for them', () => {
    const [, , passedOn, answered] = rowOf('docs/limits-and-errors.md', 'retrying')
    expect(numbersIn(passedOn)).toEqual([...new Set(RETRIED_STATUSES.map(({ passedOnAs }) => passedOnAs))].sort())
    const below500 = RETRIED_STATUSES.map(({ status }) => status).filter((status) => status < 500)
    expect(numbersIn(answered.split(';')[0])).toEqual(below500)
    expect(answered).toMatch(/^Kameleoon's 3xx, .* and 5xx;/)
  })

  it.each(['docs/hosting.md', 'docs/segment-review.md'])('tell how much a process remembers: %s', (page) => {
    const [apiKeys, links, goals] = [REMEMBERED.apiKeys, REMEMBERED.links, REMEMBERED.goals].map((most) =>
      most.toLocaleString('en')
    )
    const text = pageText(page).replace(/\s+/g, ' ')
    expect(text).toContain(`${apiKeys} API keys, tokens and projects, ${links} links and ${goals} goals`)
    expect([REMEMBERED.tokens, REMEMBERED.projects]).toEqual([REMEMBERED.apiKeys, REMEMBERED.apiKeys])
  })
})

/** The first column of the table in docs/what-is-not-known.md. */
function openQuestions(): string[] {
  const rows = pageText('docs/what-is-not-known.md')
    .split('\n')
    .filter((line) => line.startsWith('| '))
  const cells = rows.map((row) => row.split('|')[1].trim())
  return cells.filter((cell) => cell !== 'open question' && !/^-+$/.test(cell))
}

describe('the questions that are open', () => {
  it('are each one question of the probe', () => {
    const asked = QUESTIONS.map((question) => question.asked)
    expect(openQuestions().length).toBeGreaterThanOrEqual(7)
    expect(openQuestions().map((question) => [question, asked.filter((one) => one === question).length])).toEqual(
      openQuestions().map((question) => [question, 1])
    )
  })

  it('have different ids and different texts in the probe', () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length)
    expect(new Set(QUESTIONS.map(({ asked }) => asked)).size).toBe(QUESTIONS.length)
  })
})
