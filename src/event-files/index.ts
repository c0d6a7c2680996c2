export { openEventStream, type EventFile } from './event-file'
export { idOf } from './event-documents'
export { Places } from './places'
export { cannotRead } from './read-problems'
