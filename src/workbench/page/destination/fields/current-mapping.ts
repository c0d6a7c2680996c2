import { createContext, useContext } from 'react'

interface CurrentMapping {
  readonly current: Record<string, unknown>
}

/**
 * The mapping in its current state, for requests that send it along. A reference, so that a change of one field does not draw
 * all others anew.
 */
const Context = createContext<CurrentMapping>({ current: {} })

export const CurrentMappingProvider = Context.Provider
export const useCurrentMapping = (): CurrentMapping => useContext(Context)
