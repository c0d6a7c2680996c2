import { counted } from '../print/plain-text'
import type { Colours } from '../print/terminal'
import type { Problem } from './validate/problem'

/** Problems one a line, by place, and how many they are. */
export function problemsText(problems: Problem[], colours: Colours): string {
  const lines = problems.map(({ place, fault }) => `${colours.red('x')} ${colours.bold(place)} ${fault}`)
  return [...lines, '', `${counted(problems.length, 'problem')}.`, ''].join('\n')
}
