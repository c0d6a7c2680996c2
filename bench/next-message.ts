import type { ChildProcess } from 'child_process'

/**
 * The next message of a process that was forked from here.
 * @throws Error if it ends without one; what went wrong is then on standard error
 */
export function nextMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => {
      reject(new Error(`${name} ended with code ${code} and without a result.`))
    }
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      // Both ends of the channel are part of the benchmark, so what comes is what was meant.
      resolve(message as Message)
    })
  })
}
