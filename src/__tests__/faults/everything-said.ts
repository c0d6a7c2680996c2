import { inspect } from 'util'

/** Collects all that a process says while something runs: console, standard output and error. */
export class EverythingSaid {
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

  /** Whatever a host may log of a value: its text, its stack, the causes of an error, hidden fields. */
  add(value: unknown): void {
    if (typeof value === 'string') return void this.texts.push(value)
    this.texts.push(inspect(value, { depth: 10, showHidden: true, maxStringLength: null, maxArrayLength: null }))
    this.texts.push(JSON.stringify(value) ?? '')
    if (!(value instanceof Error)) return
    this.texts.push(String(value), value.stack ?? '')
    const { cause } = value as { cause?: unknown }
    if (cause !== undefined) this.add(cause)
  }

  /** The texts that hold any of these, cut to what is around them. */
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
