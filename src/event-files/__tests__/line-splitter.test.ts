import { LineSplitter, type RawLine } from '../bytes/line-splitter'
import { piecesOf } from './event-folder'

function split(chunks: Buffer[], longest = 100): RawLine[] {
  const splitter = new LineSplitter(longest)
  return [...chunks.flatMap((chunk) => splitter.split(chunk)), ...splitter.end()]
}

const texts = (lines: RawLine[]): unknown[] => lines.map(({ content }) => content && content.toString())

describe('splitting bytes into lines', () => {
  const text = Buffer.from('one\n\nзwei\r\nlast')

  it.each([1, 2, 3, 100])('gives the same lines from chunks of %i bytes', (length) => {
    const lines = split(piecesOf(text, length))
    expect(texts(lines)).toEqual(['one\n', '\n', 'зwei\r\n', 'last\n'])
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3, 4])
    expect(lines.map(({ bytes }) => bytes)).toEqual([3, 0, 6, 4])
  })

  it.each([1, 4, 100])('keeps no line that is longer than the limit, in chunks of %i bytes', (length) => {
    const lines = split(piecesOf(Buffer.from('1234\n12345\n1\n123456'), length), 4)
    expect(texts(lines)).toEqual(['1234\n', null, '1\n', null])
    expect(lines.map(({ bytes }) => bytes)).toEqual([4, 5, 1, 6])
  })

  it('has no line in nothing, and none behind the last line feed', () => {
    expect(split([])).toEqual([])
    expect(split([Buffer.from('a\n')])).toHaveLength(1)
  })
})
