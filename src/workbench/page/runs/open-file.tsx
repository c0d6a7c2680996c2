import { Button, FileButton, Text } from '@mantine/core'
import { IconFileImport } from '../parts/icons'
import { createContext, type ReactNode, use, useRef, useState } from 'react'
import { useWorkbenchState } from '../api/queries'
import { Confirm } from '../parts/confirm'
import { useSendFiles } from './send-file'

type Open = (files: File[]) => void

const OpenContext = createContext<Open>(() => undefined)

/** Sends the files that are opened on any view; asks first when they would go to the real Kameleoon. */
export function FileOpener({ children }: { children: ReactNode }) {
  const { data: state } = useWorkbenchState()
  const send = useSendFiles()
  const [asked, setAsked] = useState<File[] | null>(null)
  const isReal = state?.target.kind === 'real'
  const open: Open = (files) => {
    if (files.length === 0) return
    if (isReal) setAsked(files)
    else send.mutate(files)
  }
  return (
    <OpenContext value={open}>
      {children}
      <Confirm
        opened={asked !== null || send.isError}
        title={send.isError ? 'The file was not sent' : 'Send to the REAL Kameleoon?'}
        doing="Send all events"
        danger
        error={send.error}
        onConfirm={() => {
          if (asked) send.mutate(asked)
          setAsked(null)
        }}
        onCancel={() => {
          setAsked(null)
          send.reset()
        }}
      >
        <Text size="sm">
          Every event of {asked?.map(({ name }) => name).join(', ') ?? 'the file'} counts in the real project.
        </Text>
      </Confirm>
    </OpenContext>
  )
}

export function useOpenFiles(): Open {
  return use(OpenContext)
}

/** What `deliver` reads; the names are only a proposal of the file dialog. */
const ACCEPTED = '.ndjson,.jsonl,.json,.gz'

/** Chooses a file of events and sends it. */
export function OpenFileButton() {
  const open = useOpenFiles()
  const reset = useRef<() => void>(null)
  const choose = (files: File[]) => {
    open(files)
    // Otherwise the browser would not report it when the same file is chosen again.
    reset.current?.()
  }
  return (
    <FileButton onChange={choose} accept={ACCEPTED} resetRef={reset} multiple>
      {(props) => (
        <Button
          {...props}
          variant="default"
          leftSection={<IconFileImport size={16} />}
          title="NDJSON, a JSON array, or a Tracking API body; plain or gzip"
        >
          Open a file
        </Button>
      )}
    </FileButton>
  )
}
