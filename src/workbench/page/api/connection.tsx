import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { takeCleared, takeSaved, takeState, takeSummaries } from './live'
import { listen } from './stream'

export type Connection = 'opening' | 'open' | 'lost'

const ConnectionContext = createContext<Connection>('opening')

export function useConnection(): Connection {
  return useContext(ConnectionContext)
}

/** Keeps the cache as the workbench is, for as long as the page is open. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [connection, setConnection] = useState<Connection>('opening')

  useEffect(() => {
    let wasLost = false
    return listen({
      onSummaries: (summaries) => takeSummaries(client, summaries),
      onState: (state) => takeState(client, state),
      onCleared: () => takeCleared(client),
      onSaved: () => takeSaved(client),
      onConnection: (connected) => {
        setConnection(connected ? 'open' : 'lost')
        // What happened without a connection was told to nobody.
        if (connected && wasLost) void client.invalidateQueries()
        wasLost = !connected
      }
    })
  }, [client])

  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}
