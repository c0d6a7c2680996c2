import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseDocument } from 'yaml'
import { globSync } from 'tinyglobby'
import { commandLinesIn, parseOnly } from '../fleet-examples/command-lines'
import { projectFile } from '../fleet-examples/example-files'
import { ROOT } from '../documents/markdown'

/**
 * The form of workflows as far as these use it. Other members are not allowed, since a misspelled one would be lost.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
const strict = { additionalProperties: false }
const Texts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))
const Permissions = Type.Object(
  { contents: Type.Literal('read'), 'id-token': Type.Optional(Type.Literal('write')) },
  strict
)
const Events = Type.Object(
  {
    push: Type.Optional(
      Type.Object(
        { branches: Type.Optional(Type.Array(Type.String())), tags: Type.Optional(Type.Array(Type.String())) },
        strict
      )
    ),
    pull_request: Type.Optional(Type.Null()),
    workflow_dispatch: Type.Optional(Type.Null()),
    schedule: Type.Optional(
      Type.Array(Type.Object({ cron: Type.String({ pattern: '^([\\d*/,-]+ ){4}[\\d*/,-]+$' }) }, strict))
    )
  },
  strict
)

const Step = Type.Object(
  {
    name: Type.Optional(Type.String()),
    if: Type.Optional(Type.String()),
    uses: Type.Optional(Type.String({ pattern: '^actions/[a-z-]+@v\\d+$' })),
    with: Type.Optional(Texts),
    run: Type.Optional(Type.String()),
    env: Type.Optional(Texts)
  },
  strict
)

const Job = Type.Object(
  {
    'runs-on': Type.Literal('ubuntu-latest'),
    'timeout-minutes': Type.Integer({ minimum: 1, maximum: 360 }),
    environment: Type.Optional(Type.String()),
    permissions: Type.Optional(Permissions),
    strategy: Type.Optional(
      Type.Object(
        { 'fail-fast': Type.Boolean(), matrix: Type.Object({ node: Type.Array(Type.String()) }, strict) },
        strict
      )
    ),
    steps: Type.Array(Step, { minItems: 1 })
  },
  strict
)

const Workflow = Type.Object(
  {
    name: Type.String(),
    on: Events,
    permissions: Permissions,
    concurrency: Type.Optional(Type.Object({ group: Type.String(), 'cancel-in-progress': Type.Boolean() }, strict)),
    jobs: Type.Record(Type.String(), Job)
  },
  strict
)

type Workflow = Static<typeof Workflow>

const FILES = [...globSync('.github/workflows/*.yml', { cwd: ROOT, dot: true }), 'examples/nightly/github-actions.yml']

function workflow(file: string): Workflow {
  const document = parseDocument(projectFile(file))
  expect([...document.errors, ...document.warnings]).toEqual([])
  const content: unknown = document.toJS()
  expect([...Value.Errors(Workflow, content)].map(({ path, message }) => `${path} ${message}`)).toEqual([])
  return Value.Decode(Workflow, content)
}

const stepsOf = (file: string) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps)
const runs = (file: string): string[] => stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run]))

describe('workflows', () => {
  it.each(FILES)('have the form that GitHub reads: %s', (file) => {
    for (const { run, uses } of stepsOf(file)) expect([run, uses].filter(Boolean)).toHaveLength(1)
    expect(Object.keys(workflow(file).permissions)).toEqual(['contents'])
  })

  it.each(FILES)('start scripts that exist: %s', (file) => {
    const { scripts } = JSON.parse(projectFile('package.json')) as { scripts: object }
    const named = runs(file).flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name))
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    for (const run of runs(file).filter((text) => text.startsWith('.ci/')))
      expect(projectFile(run)).toContain('npm run ci')
  })

  it('check the three versions of Node.js, and install what the lock file says', () => {
    const { node } = workflow('.github/workflows/ci.yml').jobs
    expect(node.strategy?.matrix.node).toEqual(['20.19', '22', '24'])
    expect(runs('.github/workflows/ci.yml')).toContain('npm ci --no-audit --no-fund')
  })

  it('publish a tag of a version, checked before, with provenance', () => {
    const file = '.github/workflows/publish.yml'
    expect(workflow(file).on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } })
    expect(workflow(file).jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
    expect(runs(file).slice(-2)).toEqual(['.ci/run', 'npm publish --provenance --access public'])
  })

  it('deliver every night with words that the program knows, and with the key from a secret', async () => {
    const file = 'examples/nightly/github-actions.yml'
    const [words] = commandLinesIn(`\`\`\`bash\n${runs(file).join('\n')}\n\`\`\`\n`)
    expect(words.slice(0, 2)).toEqual(['deliver', 'events'])
    await expect(parseOnly(words)).resolves.toBeUndefined()
    const env = stepsOf(file).find(({ run = '' }) => run.includes('deliver'))?.env
    expect(env?.KAMELEOON_API_KEY).toBe('${{ secrets.KAMELEOON_API_KEY }}')
  })
})

describe('templates of issues', () => {
  const templates = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: ROOT, dot: true })

  it.each(templates)('are YAML without errors: %s', (file) => {
    const document = parseDocument(projectFile(file))
    expect([...document.errors, ...document.warnings]).toEqual([])
  })

  it('ask for everything by an id of its own', () => {
    for (const file of templates.filter((name) => !name.endsWith('config.yml'))) {
      // The form is that of GitHub: https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests
      const { name, description, body } = parseDocument(projectFile(file)).toJS() as {
        name: string
        description: string
        body: Array<{ type: string; id?: string; attributes: object }>
      }
      expect([name, description].every(Boolean)).toBe(true)
      const ids = body.filter(({ type }) => type !== 'markdown').map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).not.toContain(undefined)
    }
  })
})
