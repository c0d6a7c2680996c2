import { ActionIcon, Box, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from './icons'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './code-view.module.css'

interface CodeViewProps {
  text: string
  /** Used in the accessible name and on the copy button, for example "the request body". */
  what: string
  json?: boolean
  height?: CodeHeight
  /** JSON strings to highlight. The view scrolls to the first one. */
  marked?: string[]
}

type CodeHeight = 'short' | 'tall'

const NONE: string[] = []

/** Text in a fixed-width font with a copy button. Long text scrolls. */
export function CodeView({ text, what, json = false, height, marked = NONE }: CodeViewProps) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    const first = box.current?.querySelector('mark')
    if (box.current && first) box.current.scrollTop = first.offsetTop - box.current.clientHeight / 3
  }, [text])
  return (
    <Box className={styles.frame}>
      {/* A scrollable element must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={box} className={styles.text} data-height={height} tabIndex={0} role="group" aria-label={named(what)}>
        {json ? coloured(text, marked) : text}
      </pre>
      <Box className={styles.copy}>
        <Copy value={text} what={what} />
      </Box>
    </Box>
  )
}

function named(what: string): string {
  const bare = what.replace(/^the /, '')
  return bare[0].toUpperCase() + bare.slice(1)
}

/** A value as indented JSON. */
export function JsonView({ value, what, height }: { value: unknown; what: string; height?: CodeHeight }) {
  return <CodeView json text={JSON.stringify(value, null, 2) ?? 'nothing'} what={what} height={height} />
}

/** A button that copies `value`. `what` names it, as in "Copy the write key". */
export function Copy({ value, what }: { value: string; what: string }) {
  return (
    <CopyButton value={value} timeout={1_500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`} withArrow>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy ${what}`}
          >
            {copied ? <IconCheck size={16} color="var(--tone-good)" /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}

/** Longer text is shown without colours, because colouring it is slow. Number of characters. */
const LONGEST_COLOURED = 60_000

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g

/** JSON text with coloured keys and values, and the `marked` strings highlighted. */
function coloured(text: string, marked: string[]): ReactNode {
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
