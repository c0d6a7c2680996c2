import * as echarts from 'echarts'
import type { CaseFigures, Results } from './results'

const WIDTH = 860
const ROW_HEIGHT = 38
const MARGIN = { left: 215, right: 90, top: 66, bottom: 40 }
// Names with spaces would need quotes, which end an attribute too early.
const FONT = 'system-ui, -apple-system, Helvetica, Arial, sans-serif'
const INK = '#1f2937'
const FAINT = '#6b7280'
const LINE = '#e5e7eb'
const OURS = '#1d6f5c'
const OTHERS = '#9aa5b1'

/** Events a second of every case as bars on a logarithmic scale: an SVG document that says in words what it shows. */
export function pictureOf(results: Results): string {
  const height = MARGIN.top + MARGIN.bottom + results.cases.length * ROW_HEIGHT
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  chart.setOption(optionOf(results))
  const svg = chart.renderToSVGString()
  chart.dispose()
  return described(svg, results)
}

function optionOf({ cases, machine }: Results): echarts.EChartsOption {
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, color: INK },
    title: {
      text: 'Events a second',
      subtext: `${machine}; logarithmic scale`,
      left: 16,
      top: 12,
      itemGap: 6,
      textStyle: { fontSize: 17, color: INK },
      subtextStyle: { fontSize: 12, color: FAINT }
    },
    grid: MARGIN,
    xAxis: {
      type: 'log',
      min: 100,
      axisLabel: { color: FAINT, fontSize: 12, formatter: (value: number) => value.toLocaleString('en') },
      splitLine: { lineStyle: { color: LINE } }
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: cases.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: FAINT } },
      axisLabel: { color: INK, fontSize: 13 }
    },
    series: [{ type: 'bar', barWidth: 20, data: cases.map(barOf), label: LABEL }]
  }
}

const LABEL: echarts.BarSeriesOption['label'] = {
  show: true,
  position: 'right',
  fontSize: 13,
  color: INK,
  formatter: ({ value }) => Number(value).toLocaleString('en')
}

function barOf({ name, eventsPerSecond }: CaseFigures) {
  return { value: eventsPerSecond, itemStyle: { color: name.startsWith('ours') ? OURS : OTHERS, borderRadius: 2 } }
}

/** Title and description for whoever listens to the picture instead of looking at it. */
function described(svg: string, { cases, machine }: Results): string {
  const spoken = cases.map(({ label, eventsPerSecond }) => `${label}: ${eventsPerSecond.toLocaleString('en')}`)
  const words = [
    '<title id="title">Events a second, by destination and batch size</title>',
    `<desc id="description">${spoken.join('. ')}. ${machine}.</desc>`
  ]
  return `${svg.replace(/<svg ([^>]*)>/, `<svg role="img" aria-labelledby="title description" $1>\n${words.join('\n')}`)}\n`
}
