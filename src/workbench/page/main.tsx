import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './page.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RequestError } from './api/request'
import { App } from './app'
import { readableColours, theme } from './theme'

// The event stream reports every change, so queries are not repeated on a timer or on focus.
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof RequestError && error.status === 0,
      networkMode: 'always'
    },
    mutations: { networkMode: 'always' }
  }
})

const root = document.getElementById('page')
if (!root) throw new Error('index.html has no element with the id "page".')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={readableColours} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={3} />
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>
)
