import { Type, type Static } from '@sinclair/typebox'
import { Nullable } from './schema'

/** Segment's request to delete a user; at least one of both ids. */
export const DeletionRequest = Type.Object(
  {
    userId: Type.Optional(Type.String({ description: 'Segment user id' })),
    anonymousId: Type.Optional(Type.String({ description: 'Segment anonymous id' }))
  },
  { $id: 'DeletionRequest' }
)

/** What a deletion did. */
export const Deletion = Type.Object(
  {
    visitors: Type.Array(Type.Object({ visitorCode: Type.String(), isForgotten: Type.Boolean() }), {
      description: 'Visitors that Kameleoon was asked to forget, and whether it took that'
    }),
    keys: Type.Array(
      Type.Object({
        key: Type.String(),
        fields: Type.Array(Type.String(), { description: 'Names of the fields that were stored' }),
        isEmptied: Type.Boolean()
      }),
      { description: 'Keys of stored data' }
    ),
    failure: Nullable(
      Type.Object({
        message: Type.String(),
        isRetryable: Type.Boolean({ description: 'Whether the same deletion can succeed later without a change' })
      }),
      'Null when all is deleted'
    )
  },
  { $id: 'Deletion' }
)

export type Deletion = Static<typeof Deletion>
