export interface Bar {
  label: string
  /** From 1 up. */
  value: number
  colour: string
}

export interface BarChart {
  title: string
  subtitle: string
  /** Title and description for whoever listens to the picture instead of looking at it. */
  spokenTitle: string
  description: string
  bars: Bar[]
}

const WIDTH = 860
const ROW_HEIGHT = 38
const BAR_HEIGHT = 20
const MARGIN = { left: 215, right: 90, top: 66, bottom: 40 }
const LOWEST = 100
const FONT = 'system-ui, -apple-system, Helvetica, Arial, sans-serif'
const INK = '#1f2937'
const FAINT = '#6b7280'
const LINE = '#e5e7eb'

/** Lying bars on a logarithmic scale from 100 up, one below the other, as an SVG document. */
export function barChart({ title, subtitle, spokenTitle, description, bars }: BarChart): string {
  const bottom = MARGIN.top + bars.length * ROW_HEIGHT
  const highest = 10 ** Math.ceil(Math.log10(Math.max(LOWEST * 10, ...bars.map(({ value }) => value))))
  const x = (value: number): number =>
    MARGIN.left + (scaled(value) / scaled(highest)) * (WIDTH - MARGIN.left - MARGIN.right)
  const parts = [
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(title, { x: 16, y: 29, size: 17, colour: INK, more: 'font-weight="bold"' }),
    text(subtitle, { x: 16, y: 50, size: 12, colour: FAINT }),
    ...powersOfTen(highest).flatMap((value) => gridLine(value, x(value), bottom)),
    ...bars.flatMap((bar, index) => row(bar, MARGIN.top + index * ROW_HEIGHT, x(bar.value)))
  ]
  return `<svg role="img" aria-labelledby="title description" xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${
    bottom + MARGIN.bottom
  }" viewBox="0 0 ${WIDTH} ${bottom + MARGIN.bottom}" font-family="${FONT}">
<title id="title">${escaped(spokenTitle)}</title>
<desc id="description">${escaped(description)}</desc>
${parts.join('\n')}
</svg>
`
}

function scaled(value: number): number {
  return Math.log10(Math.max(value, LOWEST) / LOWEST)
}

function powersOfTen(highest: number): number[] {
  const steps = Math.round(scaled(highest))
  return Array.from({ length: steps + 1 }, (_, step) => LOWEST * 10 ** step)
}

function gridLine(value: number, x: number, bottom: number): string[] {
  const colour = value === LOWEST ? FAINT : LINE
  return [
    `<line x1="${rounded(x)}" y1="${MARGIN.top}" x2="${rounded(x)}" y2="${bottom}" stroke="${colour}"/>`,
    text(value.toLocaleString('en'), { x, y: bottom + 20, size: 12, colour: FAINT, more: 'text-anchor="middle"' })
  ]
}

function row({ label, value, colour }: Bar, top: number, end: number): string[] {
  const middle = top + ROW_HEIGHT / 2
  const y = middle - BAR_HEIGHT / 2
  const width = rounded(end - MARGIN.left)
  return [
    text(label, { x: MARGIN.left - 8, y: middle + 5, size: 13, colour: INK, more: 'text-anchor="end"' }),
    `<rect x="${MARGIN.left}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="2" fill="${colour}"/>`,
    text(value.toLocaleString('en'), { x: end + 6, y: middle + 5, size: 13, colour: INK })
  ]
}

interface TextStyle {
  x: number
  y: number
  size: number
  colour: string
  more?: string
}

function text(words: string, { x, y, size, colour, more = '' }: TextStyle): string {
  return `<text x="${rounded(x)}" y="${y}" font-size="${size}" fill="${colour}" ${more}>${escaped(words)}</text>`
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
