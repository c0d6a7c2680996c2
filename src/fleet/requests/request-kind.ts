import { DATA_HOSTS } from '../../destinations/kameleoon'

/** What Kameleoon limits apart: reading stored data, writing data, and the Automation API, which also gives tokens. */
export type RequestKind = 'reading' | 'writing' | 'automation'

const DATA_ORIGINS: readonly string[] = Object.values(DATA_HOSTS)

/** The kind of a request. @param method in any case */
export function kindOf(method: string, url: string): RequestKind {
  if (!DATA_ORIGINS.includes(new URL(url).origin)) return 'automation'
  return method.toUpperCase() === 'GET' ? 'reading' : 'writing'
}
