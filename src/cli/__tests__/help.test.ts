import type { Command } from 'commander'
import kameleoon from '../../destinations/kameleoon'
import { createProgram } from '../program'
import { observedTerminal } from './observed-terminal'

const terminal = observedTerminal()
const untilInterrupted = (): Promise<never> => new Promise(() => undefined)
const program = createProgram({ terminal, definition: kameleoon, untilInterrupted }, () => undefined)

/** Every command that does something, with the words that start it. */
function commandsOf(parent: Command, words: string[] = []): Array<[string, Command]> {
  return parent.commands.flatMap((command) => {
    const own = [...words, command.name()]
    return [[own.join(' '), command] as [string, Command], ...commandsOf(command, own)]
  })
}

/** The help as it is printed, with the texts around it. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp()
  return text
}

describe('the help of the command', () => {
  it('groups the commands by what they are for', () => {
    const groups = [...helpOf(program).matchAll(/^(\S[^\n]*:)\n((?: {2}[^\n]*\n?)+)/gm)].map(([, title, lines]) => [
      title,
      [...lines.matchAll(/^ {2}([a-z][\w:]*)/gm)].map(([, name]) => name)
    ])
    expect(groups.filter(([title]) => title !== 'Options:')).toEqual([
      ['Try it on this machine:', ['workbench', 'demo', 'emulate']],
      ['Deliver files of events:', ['deliver', 'migrate']],
      ['Deliver with many machines:', ['receive', 'work', 'queue']],
      ['Ask and change a Kameleoon project:', ['doctor', 'visitor', 'delete', 'probe']],
      ['Develop the destination:', ['generate:types', 'generate:metadata', 'validate', 'serve']],
      ['More:', ['help']]
    ])
  })
})

describe.each(commandsOf(program))('the help of %s', (words, command) => {
  it('has an example that starts with the command itself', () => {
    const [, examples = ''] = helpOf(command).split(/^Examples?:$/m)
    expect(examples).toMatch(new RegExp(`^ {2}\\$ .*kameleoon-destination ${words}\\b`, 'm'))
  })

  it('has its exit codes, those for success and for wrong usage among them', () => {
    const [, after = ''] = helpOf(command).split(/^Exit code:$/m)
    const [codes] = after.split('\n\n')
    expect(codes).toMatch(/^\s*0 /)
    expect(codes).toMatch(/\b2 /)
  })
})
