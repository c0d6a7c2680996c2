import { track } from './events'
import { FORMS } from './forms'
import { startKameleoon } from './kameleoon'

const noCode = { kameleoonVisitorCode: undefined }
const LINKED = { linkedVisitors: true }

/** Anyone who has the API key may write maps. */
const UNUSABLE: Array<[string, unknown]> = [
  ['an empty string', ''],
  ['blank', ' \t'],
  ['150 characters', 'x'.repeat(150)],
  ['two lines', 'a\nb'],
  ['an object', { id: 1 }],
  ['a boolean', true]
]

describe.each(FORMS)('a stored link, $form, whose code', ({ deliver }) => {
  it.each(UNUSABLE)('is %s counts as none', async (_what, kameleoonVisitorCode) => {
    const kameleoon = await startKameleoon()
    const body = { LINK_user1: { kameleoonVisitorCode }, ['LINK_anonymous-1']: { kameleoonVisitorCode } }
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 200, body })
    const event = track('Order Completed', noCode, { userId: 'user1' })
    expect(await deliver(kameleoon, event, LINKED)).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.visitors()).toEqual(['user1'])
    expect(await deliver(kameleoon, { ...event, userId: undefined, messageId: 'later' }, LINKED)).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^kameleoonVisitorCode is missing\./) as string
    })
  })

  it('is of no use gives way to that of the other id', async () => {
    const kameleoon = await startKameleoon()
    const body = {
      LINK_user1: { kameleoonVisitorCode: '' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: ' visitor7 ' }
    }
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 200, body })
    await deliver(kameleoon, track('Order Completed', noCode, { userId: 'user1' }), LINKED)
    expect(kameleoon.emulator.visitors()).toEqual(['visitor7'])
  })
})
