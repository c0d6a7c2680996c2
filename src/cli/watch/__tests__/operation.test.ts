import { operations } from '../operation'

it.each([
  ['POST', '/visit/events', 'POST /visit/events'],
  ['GET', '/custom-datas', 'GET /custom-datas'],
  ['GET', '/goals/12345', 'GET /goals/:id'],
  ['PATCH', '/sites/abc123def4/goals/9', 'PATCH /sites/:id/goals/:id'],
  ['GET', '/visitors/visitor%20code', 'GET /visitors/:id'],
  ['GET', '/abcdefghijklmnopqrstuvwxyz', 'GET /:id'],
  ['GET', '/a/b/c/d/e', 'other'],
  ['BREW', '/coffee', 'other'],
  ['GET', '/', 'GET /']
])('%s %s is the operation %s', (method, path, expected) => {
  expect(operations()(method, path)).toBe(expected)
})

it('there are thirty operations at most, and the known ones stay', () => {
  const operationOf = operations()
  const names = Array.from({ length: 26 * 4 }, (_, index) => {
    const letter = String.fromCharCode(97 + (index % 26))
    return operationOf('GET', `/${letter.repeat(1 + Math.floor(index / 26))}`)
  })
  expect(new Set(names).size).toBe(31)
  expect(names[names.length - 1]).toBe('other')
  expect(operationOf('GET', '/a')).toBe('GET /a')
})
