/** A call on its way through analytics.js, as far as it is read and changed here. */
export interface Call {
  event: {
    properties?: object | null
    traits?: object | null
    context?: { traits?: object | null } | null
  }
}
