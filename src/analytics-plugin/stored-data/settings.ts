/** Types of Kameleoon custom data. A list is a list of strings. */
export type CustomDataType = 'string' | 'number' | 'boolean' | 'list'

export interface StoredTrait {
  /** The trait's name in Segment. */
  trait: string
  /** The custom data's name in Kameleoon. */
  customData: string
  type: CustomDataType
}

/** Which stored data goes into which custom data. What is filtered is not read. */
export interface StoredDataSettings {
  /** Name of the custom data, of type "List of strings", that takes the keys of the audiences the user is in. */
  audiences?: string
  traits?: StoredTrait[]
  /** Name of the custom data, of type "String", that takes the id of the user's group. */
  groupId?: string
  /** By which id the data is looked up: `'visitor code'` (default) or Segment's `'user id'`. The destination stores under both. */
  by?: 'visitor code' | 'user id'
}
