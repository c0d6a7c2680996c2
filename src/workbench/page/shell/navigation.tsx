import { NavLink } from '@mantine/core'
import {
  IconBolt,
  IconChartBar,
  IconInfoCircle,
  IconListDetails,
  IconTrash,
  IconTruckDelivery,
  IconUsers
} from '../parts/icons'
import { Link, useLocation } from 'wouter'
import type { WorkbenchState } from '../../contract'
import { ToneBadge } from '../parts/badges'

const VIEWS = [
  { href: '/overview', label: 'Overview', Icon: IconChartBar },
  { href: '/events', label: 'Events', Icon: IconListDetails },
  { href: '/destination', label: 'Destination', Icon: IconTruckDelivery },
  { href: '/visitors', label: 'Visitors', Icon: IconUsers },
  { href: '/faults', label: 'Faults', Icon: IconBolt },
  { href: '/discarded', label: 'Discarded', Icon: IconTrash },
  { href: '/about', label: 'About', Icon: IconInfoCircle }
]

export function Navigation({ state }: { state: WorkbenchState | undefined }) {
  const [place] = useLocation()
  return VIEWS.map(({ href, label, Icon }) => {
    const isHere = place === href || place.startsWith(`${href}/`)
    return (
      <NavLink
        key={href}
        component={Link}
        href={href}
        label={label}
        noWrap
        py={6}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        leftSection={<Icon size={17} aria-hidden />}
        rightSection={noteOf(href, state)}
      />
    )
  })
}

function noteOf(href: string, state: WorkbenchState | undefined) {
  if (href === '/faults' && state && state.faults.length > 0)
    return <ToneBadge tone="again">{state.faults.length} on</ToneBadge>
  if (href === '/discarded' && state && state.counts.discarded > 0) {
    return <ToneBadge tone="bad">{state.counts.discarded}</ToneBadge>
  }
  return null
}
