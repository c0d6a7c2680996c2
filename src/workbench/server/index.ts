export { startWorkbench, type Workbench } from './workbench'
export type { WorkbenchOptions } from './context'
export type { ExamplesReport } from './events/send-events'
