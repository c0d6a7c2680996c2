import { MAX_PAGE_TEXT_LENGTH } from '../api/limits'
import type { Page } from '../api/visit-events'
import { own, ownText } from '../own'
import type { PlannedEvent } from './telling'

/** A PAGE event, if the call says which address was seen. Address and title are cut to what Kameleoon keeps. */
export function pageView(
  properties: Record<string, unknown> | undefined,
  context: Record<string, unknown> | undefined
): PlannedEvent[] {
  const page = own(context, 'page')
  const href = ownText(properties, 'url') ?? ownText(page, 'url')
  if (href === undefined) return []
  const title = ownText(properties, 'title') ?? ownText(page, 'title')
  const parameters: Page = { href: cut(href), ...(title === undefined ? {} : { title: cut(title) }) }
  return [{ eventType: 'PAGE', subject: '', parameters }]
}

/** Cuts between characters, never inside a surrogate pair, and leaves half ones out. */
function cut(text: string): string {
  const whole = text.trim().slice(0, MAX_PAGE_TEXT_LENGTH)
  return whole.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
}
