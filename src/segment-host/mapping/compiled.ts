/** Computes a value from an event or, inside `@arrayPath`, from one item of a list. */
export type Resolve = (data: unknown) => unknown

/** A part of a mapping as two functions of the data it maps. */
export interface Compiled {
  /** The value as the framework resolves it. It may be a part of the data itself. */
  resolve: Resolve
  /** The same value without undefined members, and without anything that the data has too. */
  clean: Resolve
}

/** Compiles a part of a mapping. @throws NotCompilable */
export type Compile = (mapping: unknown) => Compiled

/** This part of a mapping has to be resolved by the framework. */
export class NotCompilable extends Error {
  readonly name = 'NotCompilable'
}

/** For values that are never shared with the data, such as texts. */
export function unshared(resolve: Resolve): Compiled {
  return { resolve, clean: resolve }
}
