import { Type, type Static } from '@sinclair/typebox'
import * as kubernetes from '../fleet-examples/kubernetes-schema'

/**
 * The form of a CronJob, as far as the example uses it. Other members are not allowed.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/
 */
const { strict } = kubernetes

const Container = Type.Object(
  {
    name: kubernetes.Name,
    image: Type.String(),
    command: Type.Array(Type.String(), { minItems: 1 }),
    env: Type.Array(kubernetes.Variable),
    resources: kubernetes.Resources,
    securityContext: kubernetes.ContainerSecurity,
    volumeMounts: Type.Array(
      Type.Object(
        { name: kubernetes.Name, mountPath: Type.String(), readOnly: Type.Optional(Type.Literal(true)) },
        strict
      )
    )
  },
  strict
)

const ClaimVolume = Type.Object(
  { name: kubernetes.Name, persistentVolumeClaim: Type.Object({ claimName: kubernetes.Name }, strict) },
  strict
)

const Pod = Type.Object(
  {
    restartPolicy: Type.Literal('Never'),
    terminationGracePeriodSeconds: kubernetes.Seconds,
    automountServiceAccountToken: Type.Literal(false),
    securityContext: kubernetes.PodSecurity,
    containers: Type.Array(Container, { minItems: 1, maxItems: 1 }),
    volumes: Type.Array(Type.Union([ClaimVolume, kubernetes.SecretVolume]))
  },
  strict
)

const ExitCodes = Type.Object({ operator: Type.Literal('In'), values: Type.Array(Type.Integer()) }, strict)

const Job = Type.Object(
  {
    backoffLimit: Type.Integer({ minimum: 0 }),
    podFailurePolicy: Type.Object(
      { rules: Type.Array(Type.Object({ action: Type.Literal('FailJob'), onExitCodes: ExitCodes }, strict)) },
      strict
    ),
    template: Type.Object({ metadata: Type.Object({ labels: kubernetes.Labels }, strict), spec: Pod }, strict)
  },
  strict
)

/** Five fields of numbers, ranges, lists and steps. */
export const Schedule = Type.String({ pattern: '^([\\d*/,-]+ ){4}[\\d*/,-]+$' })

export const CronJob = Type.Object(
  {
    apiVersion: Type.Literal('batch/v1'),
    kind: Type.Literal('CronJob'),
    metadata: kubernetes.Metadata,
    spec: Type.Object(
      {
        schedule: Schedule,
        timeZone: Type.String(),
        concurrencyPolicy: Type.Literal('Forbid'),
        startingDeadlineSeconds: kubernetes.Seconds,
        successfulJobsHistoryLimit: Type.Integer(),
        failedJobsHistoryLimit: Type.Integer(),
        jobTemplate: Type.Object({ spec: Job }, strict)
      },
      strict
    )
  },
  strict
)

export type CronJob = Static<typeof CronJob>
