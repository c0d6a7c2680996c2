import { Box } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Copy } from './copy'
import styles from './code-view.module.css'
import { coloured } from './json-colours'

interface CodeViewProps {
  text: string
  /** Names the block to screen readers and the copy button: "the request body". */
  what: string
  json?: boolean
  height?: CodeHeight
  /** Strings of the JSON to point out; the first of them is scrolled to. */
  marked?: string[]
}

export type CodeHeight = 'short' | 'tall'

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
