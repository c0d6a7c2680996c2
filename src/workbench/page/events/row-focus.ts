const LINKS = 'tbody a'

/** Moves the focus from a row's link to another row as the key says; false if the key says nothing about rows. */
export function moveFocus(link: HTMLAnchorElement, key: string): boolean {
  const links = [...(link.closest('table')?.querySelectorAll<HTMLAnchorElement>(LINKS) ?? [])]
  const there = targetOf(key, links.indexOf(link), links.length - 1)
  if (there === null) return false
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
