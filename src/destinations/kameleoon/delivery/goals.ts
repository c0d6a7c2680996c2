import type { KameleoonClient } from '../api/client'
import type { GoalDirectory } from '../api/goal-directory'
import { projectOf } from '../api/project'
import type { VisitEvent } from '../api/visit-events'
import { goalNames } from '../telling/goal'
import type { GoalReference, PlannedEvent } from '../telling/telling'
import { failureOf } from './failure'
import type { Failure } from './failure'
import type { Message } from './message'
import { nonceOf } from './nonce'

/** A goal to find by name. */
type NamedGoal = Exclude<GoalReference, { goalId: number }>

/** A goal that events name, and once it was looked for: its number, why there is none, or nothing if none may be created. */
interface WantedGoal {
  goal: NamedGoal
  goalId?: number
  failure?: Failure
}

/** Turns the planned visit events of all messages into events on the wire, after finding or creating their goals. */
export async function resolveVisitEvents(client: KameleoonClient, messages: Message[]): Promise<void> {
  const wanted = new WantedGoals()
  for (const { telling } of messages) {
    for (const { goal } of telling.visitEvents) if (goal && !('goalId' in goal)) wanted.add(goal)
  }
  await findAll(client, wanted.goals)
  for (const message of messages) {
    message.telling.visitEvents.forEach((planned, position) => {
      const event = wireEvent(message, planned, position, wanted)
      if (event) message.visitEvents.push(event)
    })
  }
}

/** Every goal that a batch names, once. */
class WantedGoals {
  readonly goals: WantedGoal[] = []
  /** By name first: nearly every name stands for one goal only. */
  private readonly byName = new Map<string, WantedGoal[]>()

  add(goal: NamedGoal): void {
    if (this.get(goal)) return
    const wanted = { goal }
    this.goals.push(wanted)
    this.byName.set(goal.name, [...(this.byName.get(goal.name) ?? []), wanted])
  }

  get({ eventType, name, mayCreate }: NamedGoal): WantedGoal | undefined {
    return this.byName.get(name)?.find(({ goal }) => goal.eventType === eventType && goal.mayCreate === mayCreate)
  }
}

/** Only for goals that are not in memory is there anything to wait for. */
async function findAll(client: KameleoonClient, wanted: WantedGoal[]): Promise<void> {
  if (wanted.length === 0) return
  const { goals } = projectOf(client.connection)
  const unknown = wanted.filter((one) => {
    one.goalId = goals.known(goalNames(one.goal.eventType, one.goal.name))?.id
    return one.goalId === undefined
  })
  if (unknown.length > 0) await Promise.all(unknown.map((one) => find(client, goals, one)))
}

async function find(client: KameleoonClient, goals: GoalDirectory, wanted: WantedGoal): Promise<void> {
  const { eventType, name, mayCreate } = wanted.goal
  const names = goalNames(eventType, name)
  try {
    const found = mayCreate ? await goals.findOrCreate(client, names) : await goals.find(client, names)
    wanted.goalId = found?.id
  } catch (error) {
    wanted.failure = failureOf(error)
  }
}

function wireEvent(
  message: Message,
  planned: PlannedEvent,
  position: number,
  wanted: WantedGoals
): VisitEvent | undefined {
  const { eventType, goal, parameters, subject } = planned
  const goalId = goal && goalIdOf(goal, wanted, message)
  if (goal && goalId === undefined) return undefined
  const event: VisitEvent = {
    eventType,
    visitorCode: message.visitor.visitorCode,
    nonce: nonceOf(message.identity, eventType, position, subject)
  }
  if (isFirst(message)) event.userAgent = message.userAgent
  if (goal) event.goalId = goalId
  return Object.assign(event, parameters)
}

/** The user agent of a message travels once, with its first event. */
function isFirst({ userAgent, visitEvents }: Message): boolean {
  return userAgent !== undefined && visitEvents.length === 0
}

function goalIdOf(goal: GoalReference, wanted: WantedGoals, message: Message): number | undefined {
  if ('goalId' in goal) return goal.goalId
  const { goalId, failure } = wanted.get(goal) ?? {}
  if (failure) message.failures.push(failure)
  else if (goalId === undefined) message.missingGoals.push(goal.name)
  return goalId
}
