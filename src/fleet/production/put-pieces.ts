import type { Fleet } from '../fleet'
import { jobId, type JobData } from '../jobs/job-data'
import type { Piece } from './division'

/** The run that pieces belong to. */
export interface PieceRun {
  id: string
  /** Names of its subscriptions, and their hashes. */
  names: readonly string[]
  hashes: readonly string[]
}

/** Puts jobs on the queue, those of a partition in the order of their sequences. A job that was there already stays as it is. */
export async function putPieces(
  { partitions }: Pick<Fleet, 'partitions'>,
  run: PieceRun,
  pieces: readonly Piece[]
): Promise<void> {
  await Promise.all(
    partitions.map(async ({ queue }, partition) => {
      const jobs = pieces
        .filter((piece) => piece.partition === partition)
        .map((piece) => ({
          name: run.names[piece.subscription],
          data: dataOf(piece, run),
          opts: { jobId: jobId(run.id, partition, piece.sequence) }
        }))
      if (jobs.length > 0) await queue.addBulk(jobs)
    })
  )
}

function dataOf({ sequence, after, subscription, events }: Piece, { id, hashes }: PieceRun): JobData {
  return {
    ...{ run: id, sequence, after, subscription, mapping: hashes[subscription] },
    events: `[${events.map(({ text }) => text).join(',')}]`,
    from: events.map(({ from }) => from)
  }
}
