import { Type, type Static, type TSchema } from '@sinclair/typebox'

/** A text from a fixed list, in the form that OpenAPI tools support best. */
export function StringEnum<const Values extends string[]>(values: [...Values], description?: string) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: values, ...(description && { description }) })
}

/** A value that may be null. */
export function Nullable<Schema extends TSchema>(schema: Schema, description?: string) {
  return Type.Unsafe<Static<Schema> | null>({ anyOf: [schema, { type: 'null' }], ...(description && { description }) })
}

/** A time in the form that every `date-time` of the contract has. */
export function DateTime(description: string) {
  return Type.String({ format: 'date-time', description })
}

/** Something that is wrong with one field of a request. */
export const Problem = Type.Object(
  {
    field: Type.String({ description: 'Path of the field, for example subscribe, mapping.goalName or values.apiKey' }),
    message: Type.String({ description: 'What is wrong with it' })
  },
  { $id: 'Problem' }
)

/** The answer of every route to a request that was not done. */
export const ApiError = Type.Object(
  {
    error: Type.Object({
      message: Type.String({ description: 'Why the request was not done' }),
      problems: Type.Optional(Type.Array(Type.Ref(Problem), { description: 'All fields that are not valid' }))
    })
  },
  { $id: 'ApiError' }
)

export type Problem = Static<typeof Problem>
export interface ApiError {
  error: { message: string; problems?: Problem[] }
}
