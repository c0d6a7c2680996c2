export { startWorkbench, type Workbench } from './workbench'
export type { ExamplesReport } from './events/send-events'
export type { WorkbenchOptions } from './options'
