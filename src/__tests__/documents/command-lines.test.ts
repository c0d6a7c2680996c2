import { parseOnly } from '../fleet-examples/command-lines'
import { EXCEPTIONS, exceptionFor } from './exceptions'
import { codeIn, PAGES, pageText } from './markdown'
import { isOurs, OTHER_SHELLS, shellLinesIn, wordsOf } from './shell-lines'

const IN_CONTAINER = /^docker run .* kameleoon-destination \S/

describe('command lines of the README and of docs', () => {
  it('are understood by the program', async () => {
    const all = (await Promise.all(PAGES.map((page) => shellLinesIn(pageText(page))))).flat()
    const lines = all.filter((line) => isOurs(line) || IN_CONTAINER.test(line))
    expect(lines.length).toBeGreaterThan(30)
    for (const line of lines) await expect(parseOnly(wordsOf(line)).catch(unlessHelp)).resolves.toBeUndefined()
  })

  it('are this program, or have a reason for not being run', async () => {
    const lines = (await Promise.all(PAGES.map((page) => shellLinesIn(pageText(page))))).flat()
    expect(lines.filter((line) => !isOurs(line) && exceptionFor(line) === undefined)).toEqual([])
    const unused = EXCEPTIONS.filter((exception) => !lines.some((line) => exception.line.test(line)))
    expect(unused).toEqual([])
  })

  it('stand in blocks of one language, so that none is missed', async () => {
    for (const page of PAGES) expect([page, await codeIn(pageText(page), OTHER_SHELLS)]).toEqual([page, []])
  })

  it('have one form in a clone', () => {
    const others = PAGES.filter((page) => /npx kameleoon-destination/.test(pageText(page)))
    expect(others.filter((page) => !page.includes('/decisions/'))).toEqual(['docs/commands.md', 'docs/hosting.md'])
  })
})

/** Help ends a command before its action; commander reports that as an error. */
function unlessHelp(error: Error & { code?: string }): void {
  if (error.code !== 'commander.helpDisplayed') throw error
}
