export { Changes } from './changes'
export { SavedFile } from './saved-file'
export { Turns } from './turns'
