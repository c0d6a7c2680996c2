import { spawn, type ChildProcess } from 'child_process'
import path from 'path'

const LONGEST_WAIT = 30_000

/**
 * Starts the workbench of a package installed in this folder, and asks for its page, a file of the page, and what became of
 * the examples. Throws an Error that says what was missing.
 */
export async function tryWorkbench(folder: string): Promise<void> {
  const command = path.join(folder, 'node_modules/.bin/kameleoon-destination')
  const workbench = spawn(command, ['workbench', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const address = await printedAddress(workbench)
    const page = await textAt(`${address}/`)
    const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(page)?.[1]
    if (script === undefined) throw new Error(`The page names no script:\n${page}`)
    await textAt(`${address}/${script}`)
    // Whoever prints the address has not yet delivered the examples.
    await until(async () => /"waiting":0.*"delivered":[1-9]/.test(await textAt(`${address}/api/state`)))
  } finally {
    workbench.kill()
  }
}

function printedAddress(workbench: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    workbench.stdout?.on('data', (text: Buffer) => {
      printed += text.toString()
      const address = /http:\/\/[\d.:]+/.exec(printed)?.[0]
      if (address) resolve(address)
    })
    workbench.on('exit', (code) => reject(new Error(`The workbench ended with ${code}; it said:\n${printed}`)))
  })
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST_WAIT
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('The examples of the workbench were not delivered')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
