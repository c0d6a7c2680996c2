export type { Divide } from './distributor'
export { startReceiver, type Receiver, type ReceiveWatch } from './receiver'
