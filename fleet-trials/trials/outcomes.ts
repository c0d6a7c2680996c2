import { existsSync, readFileSync } from 'fs'
import type { DeadLetter } from '../../src/fleet'
import { storableText } from '../../src/fleet/jobs/storable-text'
import type { Subscription, Summary } from '../../src/segment-host'
import type { Stage } from '../stage/stage'

/** What `deliver --json` prints, with or without a queue. */
export type CommandSummary = Summary

/** A rejected event: where it comes from, the action that rejected it, and why. */
export interface Rejected {
  line: number
  /** Null for a line without an event. */
  action: string | null
  status: number
  reason: string
  /** Only of dead letters. */
  subscription?: string
}

/** All dead letters. @param mapping the file that they were mapped with, since they name its subscriptions */
export async function deadIn(stage: Stage, mapping: string): Promise<Rejected[]> {
  // Written by the trial.
  const subscriptions = JSON.parse(readFileSync(stage.path(mapping), 'utf8')) as Subscription[]
  const actions = new Map(subscriptions.map(({ name, partnerAction }) => [name, partnerAction]))
  const list = stage.run('queue', 'dead', '--queue', stage.queue, '--limit', '100000000', '--json')
  return (await list.json<DeadLetter[]>()).map(({ from, subscription, status, reason }) => ({
    ...{ line: Number(from.split(':').pop()), action: actions.get(subscription) ?? null, subscription, status, reason }
  }))
}

/** The events in a file of rejected ones. */
export function rejectedIn(path: string): Rejected[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  // Written by the command.
  return lines.map((line) => JSON.parse(line) as Rejected)
}

/** A queue keeps no character that a database cannot. */
export function rejectedText({ line, action, status, reason }: Rejected): string {
  return `line ${line}, ${action}: ${status} ${storableText(reason)}`
}
