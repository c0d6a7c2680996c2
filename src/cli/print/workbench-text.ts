import type { ExamplesReport, Workbench } from '../../workbench/server'
import type { Colours } from './terminal'

/** What someone needs to use a running workbench. */
export function workbenchText({ address, context }: Pick<Workbench, 'address' | 'context'>, colours: Colours): string {
  const row = (label: string, value: string): string => `  ${colours.dim(label.padEnd(13))} ${value}`
  const { target, writeKey, savedIn } = context.state()
  const isReal = target.kind === 'real'
  return [
    colours.bold('The workbench is running'),
    row('page', colours.cyan(address)),
    row('events go to', isReal ? colours.red(colours.bold(`${target.label} at ${target.dataHost}`)) : target.label),
    row('write key', writeKey),
    row('mappings', savedIn),
    '',
    ...(isReal
      ? [colours.red('Every event you send counts in the real project. The examples are not sent there.'), '']
      : []),
    'Send it an event:',
    `  curl -u ${writeKey}: -H "content-type: application/json" -d '{"userId": "you", "event": "Order Completed"}' ${address}/v1/track`,
    '',
    ''
  ].join('\n')
}

/** What became of the examples, and how to end. */
export function examplesText(report: ExamplesReport | null, colours: Colours): string {
  const end = 'Ctrl-C ends it.\n'
  if (!report) return end
  const { events, delivered, filtered, rejected, discarded } = report
  const lost = discarded > 0 ? colours.red(`${discarded} parts discarded`) : 'nothing discarded'
  return `${events} examples: ${delivered} delivered, ${filtered} filtered, ${rejected} rejected; ${lost} by Kameleoon.\n${end}`
}
