import { barChart } from './bar-chart'
import type { CaseFigures, Results } from './results'

const OURS = '#1d6f5c'
const OTHERS = '#9aa5b1'

/** Events a second of every case as bars on a logarithmic scale: an SVG document that says in words what it shows. */
export function pictureOf({ cases, machine }: Results): string {
  const spoken = cases.map(({ label, eventsPerSecond }) => `${label}: ${eventsPerSecond.toLocaleString('en')}`)
  return barChart({
    title: 'Events a second',
    subtitle: `${machine}; logarithmic scale`,
    spokenTitle: 'Events a second, by destination and batch size',
    description: `${spoken.join('. ')}. ${machine}.`,
    bars: cases.map(barOf)
  })
}

function barOf({ name, label, eventsPerSecond }: CaseFigures) {
  return { label, value: eventsPerSecond, colour: name.startsWith('ours') ? OURS : OTHERS }
}
