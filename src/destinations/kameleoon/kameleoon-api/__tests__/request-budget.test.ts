import { BudgetError } from '../errors'
import { AutomationSite } from '../automation-site'

const SECOND = 1000

function spendMany(budget: AutomationSite['budget'], count: number, at: number): void {
  for (let index = 0; index < count; index++) budget.spend(1, at)
}

describe('the budget of requests', () => {
  it('is 50 in 10 seconds', () => {
    const budget = new AutomationSite().budget
    spendMany(budget, 50, 0)
    expect(() => budget.spend(1, 0)).toThrow(BudgetError)
    expect(() => budget.spend(1, 9.9 * SECOND)).toThrow(BudgetError)
    expect(() => budget.spend(1, 10 * SECOND)).not.toThrow()
  })

  it('says in how many seconds the next request is allowed', () => {
    const budget = new AutomationSite().budget
    spendMany(budget, 50, 0)
    expect(() => budget.spend(1, 3.5 * SECOND)).toThrow('reading and creating goals is used up; try again in 7 s')
    expect(new BudgetError(7).retryAfterSeconds).toBe(7)
  })

  it('slides: a request counts for 10 seconds from its own time', () => {
    const budget = new AutomationSite().budget
    spendMany(budget, 25, 0)
    spendMany(budget, 25, 5 * SECOND)
    spendMany(budget, 25, 10 * SECOND)
    expect(() => budget.spend(1, 10 * SECOND)).toThrow(BudgetError)
    expect(() => budget.spend(1, 15 * SECOND)).not.toThrow()
  })

  it('is 1,000 in an hour', () => {
    const budget = new AutomationSite().budget
    for (let round = 0; round < 20; round++) spendMany(budget, 50, round * 60 * SECOND)
    const after = 20 * 60 * SECOND
    expect(() => budget.spend(1, after)).toThrow('try again in 2400 s')
    expect(() => budget.spend(1, 3600 * SECOND)).not.toThrow()
  })

  it('is kept in part for others by who may take only a share of it', () => {
    const budget = new AutomationSite().budget
    for (let index = 0; index < 25; index++) budget.spend(0.5, 0)
    expect(() => budget.spend(0.5, 0)).toThrow('try again in 10 s')
    for (let index = 25; index < 50; index++) budget.spend(1, 0)
    expect(() => budget.spend(1, 0)).toThrow(BudgetError)
  })

  it('is not spent by what it rejects', () => {
    const budget = new AutomationSite().budget
    spendMany(budget, 50, 0)
    for (let index = 0; index < 100; index++) expect(() => budget.spend(1, 5 * SECOND)).toThrow(BudgetError)
    expect(() => spendMany(budget, 50, 10 * SECOND)).not.toThrow()
  })
})
