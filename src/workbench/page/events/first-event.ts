/** Where a user starts who writes an event for the first time. */
export const FIRST_EVENT = JSON.stringify(
  {
    type: 'track',
    event: 'Order Completed',
    userId: 'user-1',
    properties: { kameleoonVisitorCode: 'visitor-1', revenue: 49.9, currency: 'EUR' }
  },
  null,
  2
)
