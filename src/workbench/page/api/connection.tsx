import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { EventSummary, WorkbenchState } from '../../contract'
import { takeCleared, takeSaved, takeState, takeSummaries } from './live'

type Connection = 'opening' | 'open' | 'lost'

const ConnectionContext = createContext<Connection>('opening')

export function useConnection(): Connection {
  return useContext(ConnectionContext)
}

/** Keeps the query cache up to date through the event stream. */
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
        // Changes during the interruption were not received, so everything is reloaded.
        if (connected && wasLost) void client.invalidateQueries()
        wasLost = !connected
      }
    })
  }, [client])

  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

/** Milliseconds before the first and before every later attempt to connect again. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 5_000
/** Milliseconds in which summaries are collected before the page is updated once. */
const COLLECTION_TIME = 200

interface StreamListener {
  /** The latest summary of each event since the last call. */
  onSummaries: (summaries: EventSummary[]) => void
  onState: (state: WorkbenchState) => void
  onCleared: () => void
  onSaved: () => void
  /** True once connected, also again after a loss; false when the connection broke. */
  onConnection: (connected: boolean) => void
}

/** Listens to the event stream, and connects again when the connection breaks. The returned function stops it. */
export function listen(listener: StreamListener): () => void {
  let source: EventSource | null = null
  let wait = FIRST_WAIT
  let again: ReturnType<typeof setTimeout> | undefined
  const collected = summaryCollector(listener.onSummaries)

  const open = () => {
    source = new EventSource('/api/stream')
    source.addEventListener('open', () => {
      wait = FIRST_WAIT
      listener.onConnection(true)
    })
    source.addEventListener('error', () => {
      // A browser does not reconnect after a response such as 502, so the page does.
      source?.close()
      listener.onConnection(false)
      again = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    })
    source.addEventListener('summary', (message) => collected.add(dataOf<EventSummary>(message)))
    source.addEventListener('state', (message) => listener.onState(dataOf<WorkbenchState>(message)))
    source.addEventListener('saved', () => listener.onSaved())
    source.addEventListener('cleared', () => {
      collected.forget()
      listener.onCleared()
    })
  }

  open()
  return () => {
    clearTimeout(again)
    collected.forget()
    source?.close()
  }
}

/** The contract defines the data of each message. */
function dataOf<Data>({ data }: MessageEvent): Data {
  return JSON.parse(String(data)) as Data
}

function summaryCollector(deliver: (summaries: EventSummary[]) => void) {
  const waiting = new Map<string, EventSummary>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const summaries = [...waiting.values()]
    waiting.clear()
    deliver(summaries)
  }
  return {
    add(summary: EventSummary) {
      waiting.set(summary.id, summary)
      timer ??= setTimeout(flush, COLLECTION_TIME)
    },
    forget() {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    }
  }
}
