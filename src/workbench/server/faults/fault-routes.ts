import { Type } from '@sinclair/typebox'
import { failing } from '../api'
import type { WorkbenchContext } from '../context'
import { FaultSwitch } from '../../contract'
import { Rejection } from '../rejection'
import type { ApiServer } from '../routes/server-types'
import { FAULT_KINDS } from './fault-kinds'

type Context = Pick<WorkbenchContext, 'faults' | 'settings' | 'stream'>

const Switching = Type.Object({
  on: Type.Boolean(),
  times: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Goes off by itself after so many hits' })
  )
})

/** Disturbances of the embedded emulator, by switch. */
export function faultRoutes(app: ApiServer, { faults, settings, stream }: Context): void {
  app.get(
    '/faults',
    { schema: { summary: 'All faults, on or off', response: { 200: Type.Array(Type.Ref(FaultSwitch)) } } },
    () => faults.list()
  )

  app.put(
    '/faults/:id',
    {
      schema: {
        summary: 'Switch a fault on or off',
        params: Type.Object({ id: Type.String() }),
        body: Switching,
        response: { 200: Type.Ref(FaultSwitch), ...failing(400, 404, 409) }
      }
    },
    ({ params: { id }, body: { on, times } }) => {
      if (!isFault(id)) throw new Rejection(404, `There is no fault "${id}"; there are ${KNOWN.join(', ')}.`)
      if (on && settings.target === 'real') {
        throw new Rejection(409, 'Faults disturb the emulator only; events go to the real Kameleoon now.')
      }
      const switched = on ? faults.switchOn(id, times) : faults.switchOff(id)
      stream.tellSoon()
      return switched
    }
  )
}

const KNOWN = Object.keys(FAULT_KINDS)

function isFault(id: string): id is FaultSwitch['id'] {
  return KNOWN.includes(id)
}
