import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { visitorPlace } from '../parts/places'
import { View } from '../parts/view'
import { DeleteUser } from './delete-user'

/** Shown for the real Kameleoon, which tells about a visitor but has no list of them. */
export function FindVisitor() {
  const [code, setCode] = useState('')
  const [, navigate] = useLocation()
  const show = (event: FormEvent) => {
    event.preventDefault()
    navigate(visitorPlace(code.trim()))
  }
  return (
    <View title="Visitors" actions={<DeleteUser />}>
      <Text size="sm">
        Events go to the real Kameleoon, which has no list of its visitors. Enter a visitor code to see what Kameleoon
        has about this visitor, beside what was sent from here.
      </Text>
      <form onSubmit={show}>
        <Group gap="xs" align="flex-end">
          <TextInput label="Visitor code" value={code} onChange={(event) => setCode(event.currentTarget.value)} />
          <Button type="submit" disabled={code.trim() === ''}>
            Show
          </Button>
        </Group>
      </form>
    </View>
  )
}
