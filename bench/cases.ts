export type Subject = 'official' | 'ours' | 'framework' | 'sending'

/** One of the ways through which the same events go. */
export interface Case {
  name: string
  label: string
  subject: Subject
  /** Events in a batch; nothing stands for single events. */
  batchSize?: number
  /** Calls of the destination that are under way at a time. */
  inFlight: number
}

const SINGLE = { inFlight: 50 }

/** In the order in which every round runs them: what is compared stands side by side. */
export const CASES: Case[] = [
  { name: 'official-single', label: 'Official, single', subject: 'official', ...SINGLE },
  { name: 'ours-single', label: 'This one, single', subject: 'ours', ...SINGLE },
  { name: 'ours-batch-1', label: 'This one, batches of 1', subject: 'ours', batchSize: 1, inFlight: 50 },
  { name: 'ours-batch-10', label: 'This one, batches of 10', subject: 'ours', batchSize: 10, inFlight: 20 },
  { name: 'ours-batch-100', label: 'This one, batches of 100', subject: 'ours', batchSize: 100, inFlight: 4 },
  { name: 'ours-batch-1000', label: 'This one, batches of 1,000', subject: 'ours', batchSize: 1000, inFlight: 2 },
  { name: 'framework-batch-1000', label: 'Framework alone, 1,000', subject: 'framework', batchSize: 1000, inFlight: 2 },
  {
    name: 'sending-batch-1000',
    label: 'Framework and sending, 1,000',
    subject: 'sending',
    batchSize: 1000,
    inFlight: 2
  },
  { name: 'framework-single', label: 'Framework alone, single', subject: 'framework', ...SINGLE }
]
