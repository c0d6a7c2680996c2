import { BudgetError } from '../errors'
import { RequestBudget } from '../automation-api'

const SECOND = 1000

function spendMany(budget: RequestBudget, count: number, at: number): void {
  for (let index = 0; index < count; index++) budget.spend(at)
}

describe('the budget of requests', () => {
  it('is 50 in 10 seconds', () => {
    const budget = new RequestBudget()
    spendMany(budget, 50, 0)
    expect(() => budget.spend(0)).toThrow(BudgetError)
    expect(() => budget.spend(9.9 * SECOND)).toThrow(BudgetError)
    expect(() => budget.spend(10 * SECOND)).not.toThrow()
  })

  it('says in how many seconds the next request is allowed', () => {
    const budget = new RequestBudget()
    spendMany(budget, 50, 0)
    expect(() => budget.spend(3.5 * SECOND)).toThrow('reading and creating goals is used up; try again in 7 s')
    expect(new BudgetError(7).retryAfterSeconds).toBe(7)
  })

  it('slides: a request counts for 10 seconds from its own time', () => {
    const budget = new RequestBudget()
    spendMany(budget, 25, 0)
    spendMany(budget, 25, 5 * SECOND)
    spendMany(budget, 25, 10 * SECOND)
    expect(() => budget.spend(10 * SECOND)).toThrow(BudgetError)
    expect(() => budget.spend(15 * SECOND)).not.toThrow()
  })

  it('is 1,000 in an hour', () => {
    const budget = new RequestBudget()
    for (let round = 0; round < 20; round++) spendMany(budget, 50, round * 60 * SECOND)
    const after = 20 * 60 * SECOND
    expect(() => budget.spend(after)).toThrow('try again in 2400 s')
    expect(() => budget.spend(3600 * SECOND)).not.toThrow()
  })

  it('is not spent by what it rejects', () => {
    const budget = new RequestBudget()
    spendMany(budget, 50, 0)
    for (let index = 0; index < 100; index++) expect(() => budget.spend(5 * SECOND)).toThrow(BudgetError)
    expect(() => spendMany(budget, 50, 10 * SECOND)).not.toThrow()
  })
})
