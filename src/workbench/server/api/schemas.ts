import * as contract from '../../contract'

interface NamedSchema {
  $id: string
}

/** Every schema of the contract that has a name, so that routes and other schemas can refer to it. */
export const SCHEMAS: NamedSchema[] = Object.values<unknown>(contract).filter(isNamed)

function isNamed(schema: unknown): schema is NamedSchema {
  return typeof schema === 'object' && schema !== null && typeof Reflect.get(schema, '$id') === 'string'
}
