import { execFileSync } from 'child_process'
import { curlOf, type RecordedExchange } from '..'

function exchange(change: Partial<RecordedExchange>): RecordedExchange {
  return {
    ...{ id: '1', at: 0, milliseconds: 0, method: 'POST', url: 'https://eu-data.kameleoon.io/visit/events?a=1&b=2' },
    ...{ headers: {}, body: null, response: null, error: null, ...change }
  }
}

/** What a shell makes of a command: its words, one a line. */
function wordsOf(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command}`
  const env = { TOKEN: 'the-token' }
  return execFileSync('/bin/sh', ['-c', script], { env }).toString().split('\0').slice(0, -1)
}

describe('a request as a curl command', () => {
  it.each([
    [`{"name":"it's"}`],
    [`$(touch /tmp/never) \`id\` $HOME "quoted" \\ back`],
    [`'; rm -rf /; '`],
    ['line\nbreak and 東京 🎉']
  ])('hands the body %j to curl as it is', (body) => {
    const headers = { 'content-type': 'application/json' }
    expect(wordsOf(curlOf(exchange({ headers, body })))).toEqual([
      ...['-X', 'POST', 'https://eu-data.kameleoon.io/visit/events?a=1&b=2'],
      ...['-H', 'content-type: application/json', '--data-raw', body]
    ])
  })

  it('leaves the token to a variable of the shell', () => {
    const command = curlOf(exchange({ method: 'GET', headers: { authorization: '<redacted>' } }))
    expect(wordsOf(command)).toContain('authorization: Bearer the-token')
    expect(command).not.toContain('--data-raw')
  })
})
