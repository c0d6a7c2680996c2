import type { KameleoonClient } from '../api/client'
import { projectOf } from '../api/project'
import type { VisitEvent } from '../api/visit-events'
import type { GoalReference, PlannedEvent } from '../telling/telling'
import { failureOf } from './failure'
import type { Failure } from './failure'
import type { Message } from './message'
import { nonceOf } from './nonce'

/** A goal's number; nothing if there is none and none may be created; or why it could not be found out. */
type Resolved = { goalId?: number } | { failure: Failure }

/** Turns the planned visit events of all messages into events on the wire, after finding or creating their goals. */
export async function resolveVisitEvents(client: KameleoonClient, messages: Message[]): Promise<void> {
  const goals = await resolveGoals(client, messages)
  for (const message of messages) {
    message.telling.visitEvents.forEach((planned, position) => {
      const parameters = parametersOf(planned, goals, message)
      if (parameters) message.visitEvents.push(wireEvent(message, planned, parameters, position))
    })
  }
}

function parametersOf(planned: PlannedEvent, goals: Map<string, Resolved>, message: Message): object | undefined {
  if (!planned.goal) return planned.parameters
  if ('goalId' in planned.goal) return { goalId: planned.goal.goalId, ...planned.parameters }
  const resolved = goals.get(keyOf(planned.goal)) ?? {}
  if ('failure' in resolved) message.failures.push(resolved.failure)
  else if (resolved.goalId !== undefined) return { goalId: resolved.goalId, ...planned.parameters }
  else message.missingGoals.push(planned.subject)
  return undefined
}

function wireEvent(message: Message, planned: PlannedEvent, parameters: object, position: number): VisitEvent {
  const event: VisitEvent = {
    eventType: planned.eventType,
    ...parameters,
    nonce: nonceOf(message.identity, planned.eventType, position, planned.subject),
    visitorCode: message.visitor.visitorCode
  }
  if (message.visitEvents.length === 0 && message.userAgent !== undefined) event.userAgent = message.userAgent
  return event
}

async function resolveGoals(client: KameleoonClient, messages: Message[]): Promise<Map<string, Resolved>> {
  const wanted = new Map<string, GoalReference>()
  for (const { telling } of messages) {
    for (const { goal } of telling.visitEvents) if (goal && 'names' in goal) wanted.set(keyOf(goal), goal)
  }
  const resolved = new Map<string, Resolved>()
  await Promise.all(
    [...wanted].map(async ([key, goal]) => {
      resolved.set(key, await resolve(client, goal))
    })
  )
  return resolved
}

async function resolve(client: KameleoonClient, goal: GoalReference): Promise<Resolved> {
  if ('goalId' in goal) return goal
  const { goals } = projectOf(client.connection)
  try {
    const found = goal.mayCreate ? await goals.findOrCreate(client, goal.names) : await goals.find(client, goal.names)
    return { goalId: found?.id }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

function keyOf(goal: GoalReference): string {
  return 'goalId' in goal ? String(goal.goalId) : `${goal.mayCreate} ${goal.names[goal.names.length - 1]}`
}
