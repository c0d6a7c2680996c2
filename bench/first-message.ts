import type { ChildProcess } from 'child_process'

/**
 * The first message of a process that was forked from here.
 * @throws Error if it ends without one; what went wrong is then on standard error
 */
export function firstMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    // Both ends of the channel are part of the benchmark, so what comes is what was meant.
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} and without a result.`)))
  })
}
