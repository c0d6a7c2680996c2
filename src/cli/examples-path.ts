import { join } from 'path'

/** The bundled events. The package has `examples` beside `dist`, the repository beside `src`: both two folders up. */
export const EXAMPLES_PATH = join(__dirname, '..', '..', 'examples', 'events.ndjson')
