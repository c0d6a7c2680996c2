import { Center, Loader, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { Failure } from './failure'

interface Answer<Data> {
  data: Data | undefined
  error: unknown
}

interface LoadedProps<Data> {
  answer: Answer<Data>
  what: string
  children: (data: Data) => ReactNode
}

/** Draws what was asked for once it is there; until then that it is on its way, or why it is not. */
export function Loaded<Data>({ answer, what, children }: LoadedProps<Data>) {
  const { data, error } = answer
  if (data !== undefined) return children(data)
  if (error) {
    return (
      <Stack p="md">
        <Failure error={error} title={`Could not read ${what}`} />
      </Stack>
    )
  }
  return (
    <Center p="xl">
      <Loader size="sm" aria-label={`Reading ${what}`} role="status" />
    </Center>
  )
}
