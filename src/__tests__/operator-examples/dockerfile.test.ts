import { existsSync } from 'fs'
import path from 'path'
import { parseOnly } from '../fleet-examples/command-lines'
import { projectFile } from '../fleet-examples/example-files'

interface Instruction {
  name: string
  value: string
}

/** The instructions of a Dockerfile, each in one line. https://docs.docker.com/reference/dockerfile/ */
function instructionsIn(dockerfile: string): Instruction[] {
  const lines = dockerfile
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  return lines.filter(Boolean).map((line) => {
    const [, name, value] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    if (name === undefined) throw new Error(`This line is no instruction: ${line}`)
    return { name, value }
  })
}

const KNOWN = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'VOLUME', 'USER', 'EXPOSE', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']

const dockerfile = instructionsIn(projectFile('Dockerfile'))
const valuesOf = (name: string): string[] => dockerfile.filter((one) => one.name === name).map(({ value }) => value)
const wordsIn = (value: string): string[] => JSON.parse(value) as string[]
const lastAt = (name: string): number => dockerfile.map((one) => one.name).lastIndexOf(name)

describe('the Dockerfile', () => {
  it('has only instructions that Docker knows', () => {
    expect(dockerfile.filter(({ name }) => !KNOWN.includes(name))).toEqual([])
  })

  it('builds in one stage and runs in another, both slim and of the recommended version of Node.js', () => {
    const image = `node:${projectFile('.nvmrc').trim()}-slim`
    expect(valuesOf('FROM')).toEqual([`${image} AS build`, image])
  })

  it('installs what the lock file says before it copies the sources, so that this is built once', () => {
    const build = dockerfile.slice(0, lastAt('FROM')).filter(({ name }) => ['COPY', 'RUN'].includes(name))
    expect(build.slice(0, 3).map(({ value }) => value)).toEqual([
      'package.json package-lock.json ./',
      'npm ci --no-audit --no-fund',
      '. .'
    ])
  })

  it('does not run as root, and can write its data', () => {
    expect(valuesOf('USER')).toEqual(['node'])
    expect(lastAt('USER')).toBeGreaterThan(lastAt('RUN'))
    expect(valuesOf('RUN').at(-1)).toContain('chown node:node /data')
    expect(valuesOf('WORKDIR').at(-1)).toBe('/data')
  })

  it('starts the command of the package, without a shell, so that signals reach it', () => {
    const { bin } = JSON.parse(projectFile('package.json')) as { bin: Record<string, string> }
    const main = `/app/node_modules/segment-destination-kameleoon/${bin['kameleoon-destination']}`
    expect(valuesOf('ENTRYPOINT').map(wordsIn)).toEqual([['node', main]])
  })

  it('runs the workbench unless something else is asked for, with words that the program knows', async () => {
    const [words] = valuesOf('CMD').map(wordsIn)
    expect(words[0]).toBe('workbench')
    await expect(parseOnly(words)).resolves.toBeUndefined()
  })

  it('asks the workbench for its health, at the port that it opens', () => {
    expect(valuesOf('HEALTHCHECK')[0]).toContain('fetch(process.env.HEALTH_ADDRESS)')
    const [port] = valuesOf('EXPOSE')
    expect(valuesOf('ENV')).toContain(`HEALTH_ADDRESS=http://127.0.0.1:${port}/`)
    expect(projectFile('src/cli/commands/workbench.ts')).toContain(port)
  })

  it('installs the clients of both databases, in versions that are tested', () => {
    const { devDependencies } = JSON.parse(projectFile('package.json')) as { devDependencies: Record<string, string> }
    for (const name of ['bullmq', 'ioredis', 'pg']) {
      const [, major] = /\^(\d+)\./.exec(devDependencies[name]) ?? []
      expect(valuesOf('RUN').at(-1)).toContain(` ${name}@${major}`)
    }
  })
})

describe('what goes into the build of the image', () => {
  const ignored = projectFile('.dockerignore').split('\n')

  it('has no secrets, and nothing that was built or installed outside', () => {
    for (const name of ['node_modules', 'dist', '.git', 'examples/fleet/secrets', '.kameleoon-workbench', '**/.env*']) {
      expect(ignored).toContain(name)
    }
  })

  it('has everything that the package holds', () => {
    const { files } = JSON.parse(projectFile('package.json')) as { files: string[] }
    const kept = files.filter((name) => !name.startsWith('!') && name !== 'dist')
    for (const name of kept) {
      expect([name, existsSync(path.join(__dirname, '../../..', name))]).toEqual([name, true])
      expect(ignored).not.toContain(name)
    }
  })
})
