import { nonceOf } from '../nonce'

describe('the nonce of a visit event', () => {
  const nonce = nonceOf('message-1', 'code-1', 'CONVERSION', 0, '12')

  it('is 16 hexadecimal digits in upper case', () => {
    expect(nonce).toMatch(/^[0-9A-F]{16}$/)
  })

  it('is the same on every day and every machine, so that a retry can be recognised', () => {
    expect(nonceOf('message-1', 'code-1', 'CONVERSION', 0, '12')).toBe(nonce)
    expect(nonce).toBe('1C8A35B54646BDE4')
    expect(nonceOf('message-1', 'code-1', 'CONVERSION', 0, '12', 49.9)).toBe('420A6553B348955C')
    expect(nonceOf('message-1', 'code-1', 'CONVERSION', 0, '12', -49.9)).toBe('3368B4FC241A6F87')
  })

  it.each([
    ['another visitor', nonceOf('message-1', 'code-2', 'CONVERSION', 0, '12')],
    [
      'an end of the message id that is the beginning of the visitor code',
      nonceOf('message', '-1code-1', 'CONVERSION', 0, '12')
    ],
    ['another message', nonceOf('message-2', 'code-1', 'CONVERSION', 0, '12')],
    ['another type', nonceOf('message-1', 'code-1', 'PAGE', 0, '12')],
    ['another position', nonceOf('message-1', 'code-1', 'CONVERSION', 1, '12')],
    ['another subject', nonceOf('message-1', 'code-1', 'CONVERSION', 0, '13')],
    ['a subject with the digit of the position', nonceOf('message-1', 'code-1', 'CONVERSION', 1, '2')],
    [
      'a digit of the message id that stands before the visitor code',
      nonceOf('message-', '1code-1', 'CONVERSION', 0, '12')
    ],
    ['an end of the type that is the beginning of the subject', nonceOf('message-1', 'code-1', 'CONVERSIO', 0, 'N12')],
    ['an amount', nonceOf('message-1', 'code-1', 'CONVERSION', 0, '12', 49.9)]
  ])('differs for %s', (_case, other) => {
    expect(other).not.toBe(nonce)
  })

  it('differs for amounts that differ in whatever way', () => {
    const amounts = [0, -0, 49.9, -49.9, 49.900000000000006, 50, 5e-324, 2 ** 53, 2 ** 53 - 1, 1e300]
    const nonces = amounts.map((amount) => nonceOf('message-1', 'code-1', 'CONVERSION', 0, 'Order Completed', amount))
    expect(new Set(nonces).size).toBe(amounts.length)
  })

  it('is distinct for 30,000 messages with three events each', () => {
    const nonces = new Set<string>()
    for (let message = 0; message < 30_000; message++) {
      for (let position = 0; position < 3; position++)
        nonces.add(nonceOf(`m-${message}`, 'code-1', 'CUSTOMDATA', position, '1'))
    }
    expect(nonces.size).toBe(90_000)
  })
})
