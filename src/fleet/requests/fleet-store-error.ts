/**
 * The database that the fleet shares did not answer, so it is not known whether a request may be sent. The event is to be
 * tried again. The message of the database is not repeated, since it may have addresses and passwords.
 */
export class FleetStoreError extends Error {
  readonly name = 'FleetStoreError'
  readonly status = 503
  /** Destinations show the code of a request that failed. */
  readonly code = 'FLEET_STORE_UNREACHABLE'

  constructor(readonly cause: unknown) {
    super('The database that the fleet shares did not answer. Check that Redis or PostgreSQL runs.')
  }
}
