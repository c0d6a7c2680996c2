import type { Command } from 'commander'
import { PassThrough } from 'stream'
import kameleoon from '../../destinations/kameleoon'
import { createProgram } from '../../cli/program'

/** The two forms of the command: where the package is installed, and in a clone of this repository. */
const NAME = /(?:kameleoon-destination|npm run (?:--silent )?kameleoon --) /

/** The command lines in the blocks of code of a page, each as its words without the name of the command. */
export function commandLinesIn(markdown: string): string[][] {
  const blocks = [...markdown.matchAll(/^```(?:bash|sh)\n([^]*?)^```$/gm)].map(([, text]) => text)
  const lines = blocks.flatMap((text) => text.replace(/\\\n/g, ' ').split('\n'))
  return lines.filter((line) => NAME.test(line)).map(wordsAfterName)
}

/** The words of one command line after the name, as a shell has them, up to a pipe or a comment. */
export function wordsAfterName(line: string): string[] {
  const after = line.split(NAME)[1] ?? ''
  const [, own] = /^((?:"[^"]*"|'[^']*'|[^|#;])*)/.exec(after) ?? []
  return [...own.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare)
}

/**
 * Parses a command line as the program does, without running it.
 * @throws CommanderError when the command would answer that it is wrong
 */
export async function parseOnly(words: readonly string[]): Promise<void> {
  const output = new PassThrough()
  const context = {
    terminal: { stdin: new PassThrough(), stdout: output, stderr: output, env: {} },
    definition: kameleoon,
    untilInterrupted: () => new Promise<never>(() => undefined)
  }
  const program = createProgram(context, () => undefined)
  withoutActions(program)
  await program.parseAsync([...words], { from: 'user' })
}

function withoutActions(command: Command): void {
  for (const sub of command.commands) {
    if (sub.commands.length === 0) sub.action(() => undefined)
    withoutActions(sub)
  }
}
