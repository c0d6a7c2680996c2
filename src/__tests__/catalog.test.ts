import { readFileSync } from 'fs'
import path from 'path'
import { catalogPage } from '../../scripts/catalog/page'
import { wordsFor } from '../../scripts/catalog/provoker'
import { TROUBLES } from '../../scripts/catalog/troubles'
import kameleoon from '../destinations/kameleoon'
import { track } from './events'

const page = readFileSync(path.join(__dirname, '../../docs/catalog.md'), 'utf8')

/** Entries of the troubleshooting lists that partners of Kameleoon publish. */
const ASKED_FOR = [
  'Authentication failed',
  'Site code not found',
  'Missing visitor_code',
  'Data not appearing in Kameleoon',
  'Wrong data region',
  'Rate limit exceeded',
  'Event type validation errors',
  'Body size limit exceeded'
]

describe('docs/catalog.md', () => {
  it('is what the definition and the provoked errors say now', async () => {
    expect(plain(page)).toBe(plain(await catalogPage()))
  }, 30_000)

  it('answers every trouble that is asked for, with words that Segment shows', () => {
    expect(TROUBLES.map(({ title }) => title)).toEqual(expect.arrayContaining(ASKED_FOR))
    for (const { title, cases } of TROUBLES) {
      expect(page).toContain(`### ${title}\n`)
      expect(cases.length).toBeGreaterThan(1)
    }
  })

  it('names every setting, action, preset and field that Segment shows', () => {
    for (const key of Object.keys(kameleoon.authentication?.fields ?? {})) expect(page).toContain(`\`${key}\``)
    for (const { name } of kameleoon.presets ?? []) expect(page).toContain(`| ${name} `)
    for (const { title, fields } of Object.values(kameleoon.actions)) {
      const [, section] = page.split(`### ${title}\n`)
      const shown = Object.entries(fields).filter(([, field]) => !field.unsafe_hidden)
      for (const [key] of shown) expect(section.split('\n## ')[0]).toContain(`\`${key}\``)
    }
  })

  it('could not show words for something that goes well', async () => {
    await expect(wordsFor({ event: track('Order Completed') })).rejects.toThrow('Nothing went wrong')
    await expect(wordsFor({})).rejects.toThrow('Nothing went wrong')
  })
})

/** The formatter pads the columns of tables, and nothing else. */
function plain(text: string): string {
  return text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim()
}
