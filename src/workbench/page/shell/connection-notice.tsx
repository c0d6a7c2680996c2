import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConnection } from '../api/connection'
import styles from './shell.module.css'

/** A connection that is back at once need not be talked about. */
const WORTH_TELLING_AFTER = 700

export function ConnectionNotice() {
  const connection = useConnection()
  const [told, setTold] = useState(false)

  useEffect(() => {
    if (connection !== 'lost') return setTold(false)
    const timer = setTimeout(() => setTold(true), WORTH_TELLING_AFTER)
    return () => clearTimeout(timer)
  }, [connection])

  return (
    <div role="status">
      {told && (
        <div className={styles.lost}>
          <Loader size={14} color="var(--tone-again)" aria-hidden />
          The connection to the workbench is lost, so this page may be out of date. Connecting again…
        </div>
      )}
    </div>
  )
}
