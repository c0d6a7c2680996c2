#!/usr/bin/env node
import { setFlagsFromString } from 'v8'
import kameleoon from '../destinations/kameleoon'
import type { StopSignal } from './context'
import { startInProcess } from './embedded/embedded-emulator'
import { CAN_START_THREADS, startInThread } from './embedded/threaded-emulator'
import { run } from './program'

// Stack traces name the TypeScript source.
process.setSourceMapsEnabled(true)

// Of a long file, only a small part is needed at a time. Without this, V8 lets the heap grow to several times of that.
setFlagsFromString('--heap-growing-percent=50')
// Short pauses of the event loop would start a collection before the young generation is full. Events that are under way are
// then copied more often; without that, a delivery takes a few percent less processor time.
setFlagsFromString('--no-minor-gc-task')

// V8 would allocate what survived often, such as the entries of a queue, in the old generation at once. From there, an entry that
// nobody needs any more keeps its event alive until the next collection of everything, so nearly all events were copied
// twice. Without that, garbage collection in a delivery takes half the time.
setFlagsFromString('--no-allocation-site-pretenuring')

// The reader of the output may stop early, as `head` does. That is not an error.
let onOutputClosed = (): void => process.exit(0)
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  onOutputClosed()
})
// Progress and hints are not worth an end.
process.stderr.on('error', () => undefined)

async function main(): Promise<void> {
  const { stdin, stdout, stderr, env } = process
  const context = {
    terminal: { stdin, stdout, stderr, env },
    definition: kameleoon,
    startEmbedded: CAN_START_THREADS ? startInThread : startInProcess,
    untilInterrupted,
    whenOutputCloses: (listener: () => void) => void (onOutputClosed = listener)
  }
  const code = await run(process.argv.slice(2), context)
  // A request that was under way when the run stopped would keep the process from ending.
  await Promise.all([stdout, stderr].map(flushed))
  process.exit(code)
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

function untilInterrupted(): Promise<StopSignal> {
  return new Promise((resolve) => {
    const stop = (signal: StopSignal): void => {
      // The next signal has its usual effect.
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve(signal)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(2)
})
