import { credentialsFrom } from './credentials'
import { EXAMPLES_PATH } from './examples-path'
import { coloursFor } from './print/terminal'
import { examplesText, workbenchText } from './print/workbench-text'
import type { Surroundings } from './surroundings'
import { packageVersion } from './version'
import { startWorkbench } from '../workbench/server'

/** Where the page waits unless asked otherwise. */
export const DEFAULT_WORKBENCH_PORT = 4747

export interface WorkbenchCommandOptions {
  /** None given: the usual one, or any free one where that is taken. */
  port?: number
  host: string
  allowRemote?: boolean
  data: string
  writeKey?: string
  examples: boolean
}

/** Runs the workbench until it is interrupted. Resolves to 0. Throws a UsageError when it cannot start. */
export async function workbench<Settings>(
  { port, data, examples, ...options }: WorkbenchCommandOptions,
  { terminal, definition, retry, untilInterrupted }: Surroundings<Settings>
): Promise<number> {
  const { stdout, stderr, env } = terminal
  const colours = coloursFor(stdout, env)
  const credentials = credentialsFrom(env, definition)
  // From here on Ctrl-C ends it cleanly, also while the examples are under way.
  const interrupted = untilInterrupted()
  const running = await startWorkbench({
    ...{ ...options, definition, retry, version: packageVersion(), dataFolder: data },
    ...{ port: port ?? DEFAULT_WORKBENCH_PORT, anyPort: port === undefined },
    credentials: credentials && { ...credentials },
    examplesPath: examples ? EXAMPLES_PATH : undefined,
    log: (line) => stderr.write(`${line}\n`)
  })
  try {
    stdout.write(workbenchText(running, colours))
    const told = running.examples.then((report) => stdout.write(examplesText(report, colours)))
    await Promise.race([told.then(() => interrupted), interrupted])
  } finally {
    await running.close()
  }
  stdout.write('\nThe workbench has ended.\n')
  return 0
}
