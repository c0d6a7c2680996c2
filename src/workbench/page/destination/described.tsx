import { Anchor } from '@mantine/core'
import { Fragment } from 'react'

const ADDRESS = /(https?:\/\/[^\s)]+)/

/** A description of the definition, its addresses as links. */
export function Described({ text }: { text: string }) {
  return text.split(ADDRESS).map((part, index) =>
    ADDRESS.test(part) ? (
      <Anchor key={index} href={part} target="_blank" rel="noreferrer" inherit underline="always">
        {new URL(part).host}
      </Anchor>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    )
  )
}
