import { joined } from '../kameleoon-api/abort'
import type { Goal } from '../kameleoon-api/automation-api'
import { isConvertible } from '../kameleoon-api/goal-directory'
import type { GoalDirectory } from '../kameleoon-api/goal-directory'
import type { GoalNames } from '../kameleoon-api/goal-memory'
import type { KameleoonClient } from '../kameleoon-api/http'
import { MAX_NEW_GOALS_PER_HOUR } from '../kameleoon-api/limits'
import { projectOf } from '../kameleoon-api/project'
import { goalNames, whyNotCreated } from '../plan/goal-names'
import type { NamedGoal } from '../plan/plan'
import { cut } from '../values'
import { failureOf } from './failure'
import type { Failure } from './failure'
import type { Message } from './outcome'

/** What became of a goal that events name. */
export type ResolvedGoal =
  | { kind: 'goal'; goalId: number; note?: string }
  /** There is none to convert, and why, in words for the user. */
  | { kind: 'none'; reason: string }
  | { kind: 'failed'; failure: Failure }

interface WantedGoal {
  goal: NamedGoal
  names: GoalNames
  /** Why no goal is created if there is none, in words for the user. */
  obstacle?: string
}

/** The goals that the events of a batch name, each once. */
export class WantedGoals {
  private constructor(private readonly resolved: ReadonlyMap<string, ResolvedGoal>) {}

  /**
   * Finds the goals that messages name, in memory or at Kameleoon, and creates those that may be created. What fails is
   * noted with the goal, so only events that want it fail with it.
   */
  static async of(client: KameleoonClient, messages: readonly Message[]): Promise<WantedGoals> {
    const resolved = new Map<string, ResolvedGoal>()
    const wanted = wantedBy(messages)
    if (wanted.size === 0) return new WantedGoals(resolved)
    const { goals } = projectOf(client.connection)
    await goals.refresh(client)
    const unsure = [...wanted.values()].filter(({ names, obstacle }) => goals.isUnsure(names, obstacle === undefined))
    const failures = await goals.learn(
      client,
      unsure.map(({ names }) => names)
    )
    const resolving = [...wanted].map(async ([key, one]) => {
      resolved.set(key, await resolvedGoal(client, goals, one, failures))
    })
    await Promise.all(resolving)
    return new WantedGoals(resolved)
  }

  get(goal: NamedGoal): ResolvedGoal | undefined {
    return this.resolved.get(keyOf(goal))
  }
}

function wantedBy(messages: readonly Message[]): Map<string, WantedGoal> {
  const wanted = new Map<string, WantedGoal>()
  for (const { plan } of messages) {
    for (const event of plan.visitEvents) {
      if (event.kind !== 'conversion' || event.goal.kind !== 'name') continue
      const { goal } = event
      const key = keyOf(goal)
      if (!wanted.has(key)) {
        wanted.set(key, { goal, names: goalNames(goal.eventType, goal.name), obstacle: obstacleOf(goal) })
      }
    }
  }
  return wanted
}

/** One name may be wanted for two types of event, and by mappings that may and may not create it. */
function keyOf({ eventType, name, mayCreate }: NamedGoal): string {
  return `${eventType} ${mayCreate} ${name}`
}

async function resolvedGoal(
  client: KameleoonClient,
  goals: GoalDirectory,
  { goal: { name }, names, obstacle }: WantedGoal,
  failures: ReadonlyMap<string, unknown>
): Promise<ResolvedGoal> {
  try {
    const known = goals.find(names)
    if (known) return foundGoal(known)
    if (failures.has(names.created)) throw failures.get(names.created)
    if (obstacle !== undefined) return { kind: 'none', reason: obstacle }
    const created = await joined(() => goals.create(client, names), client.signal)
    return created ? foundGoal(created) : { kind: 'none', reason: tooMany(name) }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) }
  }
}

function foundGoal(goal: Goal): ResolvedGoal {
  if (isConvertible(goal)) {
    const note = `The goal ${shown(goal.name)} is inactive in Kameleoon; it was converted all the same.`
    return { kind: 'goal', goalId: goal.id, ...(goal.state === 'inactive' ? { note } : {}) }
  }
  const { type } = goal
  const name = shown(goal.name)
  const reason =
    goal.state === 'archived'
      ? `The goal ${name} is archived in Kameleoon, so it is not converted, and no other is created under its name. Restore it, or choose another Goal in the mapping.`
      : `The goal ${name} is of type ${type}, which events cannot convert. Choose a Goal of another type in the mapping, or rename this one in Kameleoon.`
  return { kind: 'none', reason }
}

function obstacleOf({ name, mayCreate }: NamedGoal): string | undefined {
  if (!mayCreate) return `No goal is named ${shown(name)}, and the mapping does not create goals.`
  const why = whyNotCreated(name)
  // The name is not shown: it may be personal data.
  return why === undefined
    ? undefined
    : `No goal has the name of the event, and none is created, since the name ${why}. ${WAY_OUT}`
}

function tooMany(name: string): string {
  const named = shown(name)
  return `No goal is named ${named}, and no more are created for now: ${MAX_NEW_GOALS_PER_HOUR} new names within an hour. ${WAY_OUT}`
}

const WAY_OUT =
  'Send static event names, choose a Goal in the mapping, or set Goal Matching (goalMatching) to "match only".'

const LONGEST_SHOWN = 80

function shown(name: string): string {
  return `"${name.length > LONGEST_SHOWN ? `${cut(name, LONGEST_SHOWN)}…` : name}"`
}
