import { Option, type Command } from 'commander'
import {
  drain,
  fleetOn,
  openBackend,
  pauseFleet,
  queuePlace,
  readDead,
  redrive,
  resumeFleet,
  statusOf,
  type DeadFilter,
  type DeadLetter,
  type Fleet
} from '../../../fleet'
import { readMappingFile, UsageError } from '../../../segment-host'
import { coloursFor, widthOf, type CommandContext } from '../../context'
import { wholeNumber } from '../../option-values'
import { counted } from '../../text'
import { deadText, statusText } from './queue-texts'
import { FLEET_HELP, QUEUE_HELP } from './help'
import { queueAddress } from './queue-address'

interface QueueOptions {
  queue?: string
  json?: boolean
}

interface DeadOptions extends QueueOptions, DeadFilter {
  limit: number
}

/** Adds the command `queue` with its subcommands. `onExitCode` receives their exit codes. */
export function addQueue<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  const queue = program
    .command('queue')
    .description('See what is on a queue, and manage it: status, dead letters, pause.')
    .addHelpText('after', FLEET_HELP.queue)
  const add = <Options extends QueueOptions>(
    name: keyof typeof QUEUE_HELP,
    description: string,
    action: (fleet: Fleet, options: Options, place: string) => Promise<void>
  ): Command =>
    queue
      .command(name)
      .description(description)
      .addHelpText('after', QUEUE_HELP[name])
      .option('--queue <url>', 'address of the queue: redis://… or postgres://…')
      .option('--json', 'print the result as JSON')
      .action(async (options: Options) => {
        const address = queueAddress(options.queue, context.terminal.env)
        const backend = await openBackend(address)
        try {
          await action(await fleetOn(backend), options, queuePlace(address))
          onExitCode(0)
        } finally {
          await backend.close()
        }
      })
  const { stdout, env } = context.terminal
  const print = (options: QueueOptions, value: object, text: () => string): void =>
    void stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`)

  add('status', 'What waits, what is under way, and what became of the rest.', async (fleet, options, place) => {
    const [status, risks] = await Promise.all([statusOf(fleet), fleet.risks()])
    print(options, { ...status, risks }, () => statusText({ ...status, risks, place }, coloursFor(stdout, env)))
  })
  addFilters(
    add('dead', 'Events that were rejected for good, with their reasons.', async (fleet, options: DeadOptions) => {
      const letters = await listDead(fleet, options)
      print(options, letters, () => deadText(letters, coloursFor(stdout, env), widthOf(stdout)))
    }).option('--limit <number>', 'most events shown', wholeNumber(1), 20)
  )
  addFilters(
    add(
      'redrive',
      'Send dead letters again, for instance after a mapping was mended.',
      async (fleet, options: DeadOptions & { mapping?: string }) => {
        const subscriptions = options.mapping ? readMappingFile(options.mapping, context.definition) : undefined
        const { run, events, left } = await redrive(fleet, options, subscriptions)
        print(options, { run, events, left }, () => redriveText(run, events, left))
      }
    ).option('--mapping <file>', 'subscriptions that take the place of those of the same name')
  )
  add('pause', 'Let workers finish what they have, and take nothing more.', async (fleet, options) => {
    await pauseFleet(fleet)
    print(options, { paused: true }, () => 'Workers take no more jobs. "queue resume" lets them go on.')
  })
  add('resume', 'Let workers take jobs again.', async (fleet, options) => {
    await resumeFleet(fleet)
    print(options, { paused: false }, () => 'Workers take jobs again.')
  })
  add(
    'drain',
    'Remove all events that wait; dead letters stay.',
    async (fleet, options: QueueOptions & { yes?: boolean }) => {
      if (!options.yes)
        throw new UsageError('This removes all events that wait on the queue, for good. Add --yes to do it')
      const jobs = await drain(fleet)
      print(options, { jobs }, () => `Removed: ${counted(jobs, 'job')}.`)
    }
  ).addOption(new Option('--yes', 'do it'))
}

function addFilters(command: Command): void {
  command
    .option('--run <id>', 'only of this run')
    .option('--subscription <name>', 'only of this subscription')
    .option('--reason <text>', 'only with this text in the reason')
    .option('--status <number>', 'only with this status', wholeNumber(100, 599))
}

async function listDead(fleet: Fleet, { limit, ...filter }: DeadOptions): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = []
  await readDead(fleet, filter, (page) => {
    letters.push(...page.map(({ data }) => data))
    return Promise.resolve(letters.length < limit ? 0 : false)
  })
  return letters.slice(0, limit)
}

function redriveText(run: string, events: number, left: number): string {
  const text = `On the queue again, as run ${run}: ${counted(events, 'event')}.`
  return left === 0
    ? text
    : `${text}\nLeft as dead letters, since no subscription has the name of theirs: ${counted(left, 'event')}.`
}
