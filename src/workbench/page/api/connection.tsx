import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { EventSummary, WorkbenchState } from '../../contract'
import { takeCleared, takeSaved, takeState, takeSummaries } from './live'

type Connection = 'opening' | 'open' | 'lost'

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

const FIRST_WAIT = 500
const LONGEST_WAIT = 5_000
/** Several outcomes a second are one change of the page. */
const GATHERED_FOR = 200

interface StreamListener {
  /** The latest summary of each event since the last call. */
  onSummaries: (summaries: EventSummary[]) => void
  onState: (state: WorkbenchState) => void
  onCleared: () => void
  onSaved: () => void
  /** True once connected, also again after a loss; false when the connection broke. */
  onConnection: (connected: boolean) => void
}

/** Listens to the workbench until the returned function is called, and connects again whenever the connection breaks. */
export function listen(listener: StreamListener): () => void {
  let source: EventSource | null = null
  let wait = FIRST_WAIT
  let again: ReturnType<typeof setTimeout> | undefined
  const gathered = gatherer(listener.onSummaries)

  const open = () => {
    source = new EventSource('/api/stream')
    source.addEventListener('open', () => {
      wait = FIRST_WAIT
      listener.onConnection(true)
    })
    source.addEventListener('error', () => {
      // The browser's own repetition stops for good after an answer such as 502, so the page does it itself.
      source?.close()
      listener.onConnection(false)
      again = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    })
    source.addEventListener('summary', (message) => gathered.add(told<EventSummary>(message)))
    source.addEventListener('state', (message) => listener.onState(told<WorkbenchState>(message)))
    source.addEventListener('saved', () => listener.onSaved())
    source.addEventListener('cleared', () => {
      gathered.forget()
      listener.onCleared()
    })
  }

  open()
  return () => {
    clearTimeout(again)
    gathered.forget()
    source?.close()
  }
}

/** The contract tells what each kind of message holds. */
function told<Told>({ data }: MessageEvent): Told {
  return JSON.parse(String(data)) as Told
}

function gatherer(deliver: (summaries: EventSummary[]) => void) {
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
      timer ??= setTimeout(flush, GATHERED_FOR)
    },
    forget() {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    }
  }
}
