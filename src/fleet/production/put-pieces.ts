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

/**
 * Puts jobs on the queue. What a job has to wait for is there before it, so that none waits for ever if the process ends in
 * between. A job that was there already stays as it is.
 */
export async function putPieces(
  { partitions }: Pick<Fleet, 'partitions'>,
  run: PieceRun,
  pieces: readonly Piece[]
): Promise<void> {
  for (const wave of wavesOf(pieces)) {
    await Promise.all(
      [...wave].map(async ([partition, ofPartition]) => {
        const jobs = ofPartition.map((piece) => ({
          name: run.names[piece.subscription],
          data: dataOf(piece, run),
          opts: { jobId: jobId(run.id, partition, piece.sequence) }
        }))
        await partitions[partition].queue.addBulk(jobs)
      })
    )
  }
}

/** Pieces by partition, none of which waits for another one of the same wave in another partition. */
type Wave = Map<number, Piece[]>

function wavesOf(pieces: readonly Piece[]): Wave[] {
  const waves: Wave[] = []
  let wave: Wave = new Map()
  for (const piece of pieces) {
    if (waves.length === 0 || waitsFor(piece, wave)) {
      wave = new Map()
      waves.push(wave)
    }
    wave.set(piece.partition, [...(wave.get(piece.partition) ?? []), piece])
  }
  return waves
}

function waitsFor({ after }: Piece, wave: Wave): boolean {
  return Object.entries(after).some(([partition, until]) => {
    const first = wave.get(Number(partition))?.[0]
    return first !== undefined && first.sequence <= until
  })
}

function dataOf({ sequence, after, subscription, events }: Piece, { id, hashes }: PieceRun): JobData {
  return {
    ...{ run: id, sequence, after, subscription, mapping: hashes[subscription] },
    events: `[${events.map(({ text }) => text).join(',')}]`,
    from: events.map(({ from }) => from)
  }
}
