import { Link } from 'wouter'
import styles from './shell.module.css'

export function Brand() {
  return (
    <Link href="/events" className={styles.brand}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#1f7a5c" />
        <path d="M8 8v16M8 17l10-9M13 13l10 11" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
        <circle cx="23" cy="9" r="2.6" fill="#ffd43b" />
      </svg>
      Workbench
    </Link>
  )
}
