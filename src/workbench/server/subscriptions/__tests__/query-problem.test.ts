import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { matcherOf } from '../../../../segment-host'
import { queryProblem } from '../../../../segment-host/subscriptions/query'

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
    ['type =', `it breaks off after 'type =': expected ${VALUE}`],
    ['type', "it breaks off after 'type': expected an operator"],
    ['type = "track" and', 'it breaks off after \'type = "track" and\': expected something to look at'],
    ['(type = "track"', 'it breaks off after \'(type = "track"\': expected ")", "and" or "or"'],
    ['type = "track")', 'at character 15 stands \')\': expected "and" or "or"'],
    [
      'type = "track" and (event = "A" or (event = "B" and userId = "u"))',
      "at character 36 stands '(': expected no brackets within brackets, which Segment's reader does not know"
    ],
    ['type = "track" event = "A"', 'at character 16 stands \'event\': expected "and" or "or"'],
    ['type = "track', 'the text that begins at character 8 has no closing quote: "track'],
    ["type = 'track'", `at character 8 stands ''track'': expected ${VALUE}`],
    ['type == "track"', `at character 7 stands '=': expected ${VALUE}`],
    ['tracks', "at character 1 stands 'tracks': expected one of type, event, name, userId, properties.…"],
    [
      'properties = 1',
      'at character 1 stands \'properties\': expected a name behind "properties", as in properties.plan'
    ],
    ['event.name = "A"', "at character 1 stands 'event.name': expected one of type"],
    ['type = track', `at character 8 stands 'track': expected ${VALUE}`],
    ['type = "track" && event = "A"', 'at character 16 stands \'&\': expected "and" or "or"'],
    [
      '!(type = "track")',
      'at character 2 stands \'(\': expected contains(…) or match(…), since "!" turns around nothing'
    ],
    ['contains(event)', 'at character 15 stands \')\': expected ","'],
    ['contains(event, 5)', "at character 17 stands '5': expected a text in double quotes"],
    ['match(event, "Order")', 'expected a text that begins or ends with *, as in "Order*"'],
    ['"track" = type', 'at character 1 stands \'"track"\': expected something to look at']
  ])('is told what is wrong: %s', (query, problem) => {
    expect(queryProblem(query)).toContain(problem)
  })

  it('is read in no time, however long it is', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `properties.p${index} = "${index}"`).join(' or ')
    const before = performance.now()
    expect(queryProblem(long)).toBeNull()
    expect(queryProblem(`${long} or`)).toContain('it breaks off after')
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
