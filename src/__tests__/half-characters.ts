/** Whether JSON data holds a text that UTF-8 cannot carry. */
export function hasHalfCharacter(value: unknown): boolean {
  // JSON.stringify escapes halves and leaves whole characters as they are; an escaped backslash before it is a text's own.
  return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value))
}
