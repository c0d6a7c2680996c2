import { Alert, Tabs, Text } from '@mantine/core'
import type { Exchange } from '../../contract'
import { ToneBadge } from '../parts/badges'
import { CodeView } from '../parts/code-view'
import type { Tone } from '../parts/words'
import { CurlCommands } from './curl-commands'
import { discardedIn } from './discarded-parts'
import styles from './event-detail.module.css'
import { isJson, indented, pathOf, rawRequest, rawResponse } from './http-text'
import { Results } from './results'

/**
 * One request to Kameleoon in three formats, its response, and what Kameleoon did with it. With several requests, only
 * those that have results for this event, or that failed, are open at first.
 */
export function ExchangeView({ exchange, startsOpen }: { exchange: Exchange; startsOpen: boolean }) {
  const { request, response, error, results, milliseconds, sharedBy } = exchange
  return (
    <details className={styles.exchange} open={startsOpen || results.length > 0 || hasFailed(exchange)}>
      <summary>
        <span className={styles.mono}>
          <b>{request.method}</b> {pathOf(request.url)}
        </span>{' '}
        <ToneBadge tone={toneOf(exchange)}>{response?.status ?? 'no response'}</ToneBadge>{' '}
        <Text span size="xs" c="dimmed">
          {Math.round(milliseconds)} ms
          {sharedBy > 1 && `, sent for ${sharedBy.toLocaleString('en')} events of the batch`}
        </Text>
      </summary>
      <Text className={styles.mono} mt={4}>
        {request.url}
      </Text>
      {request.sentTo && (
        <Text size="xs" c="dimmed">
          The emulator received it in place of Kameleoon, at <span className={styles.mono}>{request.sentTo}</span>
        </Text>
      )}
      <RequestFormats request={request} marked={sharedBy > 1 ? results.map(({ key }) => key) : undefined} />
      <h5 className={styles.resultsTitle}>Response</h5>
      {response ? (
        <CodeView text={rawResponse(response)} what={`the response, ${response.status}`} />
      ) : (
        <Alert color="red" variant="outline" p="xs">
          No response: {error ?? 'the connection was closed'}
        </Alert>
      )}
      <Results results={results} />
    </details>
  )
}

function RequestFormats({ request, marked }: Pick<Exchange, 'request'> & { marked?: string[] }) {
  return (
    <Tabs defaultValue="pretty" keepMounted={false} my={4}>
      <Tabs.List aria-label="Formats of the request">
        <Tabs.Tab value="pretty">Pretty</Tabs.Tab>
        <Tabs.Tab value="raw">Raw</Tabs.Tab>
        <Tabs.Tab value="curl">curl</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="pretty" pt={6}>
        {request.body === null ? (
          <Text size="xs" c="dimmed">
            The request has no body.
          </Text>
        ) : (
          <>
            {marked && marked.length > 0 && (
              <Text size="xs" c="dimmed" mb={4}>
                The body contains several events of the batch. The parts of this event are marked.
              </Text>
            )}
            <CodeView
              text={indented(request.body)}
              json={isJson(request.body)}
              what="the request body"
              marked={marked}
            />
          </>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="raw" pt={6}>
        <CodeView text={rawRequest(request)} what="the raw request" />
      </Tabs.Panel>
      <Tabs.Panel value="curl" pt={6}>
        <CurlCommands request={request} />
      </Tabs.Panel>
    </Tabs>
  )
}

/** A response says nothing of what is discarded after it, so it is not green then. */
function toneOf(exchange: Exchange): Tone {
  if (hasFailed(exchange)) return 'bad'
  return discardedIn([{ exchanges: [exchange] }]) > 0 ? 'quiet' : 'good'
}

function hasFailed({ response }: Exchange): boolean {
  return response === null || response.status >= 400
}
