import { joined } from '../kameleoon-api/abort'
import type { Goal } from '../kameleoon-api/automation-api'
import type { KameleoonClient } from '../kameleoon-api/http'
import { projectOf } from '../kameleoon-api/project'
import { goalNames } from '../plan/conversion'
import type { NamedGoal } from '../plan/plan'
import { failureOf } from './failure'
import type { Failure } from './failure'
import type { Message } from './outcome'

/** A goal that events name and, once it was looked for, its number or why there is none. Both are absent if none may be created. */
interface WantedGoal {
  goal: NamedGoal
  goalId?: number
  failure?: Failure
}

/** The goals that the events of a batch name, each once. */
export class WantedGoals {
  private readonly goals = new Map<string, WantedGoal>()

  private constructor(private readonly client: KameleoonClient) {}

  /**
   * Finds the goals that messages name, in memory or at Kameleoon, and creates those that may be created. What fails is
   * noted with the goal, so only events that want it fail with it.
   */
  static async of(client: KameleoonClient, messages: Message[]): Promise<WantedGoals> {
    const wanted = new WantedGoals(client)
    for (const { plan } of messages) {
      for (const event of plan.visitEvents) {
        if (event.kind === 'conversion' && event.goal.kind === 'name') wanted.add(event.goal)
      }
    }
    const unknown = [...wanted.goals.values()].filter(({ goalId }) => goalId === undefined)
    await Promise.all(unknown.map((goal) => wanted.find(goal)))
    return wanted
  }

  get(goal: NamedGoal): WantedGoal | undefined {
    return this.goals.get(keyOf(goal))
  }

  private add(goal: NamedGoal): void {
    const key = keyOf(goal)
    if (this.goals.has(key)) return
    const known = projectOf(this.client.connection).goals.known(goalNames(goal.eventType, goal.name))
    this.goals.set(key, { goal, goalId: known?.id })
  }

  private async find(wanted: WantedGoal): Promise<void> {
    const { eventType, name, mayCreate } = wanted.goal
    const { goals } = projectOf(this.client.connection)
    const names = goalNames(eventType, name)
    try {
      const join = () => (mayCreate ? goals.findOrCreate(this.client, names) : goals.find(this.client, names))
      const found = await joined<Goal | undefined>(join, this.client.signal)
      wanted.goalId = found?.id
    } catch (error) {
      wanted.failure = failureOf(error)
    }
  }
}

/** One name may be wanted for two types of event, and by mappings that may and may not create it. */
function keyOf({ eventType, name, mayCreate }: NamedGoal): string {
  return `${eventType} ${mayCreate} ${name}`
}
