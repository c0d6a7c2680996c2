import { INFORMATION_DIFFERENCES, OUTCOME_DIFFERENCES } from './differences'
import { tableIn } from './table'

describe('docs/migration.md', () => {
  it('has the table of events that are treated differently', () => {
    const rows = OUTCOME_DIFFERENCES.map(({ what, official, ours, reason }) => [what, official, ours, reason])
    expect(tableIn('migration.md', 'Events treated differently')).toEqual(rows)
  })

  it('has the table of information that is not sent', () => {
    const rows = INFORMATION_DIFFERENCES.map(({ what, calls, reason }) => [what, calls.join(', '), reason])
    expect(tableIn('migration.md', 'Information that is not sent')).toEqual(rows)
  })
})
