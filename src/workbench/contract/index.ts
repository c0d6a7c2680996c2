export * from './destination'
export * from './events'
export * from './kameleoon'
export { Nullable, StringEnum } from './schema'
