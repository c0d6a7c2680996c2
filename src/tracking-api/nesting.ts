/** Deeper than any real event. A value that is nested much deeper cannot be written as JSON without running out of stack. */
export const MOST_LEVELS = 500

/** Whether objects and arrays are nested more than this many levels deep. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isNestedDeeper(member, levels - 1))
}
