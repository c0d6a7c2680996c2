import { CodeView, type CodeHeight } from './code-view'

/** A value as JSON, laid out to be read. */
export function JsonView({ value, what, height }: { value: unknown; what: string; height?: CodeHeight }) {
  return <CodeView json text={JSON.stringify(value, null, 2) ?? 'nothing'} what={what} height={height} />
}
