/** Commands of the README and of docs that are not run by the test, and why. Their words are checked all the same. */
export interface Exception {
  /** What such a line looks like. */
  line: RegExp
  reason: string
}

export const EXCEPTIONS: readonly Exception[] = [
  { line: /^npm ci && npm (start|test)$/, reason: 'installs and builds everything: the jobs of CI do that first' },
  { line: /^npm (ci|test)\b/, reason: 'the jobs of CI do that first' },
  { line: /^npm run (?!(--silent )?kameleoon )/, reason: 'a script for developers: it has to be in package.json' },
  { line: /^npm pack\b/, reason: 'scripts/check-package.ts packs and installs the package' },
  { line: /^npm install\b/, reason: 'needs a registry; scripts/check-package.ts installs the package' },
  { line: /^npx kameleoon-destination demo$/, reason: 'scripts/check-package.ts runs it in an empty folder' },
  { line: /^npx jest /, reason: 'would run tests inside tests' },
  { line: /^docker /, reason: 'needs Docker, which tests do not have' },
  { line: /^export KAMELEOON_/, reason: 'needs an account: the commands after it are run against a local Kameleoon' },
  { line: /^curl .*api\.segmentapis\.com/, reason: "needs a token for Segment's Public API" },
  { line: / (work|receive|queue) |--queue/, reason: 'needs a queue: src/fleet has tests with Redis and PostgreSQL' },
  { line: / probe --yes /, reason: 'takes half a minute: src/cli/commands/probe has tests of it' },
  { line: / emulate --like /, reason: 'needs the report of a probe: src/cli/__tests__/like-report.test.ts has one' }
]

export const exceptionFor = (line: string): Exception | undefined => EXCEPTIONS.find((one) => one.line.test(line))

/** Commands that end with another exit code than 0, as their page says. */
export const OTHER_EXIT_CODES: ReadonlyArray<{ line: RegExp; code: number }> = [
  { line: / deliver examples\/events\.ndjson/, code: 1 },
  { line: / probe$/, code: 2 }
]
