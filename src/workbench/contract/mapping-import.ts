import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

/** What an import of mappings does with each mapping of the file. */
export const MappingImport = Type.Object(
  {
    mappings: Type.Array(
      Type.Object({
        place: Type.Integer({ description: 'Its place in the file, from 1' }),
        name: Type.String({ description: 'Its name; empty when it has none' }),
        effect: StringEnum(
          ['added', 'replaced', 'unchanged', 'left-out'],
          'added: it is new; replaced: it takes the place of one with the same id or name; unchanged: there is the same already; left-out: it has a problem'
        ),
        replaces: Nullable(Type.String(), 'Name of the mapping that it replaces'),
        problem: Nullable(Type.String(), 'Why it is left out')
      })
    )
  },
  { $id: 'MappingImport' }
)

export type MappingImport = Static<typeof MappingImport>
