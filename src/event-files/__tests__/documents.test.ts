import { readDocuments } from '../documents'

describe('a large document', () => {
  it.each([
    ['an array', '[', ']'],
    ['a body', '{"batch":[', ']}']
  ])('is read piece by piece, whether it is %s', async (_form, start, end) => {
    let piecesRead = 0
    async function* pieces(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from(start))
      for (let piece = 0; piece < 50; piece++) {
        piecesRead++
        yield Buffer.from(`${piece === 0 ? '' : ','}{"type":"page","name":"${piece}"}`)
      }
      yield Buffer.from(end)
    }
    const read: unknown[] = []
    for await (const values of readDocuments(pieces())) {
      read.push(...values.map(({ value }) => value))
      expect(piecesRead).toBe(read.length)
    }
    expect(read).toEqual(Array.from({ length: 50 }, (_, piece) => ({ type: 'page', name: `${piece}` })))
  })
})
