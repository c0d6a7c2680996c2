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

Examples:
  $ kameleoon-destination serve --emulator
  $ curl -H "Content-Type: application/json" -d '{"payload": {...}, "settings": {...}}' \\
      http://127.0.0.1:3000/logEvent
`
} as const
