import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { eventListPlace } from '../parts/places'
import { counted } from '../parts/words'

interface CountLinkProps {
  count: number
  /** The search that finds the counted events; null when there is none. */
  q: string | null
  /** A count that needs attention. */
  isBad?: boolean
}

/** A number in a table that leads to its events. Zero leads nowhere. */
export function CountLink({ count, q, isBad = false }: CountLinkProps) {
  if (count === 0 || q === null) return counted(count)
  return (
    <Anchor
      component={Link}
      href={eventListPlace(q)}
      inherit
      underline="always"
      c={isBad ? 'var(--tone-bad)' : undefined}
      fw={isBad ? 650 : undefined}
    >
      {counted(count)}
    </Anchor>
  )
}
