import plugin from './destinations/kameleoon'
import { underSchemaName } from './segment-host/framework'

/**
 * The destination for hosts that run it themselves. It is the definition that Segment has, under the name `Kameleoon-Actions`
 * instead of `Kameleoon (Actions)`: Segment's framework makes a URI of the name, and newer releases of `fast-uri` reject
 * one with spaces. Its slug is the same.
 */
export const kameleoon = underSchemaName(plugin)

export default kameleoon

/** The destination's name in Segment's catalog, and in the `integrations` object of events. */
export const CATALOG_NAME = plugin.name

export * from './destinations/kameleoon'
