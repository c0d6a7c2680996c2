import { Type, type Static, type TSchema } from '@sinclair/typebox'

/** A text out of a fixed list, in the form that OpenAPI tools understand best. */
export function StringEnum<const Values extends string[]>(values: [...Values]) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: values })
}

/** A value that may be null. */
export function Nullable<Schema extends TSchema>(schema: Schema, description?: string) {
  return Type.Unsafe<Static<Schema> | null>({ anyOf: [schema, { type: 'null' }], ...(description && { description }) })
}
