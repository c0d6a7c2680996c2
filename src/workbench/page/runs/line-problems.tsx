import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LineProblem } from '../../contract'
import { request } from '../api/request'
import { Loaded } from '../parts/view'
import styles from './runs.module.css'

/** The lines of a file that are no event, with their numbers. Read when they are opened. */
export function LineProblems({ id, count }: { id: string; count: number }) {
  const [isOpen, setOpen] = useState(false)
  const problems = useQuery({
    queryKey: ['run-problems', id, count],
    queryFn: () => request<LineProblem[]>('GET', `runs/${id}/problems`),
    enabled: isOpen,
    placeholderData: (previous) => previous
  })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{count === 1 ? '1 line has a problem' : `${count.toLocaleString('en')} lines have a problem`}</summary>
      {isOpen && (
        <Loaded answer={problems} what="the lines">
          {(list) => (
            <ul className={styles.problems} aria-label="Lines with a problem">
              {list.map(({ line, reason }) => (
                <li key={line}>
                  Line {line.toLocaleString('en')}: {reason}
                </li>
              ))}
              {list.length < count && <li>The first {list.length} are listed.</li>}
            </ul>
          )}
        </Loaded>
      )}
    </details>
  )
}
