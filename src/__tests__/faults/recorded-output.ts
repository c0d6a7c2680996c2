import { inspect } from 'util'

/** Records everything a process prints: console, standard output and standard error. */
export class RecordedOutput {
  readonly texts: string[] = []

  constructor() {
    for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
      jest.spyOn(console, method).mockImplementation((...args: unknown[]) => args.forEach((arg) => this.add(arg)))
    }
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => {
        this.texts.push(Buffer.from(chunk).toString('utf8'))
        return true
      })
    }
  }

  /** Adds everything a host may log of a value: text, stack, causes of an error, hidden fields. */
  add(value: unknown): void {
    if (typeof value === 'string') return void this.texts.push(value)
    this.texts.push(inspect(value, { depth: 10, showHidden: true, maxStringLength: null, maxArrayLength: null }))
    this.texts.push(JSON.stringify(value) ?? '')
    if (!(value instanceof Error)) return
    this.texts.push(String(value), value.stack ?? '')
    const { cause } = value as { cause?: unknown }
    if (cause !== undefined) this.add(cause)
  }

  /** The parts of the texts around any of these secrets. */
  thatHold(secrets: readonly string[]): string[] {
    return secrets.flatMap((secret) =>
      this.texts.filter((text) => text.includes(secret)).map((text) => around(text, secret))
    )
  }

  end(): void {
    jest.restoreAllMocks()
  }
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret)
  return text.slice(Math.max(0, at - 80), at + secret.length + 40)
}
