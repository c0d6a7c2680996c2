export * from './destination'
export * from './events'
export * from './kameleoon'
export * from './schema'
