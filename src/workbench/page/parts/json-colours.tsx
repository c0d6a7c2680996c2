import type { ReactNode } from 'react'
import styles from './code-view.module.css'

/** Above this, colouring costs more than it helps. */
const LONGEST_COLOURED = 60_000

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g

/** The same JSON text, its keys and values told apart by colour, and some of its strings pointed out. */
export function coloured(text: string, marked: string[]): ReactNode {
  if (text.length > LONGEST_COLOURED) return text
  const parts: ReactNode[] = []
  const literals = new Set(marked.map((string) => JSON.stringify(string)))
  let done = 0
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon] = match
    parts.push(text.slice(done, match.index))
    parts.push(
      <span key={match.index} className={styles[kindOf(token, string, colon)]}>
        {literals.has(string) ? <mark>{string}</mark> : (string ?? token)}
      </span>,
      colon ?? ''
    )
    done = match.index + token.length
  }
  return [...parts, text.slice(done)]
}

function kindOf(token: string, string?: string, colon?: string): 'key' | 'string' | 'number' | 'word' {
  if (string) return colon ? 'key' : 'string'
  return /^[-\d]/.test(token) ? 'number' : 'word'
}
