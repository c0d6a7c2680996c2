import type { Outcome, Subscription } from '../../segment-host'
import type { Fleet } from '../fleet'
import { eventsOf, type DeadLetter } from '../jobs/job-data'
import { storableText } from '../jobs/storable-text'
import type { TakenJob } from '../jobs/taken-job'

/**
 * Adds the rejected events of a job to the dead letters, each once.
 * @param results null for events that are not settled
 */
export async function deadLetters(
  { dead }: Pick<Fleet, 'dead'>,
  { job }: Pick<TakenJob, 'job'>,
  { name }: Pick<Subscription, 'name'>,
  results: readonly (Outcome | null)[]
): Promise<void> {
  const { data } = job
  const events = results.some((result) => result?.kind === 'rejected') ? eventsOf(data) : []
  const letters = events.flatMap((event, index) => {
    const result = results[index]
    if (result?.kind !== 'rejected') return []
    const letter: DeadLetter = {
      ...{ run: data.run, subscription: name, index: data.subscription, mapping: data.mapping },
      ...{ event: JSON.stringify(event), from: data.from[index] },
      ...{ status: result.status, reason: storableText(result.reason), at: Date.now() }
    }
    // With a priority, both backends list jobs in the order in which they came.
    const opts = { priority: 1, jobId: `${job.id}-${data.places?.[index] ?? index}` }
    return [{ name, data: letter, opts }]
  })
  if (letters.length > 0) await dead.queue.addBulk(letters)
}
