#!/usr/bin/env node
import { setFlagsFromString } from 'v8'
import kameleoon from '../destinations/kameleoon'
import { startInProcess } from './embedded/embedded-emulator'
import { CAN_START_THREADS, startInThread } from './embedded/threaded-emulator'
import { run } from './program'

// Stack traces name the TypeScript source.
process.setSourceMapsEnabled(true)

// Of a long file, only a small part is needed at a time. Without this, V8 lets the heap grow to several times of that.
setFlagsFromString('--heap-growing-percent=50')

// The reader of the output may stop early, as `head` does. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

async function main(): Promise<void> {
  const { stdin, stdout, stderr, env } = process
  const context = {
    terminal: { stdin, stdout, stderr, env },
    definition: kameleoon,
    startEmbedded: CAN_START_THREADS ? startInThread : startInProcess,
    untilInterrupted
  }
  process.exitCode = await run(process.argv.slice(2), context)
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 2
})
