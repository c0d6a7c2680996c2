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
