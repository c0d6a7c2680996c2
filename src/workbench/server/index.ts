export { startWorkbench, type Workbench } from './workbench'
export type { ExamplesReport } from './examples'
export type { WorkbenchOptions } from './options'
