import { Type } from '@sinclair/typebox'
import { Problem } from './destination'

/** How every route tells that something was not done. */
export const ApiError = Type.Object(
  { error: Type.Object({ message: Type.String(), problems: Type.Optional(Type.Array(Type.Ref(Problem))) }) },
  { $id: 'ApiError' }
)

export interface ApiError {
  error: { message: string; problems?: Problem[] }
}
