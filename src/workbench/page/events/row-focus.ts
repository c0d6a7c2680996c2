const LINKS = 'tbody a'

/** Moves the focus among the rows of a table as the key says; false if the key says nothing about rows. */
export function moveFocus(table: HTMLTableElement, key: string): boolean {
  const links = [...table.querySelectorAll<HTMLAnchorElement>(LINKS)]
  const here = links.findIndex((link) => link === document.activeElement)
  const there = targetOf(key, here, links.length - 1)
  if (here < 0 || there === null) return false
  links[there].focus()
  return true
}

function targetOf(key: string, here: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(here + 1, last)
    case 'ArrowUp':
      return Math.max(here - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
