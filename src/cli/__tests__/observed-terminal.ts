import { Readable } from 'stream'
import type { Terminal } from '../context'

export interface ObservedTerminal extends Terminal {
  /** Everything written to standard output so far. */
  printed: () => string
  /** Everything written to standard error so far. */
  said: () => string
}

/** A terminal, or with `isTTY` false a pipe, that keeps what is written to it. */
export function observedTerminal(
  env: Terminal['env'] = {},
  { input = '', isTTY = false }: { input?: string; isTTY?: boolean } = {}
): ObservedTerminal {
  const printed: string[] = []
  const said: string[] = []
  return {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: { write: (text) => printed.push(text), isTTY, columns: 100 },
    stderr: { write: (text) => said.push(text) },
    env,
    printed: () => printed.join(''),
    said: () => said.join('')
  }
}
