import { Alert, Anchor, Stack } from '@mantine/core'
import { useCallback, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Destination, SeenPath, Subscription } from '../../../contract'
import { useDestination, useSubscriptions } from '../../api/queries'
import { useUnsaved } from '../../parts/unsaved'
import { Loaded, View } from '../../parts/view'
import styles from '../destination.module.css'
import { CurrentMappingProvider } from '../fields/current-mapping'
import { SeenPathsProvider, useSeenEvents } from '../seen-events'
import { differs, draftOf, isNew, mappingFor, type MappingDraft, useDraft } from './drafts'
import { EditorButtons } from './editor-buttons'
import { MapFields, withField } from './map-fields'
import { useProblems } from './problems'
import { SelectEvents } from './select-events'
import { Step, StepLinks } from './steps'
import { TestEvent } from './test-event'
import { useWarnings } from './warnings'

/** The editor of one mapping, saved or new. */
export default function MappingView({ id }: { id: string }) {
  const destination = useDestination()
  const subscriptions = useSubscriptions()
  return (
    <Loaded answer={destination} what="the destination">
      {(known) => (
        <Loaded answer={subscriptions} what="the mappings">
          {(list) => (
            <FoundMapping id={id} destination={known} saved={list.find((mapping) => mapping.id === id) ?? null} />
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

interface FoundMappingProps {
  id: string
  destination: Destination
  saved: Subscription | null
}

function FoundMapping({ id, destination, saved }: FoundMappingProps) {
  const [draft] = useDraft(id)
  if (saved || (isNew(id) && draft)) return <MappingEditor id={id} destination={destination} saved={saved} />
  return (
    <View title="Mapping">
      <Alert color="red" variant="outline">
        This mapping does not exist.{' '}
        <Anchor component={Link} href="/destination" inherit underline="always">
          All mappings
        </Anchor>
      </Alert>
    </View>
  )
}

const NO_PATHS: SeenPath[] = []

interface MappingEditorProps {
  id: string
  destination: Destination
  saved: Subscription | null
}

function MappingEditor({ id, destination, saved }: MappingEditorProps) {
  const [kept, setKept, removeKept] = useDraft(id)
  // Changing this key resets inputs that hold unfinished text when a draft is discarded.
  const [round, setRound] = useState(0)
  // `FoundMapping` renders the editor only when a draft or a saved mapping exists.
  const draft = kept ?? draftOf(saved as Subscription)
  const isChanged = saved === null || differs(draft, saved) || Object.keys(draft.texts).length > 0
  const problems = useProblems(draft)
  const action = destination.actions.find(({ key }) => key === draft.partnerAction)
  const warnings = useWarnings(draft, action)
  const hasFilter = !problems.known.some(({ field }) => field === 'subscribe')
  const seen = useSeenEvents(hasFilter ? draft.subscribe : null)
  const latest = useRef(draft)
  const mapping = useRef(draft.mapping)
  latest.current = draft
  mapping.current = draft.mapping
  const change = useCallback((part: Partial<MappingDraft>) => setKept({ ...latest.current, ...part }), [setKept])
  const changeField = useCallback(
    (key: string, value: unknown, text?: string) => change(withField(latest.current, key, value, text)),
    [change]
  )
  const discard = () => {
    removeKept()
    setRound(round + 1)
  }
  const chooseAction = useCallback(
    (key: string) => {
      const chosen = destination.actions.find((offered) => offered.key === key)
      if (chosen) change({ partnerAction: key, mapping: mappingFor(chosen, mapping.current), texts: {} })
    },
    [change, destination]
  )
  const title = isNew(id) ? 'New mapping' : draft.name || 'Mapping'
  useUnsaved(isChanged && kept ? `the mapping ${draft.name || 'without a name'}` : null, discard)

  return (
    <View
      title={title}
      about={
        <>
          <Anchor component={Link} href="/destination" inherit underline="always">
            All mappings
          </Anchor>
          <span role="status">{kept && isChanged && !isNew(id) && ' · Unsaved changes, kept when you reload'}</span>
        </>
      }
    >
      <StepLinks />
      <SeenPathsProvider value={seen?.paths ?? NO_PATHS}>
        <div className={styles.columns} key={round}>
          <Stack gap="sm" miw={0}>
            <Step id="select-events">
              <SelectEvents
                name={draft.name}
                enabled={draft.enabled}
                action={draft.partnerAction}
                filter={draft.subscribe}
                destination={destination}
                problems={problems.known}
                seen={seen}
                onAction={chooseAction}
                onChange={change}
              />
            </Step>
            <Step id="map-fields">
              <CurrentMappingProvider value={mapping}>
                <MapFields
                  draft={draft}
                  actions={destination.actions}
                  problems={problems.known}
                  warnings={warnings}
                  onChange={changeField}
                />
              </CurrentMappingProvider>
            </Step>
          </Stack>
          <div className={styles.test}>
            <Step id="test-event">
              <TestEvent id={id} draft={draft} problems={problems.known} seen={seen} />
            </Step>
          </div>
        </div>
      </SeenPathsProvider>
      <EditorButtons
        id={id}
        draft={draft}
        isChanged={isChanged}
        problems={problems}
        onGone={removeKept}
        onDiscard={discard}
      />
    </View>
  )
}
