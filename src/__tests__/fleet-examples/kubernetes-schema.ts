import { Type, type Static } from '@sinclair/typebox'

/**
 * The form of those resources of Kubernetes that the example has, as far as it uses it. Other members are not allowed, since
 * a misspelled one would be lost without a word.
 * https://kubernetes.io/docs/reference/kubernetes-api/
 */
export const strict = { additionalProperties: false }
export const Labels = Type.Object({ app: Type.String() }, strict)
export const Name = Type.String({ pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 })
export const Metadata = Type.Object({ name: Name, labels: Type.Optional(Labels) }, strict)
export const Seconds = Type.Integer({ minimum: 1 })

const Probe = Type.Object(
  {
    httpGet: Type.Object({ path: Type.String({ pattern: '^/' }), port: Name }, strict),
    initialDelaySeconds: Type.Optional(Seconds),
    periodSeconds: Seconds,
    timeoutSeconds: Seconds
  },
  strict
)

const KeyOfSecret = Type.Object({ name: Name, key: Type.String() }, strict)

export const Variable = Type.Union([
  Type.Object({ name: Type.String(), value: Type.String() }, strict),
  Type.Object({ name: Type.String(), valueFrom: Type.Object({ secretKeyRef: KeyOfSecret }, strict) }, strict)
])

export const Resources = Type.Object(
  {
    requests: Type.Object({ cpu: Type.String(), memory: Type.String() }, strict),
    limits: Type.Object({ memory: Type.String() }, strict)
  },
  strict
)

export const ContainerSecurity = Type.Object(
  {
    allowPrivilegeEscalation: Type.Literal(false),
    readOnlyRootFilesystem: Type.Literal(true),
    capabilities: Type.Object({ drop: Type.Array(Type.Literal('ALL')) }, strict)
  },
  strict
)

export const PodSecurity = Type.Object(
  {
    runAsNonRoot: Type.Literal(true),
    runAsUser: Type.Integer({ minimum: 1 }),
    fsGroup: Type.Optional(Type.Integer()),
    seccompProfile: Type.Object({ type: Type.Literal('RuntimeDefault') }, strict)
  },
  strict
)

const Container = Type.Object(
  {
    name: Name,
    image: Type.String(),
    args: Type.Array(Type.String()),
    env: Type.Array(Variable),
    ports: Type.Array(Type.Object({ name: Name, containerPort: Type.Integer() }, strict)),
    readinessProbe: Probe,
    livenessProbe: Probe,
    resources: Resources,
    securityContext: ContainerSecurity,
    volumeMounts: Type.Optional(
      Type.Array(Type.Object({ name: Name, mountPath: Type.String(), readOnly: Type.Literal(true) }, strict))
    )
  },
  strict
)

export const SecretVolume = Type.Object(
  {
    name: Name,
    secret: Type.Object(
      {
        secretName: Name,
        items: Type.Array(Type.Object({ key: Type.String(), path: Type.String() }, strict))
      },
      strict
    )
  },
  strict
)

const PodSpec = Type.Object(
  {
    terminationGracePeriodSeconds: Seconds,
    automountServiceAccountToken: Type.Literal(false),
    securityContext: PodSecurity,
    containers: Type.Array(Container, { minItems: 1 }),
    volumes: Type.Optional(Type.Array(SecretVolume))
  },
  strict
)

export const Deployment = Type.Object(
  {
    apiVersion: Type.Literal('apps/v1'),
    kind: Type.Literal('Deployment'),
    metadata: Metadata,
    spec: Type.Object(
      {
        replicas: Type.Integer({ minimum: 1 }),
        selector: Type.Object({ matchLabels: Labels }, strict),
        template: Type.Object({ metadata: Type.Object({ labels: Labels }, strict), spec: PodSpec }, strict)
      },
      strict
    )
  },
  strict
)

export const Secret = Type.Object(
  {
    apiVersion: Type.Literal('v1'),
    kind: Type.Literal('Secret'),
    metadata: Metadata,
    type: Type.Literal('Opaque'),
    stringData: Type.Record(Type.String(), Type.String())
  },
  strict
)

const ServicePort = Type.Object({ name: Name, port: Type.Integer(), targetPort: Name }, strict)

export const Service = Type.Object(
  {
    apiVersion: Type.Literal('v1'),
    kind: Type.Literal('Service'),
    metadata: Metadata,
    spec: Type.Object({ selector: Labels, ports: Type.Array(ServicePort) }, strict)
  },
  strict
)

export type Deployment = Static<typeof Deployment>
export type Container = Static<typeof Container>
