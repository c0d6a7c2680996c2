import { Alert, Anchor, Grid, Paper, Stack } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Destination, Subscription } from '../../contract'
import { useUnsaved } from '../shell/unsaved'
import { View } from '../parts/view'
import { differs, draftOf, isNew, type MappingDraft } from './drafts'
import { EditorButtons } from './editor-buttons'
import { MappingBasics } from './mapping-basics'
import { MappingFields } from './mapping-fields'
import { MappingPreview } from './mapping-preview'
import { useDraft } from './use-draft'
import { useProblems } from './use-problems'

interface MappingEditorProps {
  id: string
  destination: Destination
  saved: Subscription | null
}

export function MappingEditor({ id, destination, saved }: MappingEditorProps) {
  const [kept, setKept, removeKept] = useDraft(id)
  // Inputs that hold unfinished text begin anew when a draft is discarded.
  const [round, setRound] = useState(0)
  // `MappingView` draws this only with one of the two.
  const draft = kept ?? draftOf(saved as Subscription)
  const isChanged = saved === null || differs(draft, saved) || Object.keys(draft.texts).length > 0
  const problems = useProblems(draft)
  const change = (part: Partial<MappingDraft>) => setKept({ ...draft, ...part })
  const discard = () => {
    removeKept()
    setRound(round + 1)
  }
  const title = isNew(id) ? 'New mapping' : draft.name || 'Mapping'
  useUnsaved(isChanged && kept ? `the mapping ${draft.name || 'without a name'}` : null, discard)

  return (
    <View
      title={title}
      about={
        <Anchor component={Link} href="/destination" inherit underline="always">
          All mappings
        </Anchor>
      }
    >
      {kept && isChanged && !isNew(id) && (
        <Alert color="blue" variant="outline" p="xs" role="status">
          Changed and not saved yet. The draft is kept over a reload.
        </Alert>
      )}
      <Grid gap="md" key={round}>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="sm">
            <MappingBasics draft={draft} actions={destination.actions} problems={problems.known} onChange={change} />
            <MappingFields draft={draft} actions={destination.actions} problems={problems.known} onChange={change} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Paper withBorder p="sm" pos={{ base: 'static', md: 'sticky' }} top={64}>
            <MappingPreview draft={draft} />
          </Paper>
        </Grid.Col>
      </Grid>
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
