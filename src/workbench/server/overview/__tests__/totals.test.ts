import { GoalTotals } from '../goal-totals'
import { MappingTotals } from '../mapping-totals'

const order = { goalId: 310001, goalName: 'Order', amount: 49.9, currency: 'EUR', isNegative: false }

describe('totals by goal', () => {
  it('adds conversions, and amounts apart by currency, without an error of rounding', () => {
    const totals = new GoalTotals()
    for (let count = 0; count < 3; count++) totals.count({ ...order, amount: 0.1 }, 1)
    totals.count({ ...order, amount: 20, currency: 'USD' }, 1)
    totals.count({ ...order, amount: 5, currency: null }, 1)
    totals.count({ goalId: 310002, goalName: 'Signup', amount: null, currency: null, isNegative: false }, 1)
    expect(totals.list()).toEqual([
      {
        ...{ goalId: 310001, goalName: 'Order', conversions: 5, refunds: 0 },
        amounts: [
          { currency: 'EUR', amount: 0.3 },
          { currency: 'USD', amount: 20 },
          { currency: null, amount: 5 }
        ]
      },
      { goalId: 310002, goalName: 'Signup', conversions: 1, refunds: 0, amounts: [] }
    ])
  })

  it('counts refunds apart and takes their amounts off', () => {
    const totals = new GoalTotals()
    totals.count(order, 1)
    totals.count({ ...order, amount: -49.9, isNegative: true }, 1)
    expect(totals.list()).toMatchObject([{ conversions: 1, refunds: 1, amounts: [{ currency: 'EUR', amount: 0 }] }])
  })

  it('has no goal whose conversions were all taken back', () => {
    const totals = new GoalTotals()
    totals.count(order, 1)
    totals.count(order, -1)
    expect(totals.list()).toEqual([])
  })
})

describe('totals by mapping', () => {
  it('counts what each mapping took by what became of it, under its latest name', () => {
    const totals = new MappingTotals()
    totals.count({ id: 'orders', name: 'Orders', status: 'waiting' }, 1)
    totals.count({ id: 'orders', name: 'Orders', status: 'rejected' }, 1)
    totals.count({ id: 'orders', name: 'Orders', status: 'waiting' }, -1)
    totals.count({ id: 'orders', name: 'All orders', status: 'delivered' }, 1)
    expect(totals.list()).toEqual([
      { id: 'orders', name: 'All orders', taken: 2, delivered: 1, filtered: 0, rejected: 1, unsettled: 0 }
    ])
  })
})
