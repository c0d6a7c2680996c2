import type { KameleoonClient } from '../kameleoon-api/client'
import type { GoalDirectory } from '../kameleoon-api/goal-directory'
import { projectOf } from '../kameleoon-api/project'
import type { Conversion, EventIdentity, VisitEvent } from '../kameleoon-api/visit-events'
import { goalNames } from '../plan/conversion'
import type { GoalReference, NamedGoal, PlannedEvent } from '../plan/plan'
import { failureOf } from './failure'
import type { Failure } from './failure'
import type { Message } from './message'
import { nonceOf } from './nonce'

/** A goal that events name, and once it was looked for: its number, why there is none, or nothing if none may be created. */
interface WantedGoal extends NamedGoal {
  goalId?: number
  failure?: Failure
  /** Another goal of the same name, for another type of event or from another mapping. */
  sameName?: WantedGoal
}

/** The goals that a batch names, each once. Those that are in memory are known at once. */
export class WantedGoals {
  private readonly client: KameleoonClient
  private readonly goals: GoalDirectory
  /** By name first: nearly every name stands for one goal only. */
  private readonly byName = new Map<string, WantedGoal>()
  private readonly unknown: WantedGoal[] = []

  constructor(client: KameleoonClient, messages: Message[]) {
    this.client = client
    this.goals = projectOf(client.connection).goals
    for (const { plan } of messages) {
      for (const planned of plan.visitEvents) if (planned.kind === 'conversion') this.want(planned.goal)
    }
  }

  get areAllKnown(): boolean {
    return this.unknown.length === 0
  }

  /** Asks Kameleoon for the others. What fails there is noted with the goal: only events that want it fail with it. */
  async findUnknown(): Promise<void> {
    await Promise.all(this.unknown.splice(0).map((goal) => this.find(goal)))
  }

  get({ eventType, name, mayCreate }: NamedGoal): WantedGoal | undefined {
    let goal = this.byName.get(name)
    while (goal && (goal.eventType !== eventType || goal.mayCreate !== mayCreate)) goal = goal.sameName
    return goal
  }

  private want(goal: GoalReference): void {
    if (goal.kind === 'name' && !this.get(goal)) this.add(goal)
  }

  private add({ eventType, name, mayCreate }: NamedGoal): void {
    const goalId = this.goals.known(goalNames(eventType, name))?.id
    const wanted: WantedGoal = { kind: 'name', eventType, name, mayCreate, goalId, sameName: this.byName.get(name) }
    this.byName.set(name, wanted)
    if (goalId === undefined) this.unknown.push(wanted)
  }

  private async find(wanted: WantedGoal): Promise<void> {
    const { client, goals } = this
    const names = goalNames(wanted.eventType, wanted.name)
    try {
      const found = await (wanted.mayCreate ? goals.findOrCreate(client, names) : goals.find(client, names))
      wanted.goalId = found?.id
    } catch (error) {
      wanted.failure = failureOf(error)
    }
  }
}

/** Turns the planned visit events of a message into events on the wire. */
export function resolveVisitEvents(message: Message, wanted: WantedGoals): void {
  const planned = message.plan.visitEvents
  // Nearly every message has one event, and a list made in one go takes less memory than one that grows.
  if (planned.length === 1) {
    const event = wireEvent(message, planned[0], 0, true, wanted)
    if (event) message.visitEvents = [event]
  } else if (planned.length > 1) {
    const events: VisitEvent[] = []
    planned.forEach((one, position) => {
      const event = wireEvent(message, one, position, events.length === 0, wanted)
      if (event) events.push(event)
    })
    message.visitEvents = events
  }
}

/** @param isFirst the user agent of a message travels once, with its first event */
function wireEvent(
  message: Message,
  planned: PlannedEvent,
  position: number,
  isFirst: boolean,
  wanted: WantedGoals
): VisitEvent | undefined {
  const { identity, visitor } = message
  const { eventType, parameters, subject } = planned
  const userAgent = isFirst ? message.userAgent : undefined
  if (planned.kind === 'conversion') {
    const goalId = goalIdOf(planned.goal, wanted, message)
    if (goalId === undefined) return undefined
    const { revenue, negative } = planned.parameters
    const nonce = nonceOf(identity, eventType, position, subject, negative ? -revenue : revenue)
    return conversionEvent(visitor.visitorCode, nonce, userAgent, goalId, planned.parameters)
  }
  const event: VisitEvent = {
    eventType,
    visitorCode: visitor.visitorCode,
    nonce: nonceOf(identity, eventType, position, subject)
  }
  if (userAgent !== undefined) event.userAgent = userAgent
  return Object.assign(event, parameters)
}

/** Most events are conversions: written out, they take less time and memory than copied from their parameters. */
function conversionEvent(
  visitorCode: string,
  nonce: string,
  userAgent: string | undefined,
  goalId: number,
  { revenue, negative, metadata }: Omit<Conversion, 'goalId'>
): VisitEvent {
  const eventType = 'CONVERSION'
  // The type makes the compiler ask for whatever a conversion must have.
  const event: EventIdentity & Conversion =
    userAgent === undefined
      ? { eventType, visitorCode, nonce, goalId, revenue, negative }
      : { eventType, visitorCode, nonce, userAgent, goalId, revenue, negative }
  if (metadata) event.metadata = metadata
  return event
}

function goalIdOf(goal: GoalReference, wanted: WantedGoals, message: Message): number | undefined {
  if (goal.kind === 'id') return goal.goalId
  const found = wanted.get(goal)
  if (found?.failure) message.fail(found.failure)
  else if (found?.goalId === undefined) message.lacksGoal(goal.name)
  return found?.goalId
}
