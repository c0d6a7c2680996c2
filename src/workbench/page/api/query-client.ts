import { QueryClient } from '@tanstack/react-query'
import { RequestError } from './request-error'

// The stream tells what changed, so nothing is asked for again on a timer or on focus.
export const queryClient = new QueryClient({
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
