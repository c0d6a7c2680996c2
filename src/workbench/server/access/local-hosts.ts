import { isIP } from 'net'
import { hostname } from 'os'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Whether an address to listen on reaches this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Whether a Host header names this machine. A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding), but
 * its requests still carry that name.
 * @param listening the address listened on; with one that others reach, every number of this machine is as good
 */
export function namesThisMachine(header: string | undefined, listening: string): boolean {
  const name = (header ?? '').toLowerCase().replace(/:\d+$/, '')
  if (LOOPBACK.includes(name) || name === listening.toLowerCase()) return true
  if (isLoopback(listening)) return false
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === hostname().toLowerCase()
}
