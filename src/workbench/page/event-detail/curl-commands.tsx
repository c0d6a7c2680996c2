import { Stack, Text } from '@mantine/core'
import type { Exchange } from '../../contract'
import { CodeView } from '../parts/code-view'

/** The commands that send a request again from a shell: one for a token, and the request. */
export function CurlCommands({ request: { url, curl, tokenCurl, sentTo } }: Pick<Exchange, 'request'>) {
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed">
        {sentTo === null
          ? 'The request went to Kameleoon itself. Sent again, its events have the same nonces.'
          : `The request went to the emulator of this workbench, and so do these commands. For Kameleoon itself the address is ${url}.`}
      </Text>
      {tokenCurl !== null && (
        <>
          <Text size="sm" fw={600}>
            1. Get a token
          </Text>
          <Text size="xs" c="dimmed">
            {sentTo === null
              ? 'Put in the id and the secret of your API credentials (Kameleoon: My profile > API credentials).'
              : 'The emulator takes any id and secret from this machine. Kameleoon itself needs those of your API credentials.'}
          </Text>
          <CodeView text={tokenCurl} what="the command for a token" />
          <Text size="sm" fw={600}>
            2. Send the request
          </Text>
        </>
      )}
      <CodeView text={curl} what="the request as curl" />
    </Stack>
  )
}
