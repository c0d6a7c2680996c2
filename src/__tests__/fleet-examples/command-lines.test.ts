import { commandLinesIn, parseOnly, wordsAfterName } from './command-lines'

describe('how command lines of examples are read', () => {
  it('takes the words after the name, up to a pipe or a comment', () => {
    const line = `KEY=… npx kameleoon-destination queue dead --reason "visitor code" 'a|b' | jq .  # all`
    expect(wordsAfterName(line)).toEqual(['queue', 'dead', '--reason', 'visitor code', 'a|b'])
  })

  it('takes the form of a clone as well', () => {
    expect(wordsAfterName('npm run kameleoon -- deliver - --json')).toEqual(['deliver', '-', '--json'])
    expect(wordsAfterName('npm run --silent kameleoon -- demo')).toEqual(['demo'])
  })

  it('finds them in blocks of code only, also over several lines', () => {
    const page = 'kameleoon-destination nothing here\n```sh\nkameleoon-destination work \\\n  --log json\nls\n```\n'
    expect(commandLinesIn(page)).toEqual([['work', '--log', 'json']])
  })

  it.each([
    ['an unknown command', ['wrok']],
    ['an unknown option', ['work', '--metrcis', '9464']],
    ['a value that an option does not take', ['work', '--metrics', '70000']],
    ['options that exclude each other', ['deliver', 'events.ndjson', '--queue', 'redis://queue', '--dry-run']]
  ])('does not take %s', async (_what, words) => {
    await expect(parseOnly(words)).rejects.toThrow(/unknown|invalid|cannot be used/)
  })

  it('takes a command that is right, without running it', async () => {
    await expect(parseOnly(['queue', 'drain', '--yes', '--queue', 'redis://queue'])).resolves.toBeUndefined()
  })
})
