import { navigate, useHashLocation } from 'wouter/use-hash-location'
import { leave } from './unsaved'

const goGuarded: typeof navigate = (to, options) => leave(() => navigate(to, options))

/** Places of the page stand behind the # of its address, so that every one can be reloaded. */
export function useGuardedHash(): [string, typeof navigate] {
  const [place] = useHashLocation()
  return [place, goGuarded]
}

useGuardedHash.hrefs = (href: string) => `#${href}`
