import { execFile } from 'child_process'
import { promisify } from 'util'

const exec = promisify(execFile)

/** Runs a program to its end and resolves to what it printed. An error holds all that it said. */
export async function run(program: string, parameters: string[], folder: string): Promise<string> {
  try {
    const { stdout } = await exec(program, parameters, { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${parameters.join(' ')} failed:\n${stdout}${stderr}`)
  }
}

/** Reports that something holds, or throws with what was printed instead. */
export function expect(printed: string, part: string, what: string): void {
  if (!printed.includes(part)) throw new Error(`${what}: expected ${part}, but it said:\n${printed}`)
  console.log(`ok: ${what}`)
}
