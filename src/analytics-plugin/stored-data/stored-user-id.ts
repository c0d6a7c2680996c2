import { engineVisitor } from '../engine'
import type { StoredDataSettings } from './settings'

interface SegmentUser {
  id(): unknown
}

/** Segment's analytics.js on the page. The npm build's `user` answers with a promise, the snippet's at once. */
interface SegmentGlobals {
  analytics?: { ready?(run: () => void): unknown; user?(): SegmentUser | Promise<SegmentUser> }
}

/** Calls `use` with the id under which the visitor's data is stored, as soon as it is known; not at all if there is none. */
export function withStoredId(by: StoredDataSettings['by'], use: (id: string) => void): void {
  const useKnown = (id: unknown): void => {
    if (typeof id === 'string' && id !== '') use(id)
  }
  if (by !== 'user id') return useKnown(engineVisitor()?.code)
  const { analytics }: Window & SegmentGlobals = window
  analytics?.ready?.(() => {
    void Promise.resolve(analytics.user?.()).then((user) => useKnown(user?.id()))
  })
}
