import { readdirSync, readFileSync } from 'fs'
import path from 'path'
import kameleoon from '../destinations/kameleoon'

/**
 * PostHog runs destinations of Segment's catalog and translates their default mappings. What its translator understands:
 * literals, @path, @template, one level of @if, and the first element of @arrayPath. `integrations.*` becomes empty there.
 */
function problemsIn(mapping: unknown, at = ''): string[] {
  if (typeof mapping !== 'object' || mapping === null) return []
  if (Array.isArray(mapping)) return mapping.flatMap((item, index) => problemsIn(item, `${at}[${index}]`))
  const [directive, ...others] = Object.keys(mapping).filter((key) => key.startsWith('@'))
  if (directive === undefined)
    return Object.entries(mapping).flatMap(([key, value]) => problemsIn(value, `${at}.${key}`))
  if (others.length > 0) return [`${at}: several directives`]
  return problemsOfDirective(directive, (mapping as Record<string, unknown>)[directive], at)
}

function problemsOfDirective(directive: string, value: unknown, at: string): string[] {
  if (directive === '@path' || directive === '@template') return problemsOfText(directive, value, at)
  if (directive === '@if') return problemsOfIf(value, at)
  if (directive !== '@arrayPath') return [`${at}: ${directive} is not understood`]
  return Array.isArray(value) ? problemsIn(value[0], `${at}[0]`) : [`${at}: @arrayPath without a list`]
}

function problemsOfText(directive: string, value: unknown, at: string): string[] {
  if (typeof value !== 'string') return [`${at}: ${directive} is no text`]
  return /\bintegrations\./.test(value) ? [`${at}: ${value} becomes empty`] : []
}

function problemsOfIf(value: unknown, at: string): string[] {
  const { exists, then, ...rest } = Object(value) as Record<string, unknown>
  if (exists === undefined) return [`${at}: @if without exists`]
  const problems = JSON.stringify(exists) === JSON.stringify(then) ? [] : [`${at}: exists and then differ`]
  for (const [branch, content] of Object.entries({ then, ...rest })) {
    if (!['then', 'else'].includes(branch)) problems.push(`${at}: ${branch} is not understood`)
    else if (!isBranch(content)) problems.push(`${at}.${branch}: neither @path nor @template nor text`)
    else problems.push(...problemsIn(content, `${at}.${branch}`))
  }
  return problems
}

function isBranch(content: unknown): boolean {
  if (content === undefined || typeof content === 'string') return true
  const keys = Object.keys(Object(content) as object)
  return keys.length === 1 && ['@path', '@template'].includes(keys[0])
}

describe('other hosts of Segment destinations', () => {
  it.each((kameleoon.presets ?? []).map((preset) => [preset.name, preset.mapping] as const))(
    'understand the default mapping of %s',
    (_, mapping) => {
      expect(Object.keys(mapping ?? {}).length).toBeGreaterThan(0)
      expect(problemsIn(mapping)).toEqual([])
    }
  )

  it('find an automatic preset, and settings to ask for', () => {
    expect(kameleoon.presets?.some(({ type }) => type === 'automatic')).toBe(true)
    expect(Object.keys(kameleoon.authentication?.fields ?? {}).length).toBeGreaterThan(0)
  })

  it('need no raw data: nothing of the destination uses it', () => {
    const folder = path.join(__dirname, '../destinations/kameleoon')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(?!.*__tests__).*\.ts$/.test(file)
    )
    expect(files.length).toBeGreaterThan(40)
    expect(files.filter((file) => /raw(?:Data|Mapping)/.test(readFileSync(path.join(folder, file), 'utf8')))).toEqual(
      []
    )
  })

  const path1 = { '@path': '$.a' }
  it.each([
    ['an unknown directive', { '@liquid': '{{a}}' }, '.f: @liquid is not understood'],
    [
      'a path into integrations',
      { '@path': '$.integrations.Kameleoon.id' },
      '.f: $.integrations.Kameleoon.id becomes empty'
    ],
    [
      'an @if that takes something else',
      { '@if': { exists: path1, then: { '@path': '$.b' } } },
      '.f: exists and then differ'
    ],
    ['an @if on blank', { '@if': { blank: path1, then: path1 } }, '.f: @if without exists'],
    [
      'a second level of @if',
      { '@if': { exists: path1, then: path1, else: { '@if': { exists: path1, then: path1 } } } },
      '.f.else: neither @path nor @template nor text'
    ],
    ['a directive deep in an object', { list: [{ '@json': {} }] }, '.f.list[0]: @json is not understood'],
    ['a bad first element', { '@arrayPath': [{ '@merge': [] }, {}] }, '.f[0]: @merge is not understood']
  ])('would not understand %s', (_, mapping, problem) => {
    expect(problemsIn({ f: mapping })).toEqual([problem])
  })
})
