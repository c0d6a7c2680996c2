import { RETRIED_STATUSES } from '../../destinations/kameleoon'
import { LONGEST_LINE_BYTES } from '../../event-files/event-lines'
import { EXIT_CODES } from './deliver/ending'
import { LONGEST_PAUSE_MS } from '../../segment-host'

const exitCodes = Object.values(EXIT_CODES)
  .map(({ code, meaning }) => `${String(code).padEnd(3)} ${meaning}`)
  .join('\n  ')

const retried = RETRIED_STATUSES.map(({ status }) => status)

/** Texts under the options of each subcommand's help. */
export const HELP = {
  deliver: `
Environment:
  KAMELEOON_API_KEY       API key of the Kameleoon account: base64 of {"id", "secret"}
  KAMELEOON_API_KEY_FILE  a file that holds the API key, instead of it
  KAMELEOON_SITECODE      site code of the project
  KAMELEOON_DATA_REGION   EU (default), NA, EU_DOT_EU or NA_DOT_EU
  NO_COLOR                no colours on a terminal
  Without an API key and a site code, events go to an emulator of Kameleoon inside this process.

Input:
  Files, folders (the .ndjson, .jsonl and .json files in them, also .gz) and quoted patterns, in
  the order given, those of a folder or pattern by name; - is standard input.
  Segment events in UTF-8, plain or gzip: one a line (NDJSON); a JSON array; a body of the
  Tracking API {"batch": [...]}; or one event, or several, each over many lines. A line that
  holds no event, or is longer than ${LONGEST_LINE_BYTES / 1024 / 1024} MB, is rejected with its number; everything else
  goes on. "line" of an event in JSON is its position, from 1. What cannot be read as any of
  these ends with exit code 2 before anything is sent.

Mapping file:
  A JSON array of subscriptions as Segment keeps them, or an object with it under "subscriptions":
  [{"name": "Orders", "partnerAction": "logEvent", "subscribe": "event = \\"Order Completed\\"",
    "mapping": {...}, "enabled": true}]
  Without "mapping" an action's defaults apply; a mapping that is given is used as it stands.

Sending again:
  Events rejected with ${retried.slice(0, -1).join(', ')} or ${retried[retried.length - 1]} are sent again, with pauses that double
  and follow what Kameleoon asks for, up to ${LONGEST_PAUSE_MS / 60_000} minutes each.

  An event whose last attempt failed is undelivered: it is not in the file of rejected events,
  and --resume sends it.

Order:
  Several batches are under way at once (--concurrency), each person in one of them: the events
  of a user id, else a visitor code, else an anonymous id keep their order.

Stop and go on:
  A checkpoint beside the file says what is settled. Ctrl-C or SIGTERM stops reading, and batches
  under way have ten seconds to settle; a second signal ends at once. --resume goes on from there,
  also after a crash: at most the batches that were under way are sent again, with the same
  nonces. A file with a checkpoint is not delivered again without --resume or --restart. The
  checkpoint is removed when all is settled.

Watching:
  Progress is on standard error: a bar on a terminal, a line every ten seconds elsewhere.
  --log json writes structured logs there instead, with the run, subscription, batch, status and
  latency, and never with the content of events.
  --metrics 9464 serves /metrics for Prometheus and /healthz on this machine; 0.0.0.0:9464 on all
  its addresses.

Exit code:
  ${exitCodes}

Examples:
  $ kameleoon-destination deliver events.ndjson
  $ kameleoon-destination deliver archive/ 'late/*.ndjson.gz' --max-rejected 1%
  $ kameleoon-destination deliver events.ndjson --resume
  $ kameleoon-destination deliver events.ndjson.gz --dry-run | less
  $ zcat archive/*.gz | kameleoon-destination deliver - --json > summary.json
  $ jq -c .event events.rejected.ndjson | kameleoon-destination deliver -
`,
  demo: `
Environment:
  NO_COLOR  no colours on a terminal
  Credentials are not used: the examples never go to a real project.

Exit code:
  0 everything went as intended, the rejections included; 1 it did not; 2 wrong usage

Example:
  $ kameleoon-destination demo
`,
  doctor: `
Environment:
  KAMELEOON_API_KEY       API key of the Kameleoon account: base64 of {"id", "secret"}
  KAMELEOON_API_KEY_FILE  a file that holds the API key, instead of it
  KAMELEOON_SITECODE      site code of the project
  KAMELEOON_DATA_REGION   EU (default), NA, EU_DOT_EU or NA_DOT_EU
  NO_COLOR                no colours on a terminal
  Without an API key and a site code, it looks at an emulator of Kameleoon inside this process.

Lines:
  ok       as it should be
  warning  it may not be as meant
  trouble  events are lost, or do not arrive
  unknown  it could not be found out
  Each line says what was seen, and what to do. No line has a secret.

Exit code:
  0 there is no trouble, 1 there is one, 2 wrong usage or incomplete credentials

Examples:
  $ kameleoon-destination doctor
  $ kameleoon-destination doctor --json | jq '.lines[] | select(.state == "trouble")'
  $ kameleoon-destination doctor --emulator http://127.0.0.1:8321
`,
  emulate: `
Environment:
  NO_COLOR  no colours on a terminal

Exit code:
  0 it was stopped, 2 wrong usage, or it cannot listen on the port

Examples:
  $ kameleoon-destination emulate
  $ kameleoon-destination emulate --port 9000 --map-writes replace --no-rate-limits
  $ kameleoon-destination emulate --like kameleoon-probe.json
`,
  workbench: `
Environment:
  KAMELEOON_API_KEY       API key of the Kameleoon account: base64 of {"id", "secret"}
  KAMELEOON_API_KEY_FILE  a file that holds the API key, instead of it
  KAMELEOON_SITECODE      site code of the project
  KAMELEOON_DATA_REGION   EU (default), NA, EU_DOT_EU or NA_DOT_EU
  NO_COLOR                no colours on a terminal
  With an API key and a site code, events go to that real project from the start; examples are never sent there.
  Without them, everything stays on this machine.

Exit code:
  0 it was stopped, 2 wrong usage, or it cannot listen on the port or use the folder

Examples:
  $ kameleoon-destination workbench
  $ kameleoon-destination workbench --port 8080 --data ~/kameleoon-workbench --no-examples
`,
  probe: `
Environment:
  KAMELEOON_API_KEY       API key of the Kameleoon account: base64 of {"id", "secret"}
  KAMELEOON_API_KEY_FILE  a file that holds the API key, instead of it
  KAMELEOON_SITECODE      site code of the project
  KAMELEOON_DATA_REGION   EU (default), NA, EU_DOT_EU or NA_DOT_EU
  NO_COLOR                no colours on a terminal

What it writes:
  A test visitor, maps under keys of its own that live for an hour, and three test goals. It
  removes them at the end, also after a failure or Ctrl-C, and says what it could not remove.
  A test project is the best place for it.

Exit code:
  0 all questions were asked and everything was removed, 1 not all were asked or something is
  left, 2 without --yes, wrong usage, or the project could not be read

Examples:
  $ kameleoon-destination probe
  $ kameleoon-destination probe --yes --out probe
  $ kameleoon-destination emulate --like probe/kameleoon-probe.json
`,
  migrate: `
Input:
  Official destination: the answer of GET /destinations/{id}/subscriptions of Segment's Public API.
  Classic destination: the answer of GET /destinations/{id}, or its settings alone.

Output:
  Subscriptions in the form that deliver --mapping reads, on standard output or in the file of
  --out; a report on standard error: what was carried over, what was added, what needs a human.

Exit code:
  0 all was carried over, 1 something needs a human, 2 wrong usage or a file that cannot be read

Examples:
  $ curl -s -H "Authorization: Bearer $SEGMENT_TOKEN" \\
      https://api.segmentapis.com/destinations/$ID/subscriptions > official.json
  $ kameleoon-destination migrate official.json --out mappings.json
  $ kameleoon-destination deliver events.ndjson --mapping mappings.json
`
} as const

/** Texts under the options of each developer command's help. */
export const DEVELOPER_HELP = {
  'generate:types': `
Exit code:
  0 all are written, or up to date; 1 --check found one out of date; 2 wrong usage

Examples:
  $ kameleoon-destination generate:types
  $ kameleoon-destination generate:types --check
`,
  'generate:metadata': `
  A file that would break connections customers have is not written: a setting or field newly
  required, an action gone, another name or slug.

Exit code:
  0 it is written, or up to date; 1 it is out of date or would break connections; 2 wrong usage

Examples:
  $ kameleoon-destination generate:metadata
  $ kameleoon-destination generate:metadata --check
`,
  validate: `
Exit code:
  0 no problem was found, 1 one was, 2 wrong usage or a file that cannot be read

Examples:
  $ kameleoon-destination validate
  $ git show main:src/destinations/kameleoon/metadata.json > /tmp/main.json
  $ kameleoon-destination validate --against /tmp/main.json
`,
  serve: `
  Routes, bodies and replies are those of Segment's own development server. Secrets are not shown.
  Batches are answered with requests only, so the outcome of each event is printed here.

Exit code:
  0 it was stopped, 2 wrong usage, or it cannot listen on the port

Examples:
  $ kameleoon-destination serve --emulator
  $ curl -H "Content-Type: application/json" -d '{"payload": {...}, "settings": {...}}' \\
      http://127.0.0.1:3000/logEvent
`
} as const
