const QUEUE = `
Queue:
  --queue redis://host:6379 or postgres://user:password@host:5432/database. Other users of this
  machine can see arguments: the variable KAMELEOON_QUEUE holds the address as well. What is
  needed: npm install bullmq ioredis (Redis) or bullmq pg (PostgreSQL).
`

/** Texts under the options of the commands for a fleet. */
export const FLEET_HELP = {
  work: `${QUEUE}
Environment:
  KAMELEOON_API_KEY, KAMELEOON_API_KEY_FILE, KAMELEOON_SITECODE, KAMELEOON_DATA_REGION as for
  deliver. They are never put on the queue: each worker needs them.

What it does:
  Takes jobs of up to 500 events and sends them in their order. Rejected events go to the dead
  letters, with the reason. What may still be delivered is tried again, and stays on the queue.
  When Kameleoon is down, workers wait and one of them tries a job now and then.
  All workers together keep one limit of requests a minute. SIGTERM or Ctrl-C stops a worker:
  jobs under way have ten seconds to settle, and what is left of them goes back to the queue.

Exit code:
  0 it was stopped, 2 wrong usage, or the queue or Kameleoon cannot be reached

Examples:
  $ kameleoon-destination work --queue redis://localhost:6379
  $ KAMELEOON_QUEUE=postgres://user:password@db/events kameleoon-destination work --metrics 9464 --log json
`,
  receive: `${QUEUE}
Environment:
  KAMELEOON_RECEIVE_WRITE_KEY  the write key, instead of --write-key

What it does:
  Takes events over HTTP: Segment's Tracking API (/v1/track, page, screen, identify, group,
  alias, batch and import, with Segment's limits, plain or gzip), and /v1/webhook with one event, an
  array, or one event a line. The write key is the user name of basic authentication, or
  "writeKey" in the body. It answers 200 once the events are kept in the queue; 429 or 503 with
  Retry-After when they are not, so that the sender sends them again; 400 and what is wrong when no
  event is valid. One receiver at a time moves events from there to the partitions of the queue.
  /healthz says that the process runs, /readyz that it reaches the queue.
  SIGTERM or Ctrl-C stops it: it finishes the requests under way.
  It speaks HTTP: put something that speaks HTTPS in front, and --host 0.0.0.0 if that is elsewhere.

Exit code:
  0 it was stopped, 2 wrong usage, or the queue cannot be reached, or the port is in use

Examples:
  $ kameleoon-destination receive --queue redis://localhost:6379
  $ curl -u KEY: -d '{"userId": "you", "event": "Order Completed"}' http://127.0.0.1:8080/v1/track
`,
  queue: `${QUEUE}
Exit code:
  0 done, 2 wrong usage or the queue cannot be reached

Examples:
  $ kameleoon-destination queue status --queue redis://localhost:6379
  $ kameleoon-destination queue dead --reason "visitor code" --json | jq -r .[].event
  $ kameleoon-destination queue redrive --mapping mended.json
  $ kameleoon-destination queue drain --yes
`
} as const

/** The same for each command below `queue`, by its name. */
export const QUEUE_HELP = {
  status: `
Exit code:
  0 done, 2 wrong usage or the queue cannot be reached

Example:
  $ kameleoon-destination queue status --queue redis://localhost:6379 --json
`,
  dead: `
Exit code:
  0 done, also when there are none; 2 wrong usage or the queue cannot be reached

Example:
  $ kameleoon-destination queue dead --reason "visitor code" --limit 100
`,
  redrive: `
Exit code:
  0 done, 2 wrong usage or the queue cannot be reached

Example:
  $ kameleoon-destination queue redrive --mapping mended.json
`,
  pause: `
Exit code:
  0 done, 2 wrong usage or the queue cannot be reached

Example:
  $ kameleoon-destination queue pause
`,
  resume: `
Exit code:
  0 done, 2 wrong usage or the queue cannot be reached

Example:
  $ kameleoon-destination queue resume
`,
  drain: `
Exit code:
  0 done, 2 wrong usage, without --yes, or the queue cannot be reached

Example:
  $ kameleoon-destination queue drain --yes
`
} as const
