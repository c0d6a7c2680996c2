import { writeFile } from 'fs/promises'
import os from 'os'
import path from 'path'
import { CASES } from './cases'
import { deliverFile, type FileTrial } from './file-trial'
import { pictureOf } from './picture'
import { FAST, FULL, type Plan } from './plan'
import { reportText, targetsText } from './report'
import { resultsOf, type Results, type Rounds } from './results'
import { startSink } from './running-sink'
import { runTrial } from './running-trial'
import { targetsOf } from './targets'

async function main(): Promise<void> {
  const plan = process.argv.includes('--fast') ? FAST : FULL
  say(`${os.cpus().length} cores, load ${loadText()} before`)
  const rounds = await runRounds(plan)
  const results = resultsOf(rounds, await runFiles(plan))
  const picture = pictureOf(results)
  say(`load ${loadText()} after\n`)
  process.stdout.write(`${reportText(results)}\n\n`)
  if (plan.isJudged) await judge(results, picture)
  else process.stdout.write('Every event arrived exactly once. Sizes too small to say anything about speed.\n')
}

/** All cases one after another, and again: what slows the machine for a while does not fall on one case alone. */
async function runRounds(plan: Plan): Promise<Rounds> {
  const sink = await startSink()
  const rounds: Rounds = new Map(CASES.map(({ name }) => [name, []]))
  try {
    for (let round = 1; round <= plan.rounds; round++) {
      for (const one of CASES) {
        const trial = await runTrial(one, plan, sink.url)
        rounds.get(one.name)?.push(trial)
        say(`round ${round} of ${plan.rounds}: ${one.name}, ${Math.round(trial.events / trial.seconds)} events/s`)
      }
    }
  } finally {
    sink.stop()
  }
  return rounds
}

async function runFiles({ files }: Plan): Promise<FileTrial[]> {
  const trials: FileTrial[] = []
  for (const events of files) {
    say(`file of ${events} events`)
    trials.push(await deliverFile(events))
  }
  return trials
}

async function judge(results: Results, picture: string): Promise<void> {
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
