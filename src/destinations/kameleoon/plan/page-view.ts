import { MAX_PAGE_TEXT_LENGTH } from '../kameleoon-api/limits'
import type { Page } from '../kameleoon-api/visit-events'
import { own } from '../own'
import { cut } from '../text'
import type { PlannedEvent } from './plan'

/** A PAGE event, if the call says which address was seen. Address and title are cut to what Kameleoon keeps. */
export function pageView(
  properties: Record<string, unknown> | undefined,
  context: Record<string, unknown> | undefined
): PlannedEvent[] {
  const page = own(context, 'page')
  const href = pageText(properties, 'url') ?? pageText(page, 'url')
  if (href === undefined) return []
  const title = pageText(properties, 'title') ?? pageText(page, 'title')
  const parameters: Page = { href, ...(title === undefined ? {} : { title }) }
  return [{ kind: 'event', eventType: 'PAGE', subject: '', parameters }]
}

function pageText(values: unknown, name: string): string | undefined {
  const text = own(values, name)
  return typeof text === 'string' ? cut(text, MAX_PAGE_TEXT_LENGTH) || undefined : undefined
}
