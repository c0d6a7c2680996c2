import { Alert, Button, Group, Modal, Select, Tabs, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconSend } from '../parts/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSamples, useWorkbenchState } from '../api/queries'
import { request } from '../api/request'
import { JsonField } from '../parts/json-field'
import { useIsOnTop } from '../parts/layers'
import { Failure } from '../parts/view'
import { EventForm } from './event-form'
import { HappensPanel } from './happens-panel'
import styles from './send.module.css'
import { SentPanel } from './sent-panel'
import { eventsIn, FIRST_EVENT, textOf } from './written-events'

interface SendDialogProps {
  opened: boolean
  /** The event as JSON, or an array of events. */
  text: string
  onText: (text: string) => void
  onClose: () => void
}

/** Writes an event as a form or as JSON, shows what would happen, and sends it. What is typed is kept when it closes. */
export function SendDialog({ opened, onClose, ...rest }: SendDialogProps) {
  const isPhone = useMediaQuery('(max-width: 48em)')
  const isOnTop = useIsOnTop(opened)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnEscape={isOnTop}
      title="Send an event"
      size={980}
      closeButtonProps={{ 'aria-label': 'Close' }}
      fullScreen={isPhone}
      classNames={{ body: styles.body }}
    >
      <EventEditor onClose={onClose} {...rest} />
    </Modal>
  )
}

/** What was sent last. */
interface Sent {
  ids: string[]
  /** How often something was sent since the dialog was opened. */
  times: number
  text: string
}

function EventEditor({ text, onText, onClose }: Omit<SendDialogProps, 'opened'>) {
  const isReal = useWorkbenchState().data?.target.kind === 'real'
  const [sent, setSent] = useState<Sent>({ ids: [], times: 0, text: '' })
  const { events, single, problem } = eventsIn(text)
  const send = useMutation({
    mutationFn: () => request<{ ids: string[] }>('POST', 'events', { events }),
    onSuccess: ({ ids }) => setSent(({ times }) => ({ ids, times: times + 1, text }))
  })

  return (
    <>
      {isReal && <RealWarning />}
      <div className={styles.columns}>
        <div className={styles.editor}>
          <SampleChoice onText={onText} />
          <Tabs defaultValue="form">
            <Tabs.List aria-label="How the event is written">
              <Tabs.Tab value="form">Form</Tabs.Tab>
              <Tabs.Tab value="json">JSON</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form" pt="sm">
              {single ? (
                <EventForm event={single} onChange={(event) => onText(textOf(event))} />
              ) : (
                <Text size="sm">{whyNoForm(events)}</Text>
              )}
            </Tabs.Panel>
            <Tabs.Panel value="json" pt="sm">
              <JsonField
                label="Event"
                description="One Segment call as JSON, or an array of them. A missing messageId or timestamp is added."
                value={text}
                onChange={onText}
                problem={problem}
                minRows={12}
              />
            </Tabs.Panel>
          </Tabs>
        </div>
        <div className={styles.aside}>
          {sent.ids.length > 0 && <SentPanel ids={sent.ids} onLeave={onClose} />}
          <HappensPanel events={events} sent={sent.times} isReal={isReal} />
        </div>
      </div>
      <div className={styles.foot}>
        <Failure error={send.error} title="Not sent" />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button
            color={isReal ? 'red' : undefined}
            leftSection={<IconSend size={16} />}
            disabled={!events}
            loading={send.isPending}
            onClick={() => send.mutate()}
            data-autofocus
          >
            {sendWords(events?.length ?? 1, sent.times > 0 && sent.text === text)}
          </Button>
        </Group>
      </div>
    </>
  )
}

function sendWords(events: number, isRepeated: boolean): string {
  const again = isRepeated ? ' again' : ''
  return events > 1 ? `Send ${events.toLocaleString('en')} events${again}` : `Send${again}`
}

function whyNoForm(events: object[] | null): string {
  return events
    ? `The form shows one event, and this is a list of ${events.length.toLocaleString('en')}. See JSON.`
    : 'The text under JSON is not a complete event. Correct it there, or start from a sample.'
}

function RealWarning() {
  return (
    <Alert color="red" variant="filled" p="xs" mb="sm" icon={<IconAlertTriangle />}>
      What you send here is delivered to the REAL Kameleoon, through every enabled mapping.
    </Alert>
  )
}

/** Replaces the event by a sample. */
function SampleChoice({ onText }: { onText: (text: string) => void }) {
  const samples = useSamples()
  const data = [
    { value: '', label: 'The first example: an order' },
    ...(samples.data ?? []).map(({ id, label }) => ({ value: id, label }))
  ]
  const choose = (id: string | null) => {
    const sample = samples.data?.find((one) => one.id === id)
    if (sample) onText(textOf(sample.event))
    else if (id === '') onText(FIRST_EVENT)
  }
  return (
    <Select
      aria-label="Start from a sample"
      placeholder="Start from a sample…"
      data={data}
      value={null}
      onChange={choose}
      error={samples.error ? 'The samples could not be loaded.' : undefined}
      className={styles.samples}
    />
  )
}
