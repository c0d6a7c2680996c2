import { parentPort, workerData } from 'worker_threads'
import { startEmulator, type Emulator, type RecordedRequest } from '../../emulator'
import { addressOf, reportOf } from './embedded-emulator'
import type { Question, ThreadStart, Told } from './messages'

// The thread of the embedded emulator, started by threaded-emulator.ts. An error that nothing catches ends it, and the
// command is told.

function tell(told: Told): void {
  parentPort?.postMessage(told)
}

async function answer({ kind }: Question, emulator: Emulator): Promise<void> {
  if (kind === 'report') return tell({ kind, report: reportOf(emulator) })
  await emulator.close()
  tell({ kind })
  // Nothing is left to wait for, so the thread ends.
  parentPort?.close()
}

async function main({ options, tellsRequests }: ThreadStart): Promise<void> {
  const onRequest = (request: RecordedRequest): void => tell({ kind: 'request', request })
  const emulator = await startEmulator({ ...options, onRequest: tellsRequests ? onRequest : undefined })
  parentPort?.on('message', (question: Question) => void answer(question, emulator))
  tell({ kind: 'started', address: addressOf(emulator) })
}

// threaded-emulator.ts starts this file, and passes a ThreadStart.
void main(workerData as ThreadStart)
