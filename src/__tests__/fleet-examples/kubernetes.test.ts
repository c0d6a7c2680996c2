import type { TSchema, Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseAllDocuments } from 'yaml'
import { isRecord } from '../../segment-host'
import { parseOnly } from './command-lines'
import { argumentOf, projectFile } from './example-files'
import { Deployment, Secret, Service, type Container } from './kubernetes-schema'

const documents = [...parseAllDocuments(projectFile('examples/fleet/kubernetes.yaml'))]
const resources = documents.map((document): unknown => document.toJS())

function resource<Schema extends TSchema>(schema: Schema, kind: string, name: string): Static<Schema> {
  const found = resources.find(
    (one) => isRecord(one) && one.kind === kind && isRecord(one.metadata) && one.metadata.name === name
  )
  expect([...Value.Errors(schema, found)].map(({ path, message }) => `${path} ${message}`)).toEqual([])
  return Value.Decode(schema, found)
}

const worker = () => resource(Deployment, 'Deployment', 'kameleoon-worker')
const receiver = () => resource(Deployment, 'Deployment', 'kameleoon-receiver')
const containerOf = ({ spec }: Deployment): Container => spec.template.spec.containers[0]
const portOf = ({ ports }: Container, name: string) => ports.find((port) => port.name === name)?.containerPort

describe('the example for Kubernetes', () => {
  it('is YAML without errors, of four resources', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    expect(resources.map((one) => isRecord(one) && one.kind)).toEqual(['Secret', 'Deployment', 'Deployment', 'Service'])
  })

  it.each([
    ['workers', worker],
    ['the receiver', receiver]
  ])('has labels of %s that fit its selector', (_name, deployment) => {
    const { metadata, spec } = deployment()
    expect(spec.selector.matchLabels).toEqual({ app: metadata.name })
    expect(spec.template.metadata.labels).toEqual({ app: metadata.name })
  })

  it('has command lines that exist', async () => {
    const [work, receive] = [worker(), receiver()].map((one) => containerOf(one).args)
    expect([work[0], receive[0]]).toEqual(['work', 'receive'])
    await expect(parseOnly(work)).resolves.toBeUndefined()
    await expect(parseOnly(receive)).resolves.toBeUndefined()
  })

  it('asks workers where they serve metrics, on all addresses of the pod', () => {
    const container = containerOf(worker())
    expect(argumentOf(container.args, '--metrics')).toBe(`0.0.0.0:${portOf(container, 'metrics')}`)
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'metrics' })
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'metrics' })
  })

  it('asks the receiver where it takes events, and sends events there', () => {
    const container = containerOf(receiver())
    expect(argumentOf(container.args, '--host')).toBe('0.0.0.0')
    expect(argumentOf(container.args, '--port')).toBe(String(portOf(container, 'http')))
    expect(argumentOf(container.args, '--metrics')).toBe(`0.0.0.0:${portOf(container, 'metrics')}`)
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' })
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' })
    const { spec } = resource(Service, 'Service', 'kameleoon-receiver')
    expect(spec.selector).toEqual(receiver().spec.template.metadata.labels)
    expect(spec.ports[0].targetPort).toBe('http')
  })

  it('takes all secrets from the secret that it has', () => {
    const { metadata, stringData } = resource(Secret, 'Secret', 'kameleoon')
    const variables = [worker(), receiver()].flatMap((one) => containerOf(one).env)
    const refs = variables.flatMap((one) => ('valueFrom' in one ? [one.valueFrom.secretKeyRef] : []))
    expect(refs.map(({ key }) => key)).toEqual(['queue', 'queue', 'write-key'])
    for (const { name, key } of refs) {
      expect(name).toBe(metadata.name)
      expect(stringData).toHaveProperty([key])
    }
  })

  it('gives the API key to workers only, as a file', () => {
    const { env, volumeMounts = [] } = containerOf(worker())
    const [volume] = worker().spec.template.spec.volumes ?? []
    const [{ key, path }] = volume.secret.items
    expect(key).toBe('api-key')
    expect(volumeMounts[0].name).toBe(volume.name)
    expect(env).toContainEqual({ name: 'KAMELEOON_API_KEY_FILE', value: `${volumeMounts[0].mountPath}/${path}` })
    expect(JSON.stringify(receiver())).not.toContain('api-key')
  })

  it('leaves workers longer than the ten seconds in which jobs settle', () => {
    expect(worker().spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(10)
  })

  it('would not take a member that Kubernetes does not know', () => {
    const wrong = { ...worker(), spec: { ...worker().spec, replica: 3 } }
    expect(Value.Check(Deployment, wrong)).toBe(false)
  })
})
