/** Tells everyone who asked that something has changed. */
export class Changes {
  private readonly listeners = new Set<() => void>()

  /** Adds a listener and returns the function that takes it away again. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  tell(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
