import { DEFAULT_PROJECT } from '../../../emulator'
import { queuePlace } from '../../../fleet'
import { watchedDefinition } from '../../../segment-host'
import type { CommandContext, Terminal } from '../../context'
import { checkConnection, projectFrom, type Credentials } from '../../credentials'
import { checkEmulator } from '../../target-check'
import { embeddedTarget, emulatorTarget, realTarget, type Target } from '../../target'
import { requestWatch, type Watch } from '../../watch'
import { queueAddress } from '../fleet/queue-address'
import type { DeliverOptions } from './options'
import { rateLimited } from './rate-limit'
import { requestObject, requestText } from './request-output'

/** Names where a run delivers to, so that a stopped run does not go on elsewhere. */
export function targetName(
  credentials: Credentials | null,
  { emulator, queue }: Pick<DeliverOptions, 'emulator' | 'queue'>,
  env: Terminal['env']
): string {
  if (queue !== undefined) return `the queue at ${queuePlace(queueAddress(queue, env))}`
  if (emulator) return `the emulator at ${emulator}`
  return credentials ? `project ${credentials.sitecode}` : 'the embedded emulator'
}

/**
 * The target that the options ask for, checked before the first event.
 * @param watch follows every request, and says which target it is
 * @throws UsageError when it cannot be reached, or is something else
 */
export async function deliveryTarget<Settings>(
  credentials: Credentials | null,
  options: Pick<DeliverOptions, 'emulator' | 'rate' | 'dryRun' | 'json'>,
  context: CommandContext<Settings>,
  watch: Pick<Watch, 'request' | 'note'>
): Promise<Target> {
  const { terminal } = context
  const say = (text: string): void => watch.note(text)
  const definition = watchedDefinition(rateLimited(context.definition, options.rate), requestWatch(watch))
  if (options.emulator) {
    const used = credentials ?? DEFAULT_PROJECT
    await checkEmulator(options.emulator, { credentials: used, env: terminal.env })
    say(`Delivering to the emulator at ${options.emulator}, nothing leaves this machine.`)
    return emulatorTarget(definition, options.emulator, used)
  }
  if (credentials) {
    await checkConnection(context.definition, credentials, terminal.env)
    say(`Delivering to Kameleoon, project ${credentials.sitecode}.`)
    return realTarget(definition, credentials)
  }
  return embedded(options, { ...context, definition }, say)
}

function embedded<Settings>(
  { dryRun, json }: Pick<DeliverOptions, 'dryRun' | 'json'>,
  context: CommandContext<Settings>,
  say: (text: string) => void
): Promise<Target> {
  const { stdout, env } = context.terminal
  if (!dryRun) {
    say(
      'KAMELEOON_API_KEY and KAMELEOON_SITECODE are not set: delivering to an embedded emulator of Kameleoon, nothing leaves this machine.'
    )
    return embeddedTarget(context)
  }
  say(
    'Dry run: these requests end at an embedded emulator of Kameleoon. Ids of goals and custom data come from it, not from your project.'
  )
  return embeddedTarget(context, projectFrom(env, context.definition), (request) => {
    stdout.write(json ? `${JSON.stringify(requestObject(request))}\n` : `${requestText(request)}\n`)
  })
}
