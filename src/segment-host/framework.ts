import { Destination, type DestinationDefinition } from '@segment/actions-core'

/**
 * The definition under a name that is a URI scheme, such as `Kameleoon-Actions`. Segment's framework names its schemas
 * `<name of the destination>:<title>`, and `ajv` reads that as a URI. From fast-uri 3.1.6 on, any other name is rejected with
 * "URI scheme is malformed", so a destination with a space in its name would fail with every event.
 */
export function underSchemaName<Definition extends { name: string }>(definition: Definition): Definition {
  return { ...definition, name: schemaNameOf(definition.name) }
}

/** What runs the definition as Segment does, with any release of `fast-uri`. What users see keeps the name of the definition. */
export function frameworkFor<Settings>(definition: DestinationDefinition<Settings>): Destination<Settings> {
  return new Destination(underSchemaName(definition))
}

/** A scheme starts with a letter, and may go on with letters, digits, `+`, `.` and `-`: https://www.rfc-editor.org/rfc/rfc3986#section-3.1 */
function schemaNameOf(name: string): string {
  const legal = name.replace(/[^A-Za-z0-9+.-]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '')
  return legal || 'destination'
}
