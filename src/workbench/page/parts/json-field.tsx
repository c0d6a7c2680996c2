import { Anchor, Textarea } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { jsonProblem } from './json'

interface JsonFieldProps {
  label: ReactNode
  description?: ReactNode
  value: string
  onChange: (text: string) => void
  /** A problem of the value, shown when the text is valid JSON. */
  problem?: ReactNode
  minRows?: number
  maxRows?: number
  hideLabel?: string
  focusFirst?: boolean
}

/** A text field for JSON. The first error is shown while the user types, with a link to its position. */
export function JsonField({
  value,
  onChange,
  problem,
  minRows = 3,
  maxRows = 24,
  hideLabel,
  focusFirst,
  ...rest
}: JsonFieldProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const wrong = value.trim() === '' ? null : jsonProblem(value)
  const goThere = () => {
    box.current?.focus()
    if (wrong) box.current?.setSelectionRange(wrong.position, wrong.position + 1)
  }
  return (
    <Textarea
      {...rest}
      ref={box}
      aria-label={hideLabel}
      autosize
      minRows={minRows}
      maxRows={maxRows}
      spellCheck={false}
      data-autofocus={focusFirst || undefined}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={
        wrong ? (
          <>
            <Anchor component="button" type="button" inherit underline="always" c="inherit" onClick={goThere}>
              Line {wrong.line}, column {wrong.column}
            </Anchor>
            : {wrong.message}
          </>
        ) : (
          problem
        )
      }
    />
  )
}
