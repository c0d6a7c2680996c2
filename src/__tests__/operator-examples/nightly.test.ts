import { Value } from '@sinclair/typebox/value'
import { parseDocument } from 'yaml'
import { parseOnly, wordsAfterName } from '../fleet-examples/command-lines'
import { projectFile } from '../fleet-examples/example-files'
import { CronJob, Schedule } from './cron-job-schema'

const SCRIPT = 'deliver-nightly.sh'

function cronJob(): CronJob {
  const document = parseDocument(projectFile('examples/nightly/kubernetes-cronjob.yaml'))
  expect([...document.errors, ...document.warnings]).toEqual([])
  const content: unknown = document.toJS()
  expect([...Value.Errors(CronJob, content)].map(({ path, message }) => `${path} ${message}`)).toEqual([])
  return Value.Decode(CronJob, content)
}

const jobOf = ({ spec }: CronJob) => spec.jobTemplate.spec
const podOf = (job: CronJob) => jobOf(job).template.spec

describe('the example of a CronJob', () => {
  it('has labels of pods that are those of the job', () => {
    expect(jobOf(cronJob()).template.metadata.labels).toEqual(cronJob().metadata.labels)
  })

  it('starts the script that the package in the image has', () => {
    const [{ command }] = podOf(cronJob()).containers
    const { files } = JSON.parse(projectFile('package.json')) as { files: string[] }
    expect(files).toContain('examples/nightly')
    const folder = '/app/node_modules/segment-destination-kameleoon'
    expect(command).toEqual(['sh', `${folder}/examples/nightly/${SCRIPT}`])
    expect(projectFile('Dockerfile')).toContain(`${folder}/dist`)
  })

  it('gives the API key as a file, and the folder of events where the volume is', () => {
    const { containers, volumes } = podOf(cronJob())
    const [{ env, volumeMounts }] = containers
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name))
    expect(env).toContainEqual({ name: 'KAMELEOON_API_KEY_FILE', value: '/etc/kameleoon/api-key' })
    expect(env).toContainEqual({ name: 'EVENTS', value: `${volumeMounts[0].mountPath}/events` })
  })

  it('does not try again when all is settled and events were rejected', () => {
    const [{ action, onExitCodes }] = jobOf(cronJob()).podFailurePolicy.rules
    expect([action, onExitCodes.values]).toEqual(['FailJob', [1]])
  })

  it('leaves batches longer than the ten seconds in which they settle', () => {
    expect(podOf(cronJob()).terminationGracePeriodSeconds).toBeGreaterThan(10)
  })

  it('would not take a member that Kubernetes does not know', () => {
    expect(Value.Check(CronJob, { ...cronJob(), spec: { ...cronJob().spec, shedule: '* * * * *' } })).toBe(false)
  })
})

describe('the example for cron', () => {
  const lines = projectFile('examples/nightly/crontab')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
  const [jobs, variables] = [false, true].map((isVariable) =>
    lines.filter((line) => /^[A-Z_]+=/.test(line) === isVariable)
  )

  it('starts the script every night, never twice at once', () => {
    expect(jobs).toHaveLength(1)
    const [, schedule, command] = /^((?:\S+ ){4}\S+) (.+)$/.exec(jobs[0]) ?? []
    expect(Value.Check(Schedule, schedule)).toBe(true)
    expect(command).toMatch(/^flock --nonblock \S+ \/opt\/kameleoon\/deliver-nightly\.sh$/)
  })

  it('has the variables that the script needs, the API key as a file', () => {
    const names = variables.map((line) => line.split('=')[0])
    expect(names).toEqual(expect.arrayContaining(['PATH', 'EVENTS', 'KAMELEOON_API_KEY_FILE', 'KAMELEOON_SITECODE']))
    expect(names).not.toContain('KAMELEOON_API_KEY')
  })
})

describe('the script for the night', () => {
  it('starts a command with words that the program knows', async () => {
    const [line] = projectFile(`examples/nightly/${SCRIPT}`)
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .filter((text) => text.trim().startsWith('kameleoon-destination '))
    const words = wordsAfterName(line.replace('${resume:+"$resume"}', '--resume').replace(/ &$/, ''))
    expect(words.slice(0, 3)).toEqual(['deliver', '$file', '--resume'])
    await expect(parseOnly(words)).resolves.toBeUndefined()
  })
})
