import { useEffect, useState } from 'react'
import { useOpenFiles } from './open-file'
import styles from './runs.module.css'

/** Takes files of events that are dropped anywhere on the view. */
export function DropFiles() {
  const open = useOpenFiles()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Otherwise the browser would leave the page and show the file.
      event.preventDefault()
      setOver(false)
      open([...(event.dataTransfer?.files ?? [])])
    }
    const listeners = { dragover: over, dragleave: leave, drop } as const
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as 'drop', listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener)
    }
  }, [open])
  return isOver && <div className={styles.drop}>Drop the file to send its events</div>
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
