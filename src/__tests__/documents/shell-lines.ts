import { wordsAfterName } from '../fleet-examples/command-lines'
import { codeIn } from './markdown'

/** Languages of blocks of code that are for a shell. One is enough, so that no block is missed. */
export const SHELL = 'bash'
export const OTHER_SHELLS = ['sh', 'shell', 'console', 'zsh']

/** The lines that a reader would type, without comments; a command over several lines is one. */
export async function shellLinesIn(markdown: string): Promise<string[]> {
  const lines = (await codeIn(markdown, [SHELL])).flatMap((text) => text.replace(/\\\n\s*/g, '').split('\n'))
  return lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter(Boolean)
}

/** `npm start` builds, and then is the command `workbench`. */
const START = /^npm start( -- |$)/

/** Whether a line starts this program, in the form of a clone or of an installed package. */
export const isOurs = (line: string): boolean =>
  START.test(line) || /^(npm run (--silent )?kameleoon --|npx kameleoon-destination) /.test(line)

/** The words of a line that starts this program, without its name. */
export const wordsOf = (line: string): string[] =>
  wordsAfterName(line.replace(START, 'kameleoon-destination workbench '))
