import { addressOf } from './address'
import { LOCK_MILLISECONDS, type Backend, type BackendOptions } from './backend'
import { openPostgres } from './postgres/open-postgres'
import { openRedis } from './redis/open-redis'

/**
 * Opens the database that holds a queue, and creates what is missing in it.
 * @param url redis://, rediss://, postgres:// or postgresql://
 * @throws UsageError if the address is not understood, a package is missing, or the database cannot be used. It says what
 * to do, and never holds the password.
 */
export async function openBackend(url: string, options: BackendOptions = {}): Promise<Backend> {
  const address = addressOf(url)
  const { lockMilliseconds = LOCK_MILLISECONDS } = options
  return address.kind === 'redis' ? openRedis(address, lockMilliseconds) : openPostgres(address, lockMilliseconds)
}
