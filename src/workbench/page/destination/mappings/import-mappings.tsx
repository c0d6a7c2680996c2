import { Button, FileButton, Text } from '@mantine/core'
import { IconDownload, IconUpload } from '../../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { MappingImport } from '../../../contract'
import { keys } from '../../api/queries'
import { messageOf, request } from '../../api/request'
import { Confirm } from '../../parts/confirm'
import { ImportSummary } from './import-summary'

export function ExportMappings() {
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      component="a"
      href="/api/exports/mappings.json"
      download
    >
      Export
    </Button>
  )
}

/** Reads mappings from a file, shows what would be added or replaced, and imports them after that. */
export function ImportMappings() {
  const client = useQueryClient()
  const reset = useRef<() => void>(null)
  const check = useMutation({
    mutationFn: async (file: File) => {
      const content = parsed(await file.text())
      return { content, plan: await request<MappingImport>('POST', 'subscriptions/import/check', { content }) }
    }
  })
  const apply = useMutation({
    mutationFn: (content: unknown) => request<MappingImport>('POST', 'subscriptions/import', { content }),
    onSuccess: () => {
      check.reset()
      return client.invalidateQueries({ queryKey: keys.subscriptions })
    }
  })
  const choose = (file: File | null) => {
    if (file) check.mutate(file)
    // Otherwise the browser would not report it when the same file is chosen again.
    reset.current?.()
  }
  const effective = check.data?.plan.mappings.filter(({ effect }) => effect === 'added' || effect === 'replaced') ?? []
  return (
    <>
      <FileButton onChange={choose} accept=".json" resetRef={reset}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={16} />} loading={check.isPending}>
            Import
          </Button>
        )}
      </FileButton>
      <Confirm
        opened={check.isSuccess || check.isError}
        title={titleFor(check.isError, effective.length)}
        doing={effective.length === 1 ? 'Import 1 mapping' : `Import ${effective.length} mappings`}
        disabled={effective.length === 0}
        busy={apply.isPending}
        error={apply.error}
        onConfirm={() => apply.mutate(check.data?.content)}
        onCancel={check.reset}
      >
        {check.isError && <Text size="sm">{messageOf(check.error)}</Text>}
        {check.data && <ImportSummary plan={check.data.plan} />}
      </Confirm>
    </>
  )
}

function titleFor(isError: boolean, count: number): string {
  if (isError) return 'The file cannot be imported'
  return count === 0 ? 'Nothing to import' : 'Import mappings?'
}

/** @throws Error in words for the user */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`The file is not JSON: ${messageOf(error)}`)
  }
}
