import { credentialsFrom } from './credentials'
import { EXAMPLES_PATH } from './examples-path'
import { coloursFor } from './print/terminal'
import { examplesText, workbenchText } from './print/workbench-text'
import type { Surroundings } from './surroundings'
import { packageVersion } from './version'
import { startWorkbench } from '../workbench'

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
  const running = await startWorkbench({
    ...{ ...options, definition, retry, version: packageVersion(), dataFolder: data },
    ...{ port: port ?? DEFAULT_WORKBENCH_PORT, anyPort: port === undefined },
    credentials: credentials && { ...credentials },
    examplesPath: examples ? EXAMPLES_PATH : undefined,
    log: (line) => stderr.write(`${line}\n`)
  })
  try {
    stdout.write(workbenchText(running, colours))
    stdout.write(examplesText(await running.examples, colours))
    await untilInterrupted()
  } finally {
    await running.close()
  }
  stdout.write('\nThe workbench has ended.\n')
  return 0
}
