import type { KameleoonClient } from '../api/client'
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

/** A goal's number; nothing if there is none and none may be created; or why it could not be found out. */
type Resolved = { goalId?: number } | { failure: Failure }

/** Turns the planned visit events of all messages into events on the wire, after finding or creating their goals. */
export async function resolveVisitEvents(client: KameleoonClient, messages: Message[]): Promise<void> {
  const goals = await resolveGoals(client, messages)
  for (const message of messages) {
    message.telling.visitEvents.forEach((planned, position) => {
      const event = wireEvent(message, planned, position, goals)
      if (event) message.visitEvents.push(event)
    })
  }
}

function wireEvent(
  message: Message,
  planned: PlannedEvent,
  position: number,
  goals: Map<string, Resolved>
): VisitEvent | undefined {
  const { eventType, goal, parameters, subject } = planned
  const goalId = goal && goalIdOf(goal, goals, message)
  if (goal && goalId === undefined) return undefined
  const nonce = nonceOf(message.identity, eventType, position, subject)
  const { visitorCode } = message.visitor
  const identity = isFirst(message) ? { nonce, visitorCode, userAgent: message.userAgent } : { nonce, visitorCode }
  return goal ? { eventType, goalId, ...parameters, ...identity } : { eventType, ...parameters, ...identity }
}

/** The user agent of a message travels once, with its first event. */
function isFirst({ userAgent, visitEvents }: Message): boolean {
  return userAgent !== undefined && visitEvents.length === 0
}

function goalIdOf(goal: GoalReference, goals: Map<string, Resolved>, message: Message): number | undefined {
  if ('goalId' in goal) return goal.goalId
  const resolved = goals.get(keyOf(goal)) ?? {}
  if ('failure' in resolved) message.failures.push(resolved.failure)
  else if (resolved.goalId === undefined) message.missingGoals.push(goal.name)
  else return resolved.goalId
  return undefined
}

async function resolveGoals(client: KameleoonClient, messages: Message[]): Promise<Map<string, Resolved>> {
  const wanted = new Map<string, NamedGoal>()
  for (const { telling } of messages) {
    for (const { goal } of telling.visitEvents) if (goal && !('goalId' in goal)) wanted.set(keyOf(goal), goal)
  }
  const resolved = new Map<string, Resolved>()
  await Promise.all(
    [...wanted].map(async ([key, goal]) => {
      resolved.set(key, await resolve(client, goal))
    })
  )
  return resolved
}

async function resolve(client: KameleoonClient, { eventType, name, mayCreate }: NamedGoal): Promise<Resolved> {
  const { goals } = projectOf(client.connection)
  const names = goalNames(eventType, name)
  try {
    const found = mayCreate ? await goals.findOrCreate(client, names) : await goals.find(client, names)
    return { goalId: found?.id }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

function keyOf({ eventType, name, mayCreate }: NamedGoal): string {
  return `${mayCreate ? '+' : '-'}${eventType}\n${name}`
}
