import { Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Discarded } from '../../contract'
import { useDiscarded, useWorkbenchState } from '../api/queries'
import { ToneBadge } from '../parts/badges'
import { Time } from '../parts/time'
import { Loaded, View } from '../parts/view'
import styles from './discarded.module.css'

export function DiscardedView() {
  const discarded = useDiscarded()
  const { data: state } = useWorkbenchState()
  return (
    <View
      title="Discarded"
      about="Kameleoon answers before it reads a request, so nobody is told what it would not keep. The emulator tells."
    >
      {state?.target.kind === 'real' ? (
        <Text>Events go to the real Kameleoon, which does not tell what it discards.</Text>
      ) : (
        <Loaded answer={discarded} what="what was discarded">
          {(list) => <List list={list} />}
        </Loaded>
      )}
    </View>
  )
}

function List({ list }: { list: Discarded[] }) {
  if (list.length === 0) {
    return (
      <Text c="dimmed" size="sm" maw={760}>
        Nothing so far: Kameleoon kept everything it accepted. The destination checks events before they leave, so this
        fills only with what it cannot know, for example a mapping whose Goal is a fixed number that the project does
        not have.
      </Text>
    )
  }
  return (
    <ul className={styles.list}>
      {list.map((one, index) => (
        <li key={index} className={styles.one}>
          <div className={styles.head}>
            <ToneBadge tone="bad" icon={<IconTrash size={13} />}>
              Discarded
            </ToneBadge>
            <Time at={one.at} c="dimmed" />
            <code>{one.path}</code>
          </div>
          <Text size="sm" fw={600}>
            {one.reason}
          </Text>
          <code>
            {one.field && `${one.field}: `}
            {JSON.stringify(one.value)}
          </code>
        </li>
      ))}
    </ul>
  )
}
