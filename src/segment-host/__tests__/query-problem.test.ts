import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { matcherOf, queryFault, queryProblem } from '..'

describe('a query', () => {
  it.each([
    'type = "track"',
    'type="track"',
    'type = "track" and event = "Order Completed"',
    '(type = "identify" or type = "group") and userId != null',
    'type = "track" and (event = "A" or event = "B") and (name = "C" or userId = "u")',
    'type = "track" and (contains(event, "A") or match(event, "B*"))',
    'properties.revenue >= 10.5 and properties.count < -3',
    'context.app.version != "1" and traits.is-member = true and traits.gone = null',
    'contains(event, "Order") and !contains(properties.plan, "free")',
    'match(name, "Order*") or !match(context.page.url, "*.html")',
    'properties.my\\ plan = "x" and properties.a\\(b = 1',
    'event = ""',
    'event = "with (brackets) and \'quotes\' and = or !"'
  ])('has no problem: %s', (query) => {
    expect(queryProblem(query)).toBeNull()
    expect(matcherOf(query)).not.toBeNull()
    // Segment's page writes queries in its own form, which has to be good as well.
    expect(queryProblem(generateFql(parseFql(query)))).toBeNull()
  })

  const VALUE = 'a value (a text in double quotes, a number, true, false or null)'
  it.each([
    ['', 'it is empty; a query looks like type = "track"'],
    ['   ', 'it is empty'],
    ['type =', `it ends after 'type =': expected ${VALUE}`],
    ['type', "it ends after 'type': expected an operator"],
    ['type = "track" and', 'it ends after \'type = "track" and\': expected a path ('],
    ['(type = "track"', 'it ends after \'(type = "track"\': expected ")", "and" or "or"'],
    ['type = "track")', 'unexpected \')\' at character 15: expected "and" or "or"'],
    [
      'type = "track" and (event = "A" or (event = "B" and userId = "u"))',
      "unexpected '(' at character 36: expected no brackets within brackets, which Segment's parser does not support"
    ],
    ['type = "track" event = "A"', 'unexpected \'event\' at character 16: expected "and" or "or"'],
    ['type = "track', "unexpected '\"track' at character 8: the text has no closing quote"],
    ["type = 'track'", `unexpected ''track'' at character 8: use double quotes, as in "track"`],
    ['type = “track”', `unexpected '“track”' at character 8: use straight double quotes (")`],
    ['type == "track"', `unexpected '=' at character 7: use a single =`],
    ['= "track"', `unexpected '=' at character 1: a field is missing before it, as in type = "track"`],
    ['type = "track" AND event = "A"', `unexpected 'AND' at character 16: write "and" in small letters`],
    ['type = "track" || event = "A"', 'unexpected \'|\' at character 16: write the word "or"'],
    ['revenue > 5', 'at character 1: expected one of type, event, name, userId'],
    ['revenue > 5', 'context.…, as in properties.revenue'],
    ['tracks', "unexpected 'tracks' at character 1: expected one of type, event, name, userId, properties.…"],
    [
      'properties = 1',
      'unexpected \'properties\' at character 1: expected a name after "properties", as in properties.plan'
    ],
    ['event.name = "A"', "unexpected 'event.name' at character 1: expected one of type"],
    ['type = track', `unexpected 'track' at character 8: put the text in double quotes, as in "track"`],
    ['type = )', `unexpected ')' at character 8: expected ${VALUE}`],
    ['type = "track" && event = "A"', 'unexpected \'&\' at character 16: write the word "and"'],
    [
      '!(type = "track")',
      'unexpected \'(\' at character 2: expected contains(…) or match(…), since "!" can only negate these'
    ],
    ['contains(event)', 'unexpected \')\' at character 15: expected ","'],
    ['contains(event, 5)', "unexpected '5' at character 17: expected a text in double quotes"],
    ['match(event, "Order")', 'expected a text that begins or ends with *, as in "Order*"'],
    ['"track" = type', 'unexpected \'"track"\' at character 1: expected a path (']
  ])('has a problem that is named with its place: %s', (query, problem) => {
    expect(queryProblem(query)).toContain(problem)
  })

  it('has its place as a number, and what stands there', () => {
    expect(queryFault('type == "track"')).toEqual({ position: 6, found: '=', advice: 'use a single =' })
    expect(queryFault('type = "track" and')).toMatchObject({ position: 18, found: '' })
    expect(queryFault('type = "track"')).toBeNull()
  })

  it('is read in no time, however long it is', () => {
    const long = Array.from({ length: 5_000 }, (_, index) => `properties.p${index} = "${index}"`).join(' or ')
    const before = performance.now()
    expect(queryProblem(long)).toBeNull()
    expect(queryProblem(`${long} or`)).toContain('it ends after')
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
