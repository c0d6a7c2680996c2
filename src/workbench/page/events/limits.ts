/** How many events the list holds while it is live; more are loaded on request. */
export const MOST_LIVE_EVENTS = 200

/** How many events the workbench tells at once. */
export const MOST_AT_ONCE = 500

/** How many older events one click loads. */
export const OLDER_AT_ONCE = 200
