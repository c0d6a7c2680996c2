import typescript from 'typescript'

/** The compiler of Segment's repository. */
export const COMPILER_VERSION = '5.5.4'

export type TypeScript = typeof typescript

/** That compiler, which is this project's too. */
export function segmentsCompiler(): TypeScript {
  if (typescript.version === COMPILER_VERSION) return typescript
  throw new Error(
    `TypeScript ${typescript.version} is installed, but Segment's repository compiles with ${COMPILER_VERSION}`
  )
}
