import type { DestinationDefinition } from '@segment/actions-core'
import type { Emulator } from '../../emulator'
import type { Colours } from '../print/terminal'

/** What someone needs to use a running server: its address, its routes and a call to try. */
export function serveText<Settings>(
  address: string,
  { actions, name, onDelete }: DestinationDefinition<Settings>,
  emulator: Pick<Emulator, 'apiKey' | 'sitecode'> | null,
  colours: Colours
): string {
  const { apiKey, sitecode } = emulator ?? { apiKey: 'YOUR_API_KEY', sitecode: 'YOUR_SITECODE' }
  const settings = JSON.stringify({ apiKey, sitecode })
  const dynamic = Object.entries(actions).flatMap(([key, { dynamicFields }]) =>
    Object.entries(dynamicFields ?? {}).flatMap(([field, served]) =>
      partsOf(field, served).map((part) => `${key}/${part}`)
    )
  )
  const posts = ['authenticate', ...(onDelete ? ['delete'] : []), ...Object.keys(actions), ...dynamic]
  return [
    colours.bold(`${name} is served at ${colours.cyan(address)}`),
    emulator ? 'Its requests end at an emulator of Kameleoon inside this process.' : 'Its requests go to Kameleoon.',
    '',
    '  GET  /manifest',
    ...posts.map((path) => `  POST /${path}`),
    '',
    'Open https://app.segment.com/dev-center/actions-tester, or try:',
    `  curl -H "Content-Type: application/json" -d '${settings}' ${address}/authenticate`,
    '',
    'Ctrl-C ends it.',
    '',
    ''
  ].join('\n')
}

function partsOf(field: string, served: unknown): string[] {
  return typeof served === 'function'
    ? [field]
    : Object.keys(Object(served) as object).map((part) => `${field}.${part}`)
}
