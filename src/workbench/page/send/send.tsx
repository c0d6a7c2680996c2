import { Button } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { IconSend } from '../parts/icons'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { useWorkbenchState } from '../api/queries'
import { SendDialog } from './send-dialog'
import styles from './send.module.css'
import { FIRST_EVENT } from './written-events'

/** Opens the dialog with this event, or with what was written last. */
type OpenSending = (text?: string) => void

const SendingContext = createContext<OpenSending>(() => undefined)

export function useSending(): OpenSending {
  return useContext(SendingContext)
}

/** Holds the dialog that sends events, for every view. */
export function Sending({ children }: { children: ReactNode }) {
  const [text, setText] = useSessionStorage({
    key: 'event-draft',
    defaultValue: FIRST_EVENT,
    getInitialValueInEffect: false
  })
  const [isOpen, setOpen] = useState(false)
  const open = useCallback(
    (given?: string) => {
      if (given !== undefined) setText(given)
      setOpen(true)
    },
    [setText]
  )
  return (
    <SendingContext value={open}>
      {children}
      <SendDialog opened={isOpen} text={text} onText={setText} onClose={() => setOpen(false)} />
    </SendingContext>
  )
}

/** The button in the header of every view. */
export function SendButton() {
  const open = useSending()
  const isReal = useWorkbenchState().data?.target.kind === 'real'
  return (
    <Button
      className={styles.button}
      color={isReal ? 'red' : undefined}
      leftSection={<IconSend size={16} />}
      onClick={() => open()}
    >
      <span className={styles.buttonWord}>Send</span>
    </Button>
  )
}
