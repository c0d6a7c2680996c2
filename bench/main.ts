import { writeFile } from 'fs/promises'
import os from 'os'
import path from 'path'
import { CASES, FAST, FULL, type Plan } from './cases'
import { deliveryRounds } from './delivery-trials'
import { deliverFile, type FileTrial } from './file-trial'
import { pictureOf } from './picture'
import { reportText, targetsOf, targetsText } from './report'
import { resultsOf, type Measured, type Results } from './results'
import { RunningCase, startSink } from './processes'

async function main(): Promise<void> {
  const plan = process.argv.includes('--fast') ? FAST : FULL
  say(`${os.cpus().length} cores, load ${loadText()} before`)
  const measured = await runCases(plan)
  const results = resultsOf(measured, await runFiles(plan), await deliveryRounds(plan, say))
  const picture = pictureOf(results)
  say(`load ${loadText()} after\n`)
  process.stdout.write(`${reportText(results)}\n\n`)
  if (plan.hasTargets) await checkTargets(results, picture)
  else process.stdout.write('Every event arrived exactly once. Sizes too small to say anything about speed.\n')
}

/** All cases, several times anew: what a process is like by chance, as compiled or laid out in memory, differs each time. */
async function runCases(plan: Plan): Promise<Measured[]> {
  const sink = await startSink()
  const measured = CASES.map((one): Measured => ({ one, passes: [], ends: [] }))
  try {
    for (let set = 1; set <= plan.sets; set++) {
      say(`set ${set} of ${plan.sets}`)
      await runSet(measured, sink.url, plan)
    }
    return measured
  } finally {
    sink.stop()
  }
}

/** A process for each case, and what they do. */
async function runSet(measured: Measured[], sinkUrl: string, plan: Plan): Promise<void> {
  const cases = CASES.map((one) => new RunningCase(one, sinkUrl))
  try {
    for (const running of cases) await running.warmUp(plan.warmUp)
    await runRounds(cases, measured, plan)
    for (const [index, running] of cases.entries()) {
      measured[index].ends.push(await running.end(plan.ownPasses, plan.ownEvents))
    }
  } finally {
    for (const running of cases) running.stop()
  }
}

/** All cases by turns, in passes of less than a second: what slows the machine for a while slows all of them alike. */
async function runRounds(cases: RunningCase[], measured: Measured[], plan: Plan): Promise<void> {
  for (let round = 1; round <= plan.rounds; round++) {
    for (const index of turnsOf(round)) {
      measured[index].passes.push(await cases[index].send(plan.eventsOf(cases[index].one)))
    }
  }
}

/** Forth and back again, so that no case is always the later one. */
function turnsOf(round: number): number[] {
  const forth = [...CASES.keys()]
  return round % 2 === 1 ? forth : forth.reverse()
}

async function runFiles({ files }: Plan): Promise<FileTrial[]> {
  const trials: FileTrial[] = []
  for (const events of files) {
    say(`file of ${events} events`)
    trials.push(await deliverFile(events))
  }
  return trials
}

async function checkTargets(results: Results, picture: string): Promise<void> {
  const targets = targetsOf(results)
  process.stdout.write(`${targetsText(targets)}\n`)
  await writeFile(path.join(__dirname, 'results.json'), `${JSON.stringify({ ...results, targets }, null, 2)}\n`)
  await writeFile(path.join(__dirname, 'results.svg'), picture)
}

/** What goes on meanwhile; the figures alone are on standard output. */
function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function loadText(): string {
  return os.loadavg()[0].toFixed(1)
}

void main()
