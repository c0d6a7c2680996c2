import { Text } from '@mantine/core'
import { IconTrash } from '../parts/icons'
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
      about="What Kameleoon accepted and then did not keep. The real Kameleoon responds before it checks a request, so only the emulator can show this."
    >
      {state?.target.kind === 'real' ? (
        <Text>Events go to the real Kameleoon, which does not report what it discards.</Text>
      ) : (
        <Loaded answer={discarded} what="the discarded data">
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
        Nothing was discarded. The destination checks events before it sends them, so this list shows only what it
        cannot check, for example a mapping with a fixed goal id that does not exist in the project.
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
