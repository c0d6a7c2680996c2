import { Box } from '@mantine/core'
import { Copy } from './copy'
import styles from './code-view.module.css'
import { coloured } from './json-colours'

interface CodeViewProps {
  text: string
  /** Names the block to screen readers and the copy button: "the request body". */
  what: string
  json?: boolean
  tall?: boolean
}

/** Text as it is, with a copy button; long ones scroll inside. */
export function CodeView({ text, what, json = false, tall = false }: CodeViewProps) {
  return (
    <Box className={styles.frame}>
      {/* What scrolls must be reachable with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.text} data-tall={tall || undefined} tabIndex={0} role="group" aria-label={named(what)}>
        {json ? coloured(text) : text}
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
