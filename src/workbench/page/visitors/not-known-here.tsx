import { Text } from '@mantine/core'
import { View } from '../parts/view'

/** Only the emulator lets anybody look into its memory. */
export function NotKnownHere() {
  return (
    <View title="Visitors">
      <Text>
        Events go to the real Kameleoon, which does not tell what it keeps of a visitor. Look into its own reports, or
        go back to the emulator on the Destination page.
      </Text>
    </View>
  )
}
