import { Anchor, Textarea } from '@mantine/core'
import { useRef } from 'react'
// Not through the index of the host: that needs Node, which the page does not have.
import { queryFault } from '../../../../segment-host/query-problem'
import styles from './filter.module.css'

interface FilterTextProps {
  text: string
  problem: string | undefined
  onChange: (text: string) => void
}

/** The filter as text in Segment's language. */
export function FilterText({ text, problem, onChange }: FilterTextProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const goThere = () => {
    const fault = queryFault(text)
    box.current?.focus()
    if (fault) box.current?.setSelectionRange(fault.position, fault.position + Math.max(1, fault.found.length))
  }
  return (
    <Textarea
      ref={box}
      label="The same filter as text"
      description='In Segment’s language, for example: type = "track" and event = "Order Completed"'
      required
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      classNames={{ input: styles.text }}
      value={text}
      error={
        problem && (
          <>
            {problem}{' '}
            <Anchor component="button" type="button" inherit underline="always" c="inherit" onClick={goThere}>
              Show the place
            </Anchor>
          </>
        )
      }
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
