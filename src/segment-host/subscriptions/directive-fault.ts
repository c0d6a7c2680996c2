import { transform } from '@segment/actions-core'
import type { JSONValue } from '@segment/actions-core'
import { messageOf } from '..'

/** What Segment's mapping language has against the value of one field, or null when it can be run. */
export function directiveFault(key: string, value: JSONValue): string | null {
  try {
    transform({ [key]: value }, {})
    return null
  } catch (error) {
    // All other errors come from running on an empty event, which proves nothing.
    const faults = [...messageOf(error).matchAll(/ValidationError: (.*)/g)].map(([, fault]) => fault)
    return faults.length > 0 ? faults.join(' ') : null
  }
}
