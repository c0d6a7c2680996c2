import { CodeView } from './code-view'

/** A value as JSON, laid out to be read. */
export function JsonView({ value, what, tall }: { value: unknown; what: string; tall?: boolean }) {
  return <CodeView json text={JSON.stringify(value, null, 2) ?? 'nothing'} what={what} tall={tall} />
}
