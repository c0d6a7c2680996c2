export { FaultSwitches } from './fault-switches'
