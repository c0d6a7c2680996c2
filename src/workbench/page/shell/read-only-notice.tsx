import { Anchor, Button } from '@mantine/core'
import { IconLock } from '../parts/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkbenchState } from '../../contract'
import { takeState } from '../api/live'
import { messageOf, request } from '../api/request'
import styles from './shell.module.css'

/** Says that another workbench keeps mappings and settings, and offers to keep them here instead. */
export function ReadOnlyNotice({ other }: { other: NonNullable<WorkbenchState['readOnly']> }) {
  const client = useQueryClient()
  const taking = useMutation({
    mutationFn: () => request<WorkbenchState>('POST', 'data-folder/take-over'),
    onSuccess: (state) => takeState(client, state)
  })
  return (
    <div className={styles.readOnly} role="region" aria-label="Mappings and settings are read-only">
      <IconLock size={18} aria-hidden />
      <span>
        {taking.error
          ? messageOf(taking.error)
          : 'Mappings and settings can be read here and not changed, because another workbench keeps them in the same folder'}
        {!taking.error && <OtherWorkbench {...other} />}
      </span>
      <Button size="compact-sm" variant="default" loading={taking.isPending} onClick={() => taking.mutate()}>
        Take over
      </Button>
    </div>
  )
}

function OtherWorkbench({ pid, address }: NonNullable<WorkbenchState['readOnly']>) {
  if (!address?.startsWith('http://')) return <> (process {pid}).</>
  return (
    <>
      :{' '}
      <Anchor href={address} inherit c="inherit" underline="always">
        {address}
      </Anchor>
      . Take over to change them here; the other one can then only read them.
    </>
  )
}
