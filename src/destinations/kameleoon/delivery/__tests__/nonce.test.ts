import { nonceOf } from '../nonce'

describe('the nonce of a visit event', () => {
  const nonce = nonceOf('message-1', 'CONVERSION', 0, '12')

  it('is 16 hexadecimal digits in upper case', () => {
    expect(nonce).toMatch(/^[0-9A-F]{16}$/)
  })

  it('is the same on every day and every machine, so that a retry can be recognised', () => {
    expect(nonceOf('message-1', 'CONVERSION', 0, '12')).toBe(nonce)
    expect(nonce).toBe('6347A8171CD68A70')
  })

  it.each([
    ['another message', nonceOf('message-2', 'CONVERSION', 0, '12')],
    ['another type', nonceOf('message-1', 'PAGE', 0, '12')],
    ['another position', nonceOf('message-1', 'CONVERSION', 1, '12')],
    ['another subject', nonceOf('message-1', 'CONVERSION', 0, '13')],
    ['a subject with the digit of the position', nonceOf('message-1', 'CONVERSION', 1, '2')]
  ])('differs for %s', (_case, other) => {
    expect(other).not.toBe(nonce)
  })

  it('is distinct for 30,000 messages with three events each', () => {
    const nonces = new Set<string>()
    for (let message = 0; message < 30_000; message++) {
      for (let position = 0; position < 3; position++) nonces.add(nonceOf(`m-${message}`, 'CUSTOMDATA', position, '1'))
    }
    expect(nonces.size).toBe(90_000)
  })
})
