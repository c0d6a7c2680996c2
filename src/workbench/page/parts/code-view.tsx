import { ActionIcon, Box, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './code-view.module.css'

interface CodeViewProps {
  text: string
  /** Names the block to screen readers and the copy button: "the request body". */
  what: string
  json?: boolean
  height?: CodeHeight
  /** Strings of the JSON to point out; the first of them is scrolled to. */
  marked?: string[]
}

type CodeHeight = 'short' | 'tall'

const NONE: string[] = []

/** Text as it is, with a copy button; long ones scroll inside. */
export function CodeView({ text, what, json = false, height, marked = NONE }: CodeViewProps) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    const first = box.current?.querySelector('mark')
    if (box.current && first) box.current.scrollTop = first.offsetTop - box.current.clientHeight / 3
  }, [text])
  return (
    <Box className={styles.frame}>
      {/* What scrolls must be reachable with the keyboard. */}
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

/** A value as JSON, laid out to be read. */
export function JsonView({ value, what, height }: { value: unknown; what: string; height?: CodeHeight }) {
  return <CodeView json text={JSON.stringify(value, null, 2) ?? 'nothing'} what={what} height={height} />
}

/** `what` is named to screen readers: "Copy the write key". */
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

/** Above this, colouring costs more than it helps. */
const LONGEST_COLOURED = 60_000

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g

/** The same JSON text, its keys and values told apart by colour, and some of its strings pointed out. */
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
