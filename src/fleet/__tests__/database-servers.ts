import { execFileSync, spawn, type ChildProcess } from 'child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'fs'
import { createServer, type AddressInfo } from 'net'
import { tmpdir } from 'os'
import { delimiter, join } from 'path'
import { createInterface } from 'readline'

/** A database server that runs for tests. */
export interface DatabaseServer {
  url: string
  stop(): Promise<void>
}

/** Starts Redis on a free port, without files unless `persistence` says so: what is given to the program after the others. */
export async function startRedis(program: string, persistence: readonly string[] = []): Promise<DatabaseServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'fleet-redis-'))
  const place = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const process = spawn(program, [...place, ...persistence])
  return running(process, folder, `redis://127.0.0.1:${port}/0`)
}

/** Starts PostgreSQL on a free port, with a new database in a temporary folder. */
export async function startPostgres(programs: string): Promise<DatabaseServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'fleet-postgres-'))
  const user = userOf(folder)
  const data = join(folder, 'data')
  const creation = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  execFileSync(join(programs, 'initdb'), creation, { ...user, cwd: folder })
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const options = settings.flatMap((setting) => ['-c', setting])
  const process = spawn(join(programs, 'postgres'), ['-D', data, ...options], { ...user, cwd: folder })
  return running(process, folder, `postgres://postgres@127.0.0.1:${port}/postgres`)
}

/** Where redis-server is, if it is installed. */
export function redisProgram(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'redis-server')).find(existsSync)
}

/** The folder of PostgreSQL's programs, if they are installed. Debian keeps them outside PATH, one folder a version. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter)
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** PostgreSQL does not run as root: then the user that owns nothing runs it, and is given the folder. */
function userOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((what) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' })))
  chownSync(folder, uid, gid)
  return { uid, gid }
}

async function running(server: ChildProcess, folder: string, url: string): Promise<DatabaseServer> {
  // Both take it as: end at once, without saving anything.
  const end = () => server.kill('SIGQUIT') || server.kill('SIGKILL')
  process.once('exit', end)
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const stop = async () => {
    end()
    await ended
    process.off('exit', end)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(server)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Redis says it on its output, PostgreSQL among the errors. */
function ready(server: ChildProcess): Promise<void> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    for (const input of [server.stdout, server.stderr]) {
      if (!input) continue
      createInterface({ input }).on('line', (line) => {
        said.push(line)
        if (/ready to accept connections/i.test(line)) resolve()
      })
    }
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`The server ended: ${said.join('\n')}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on a port has such an address.
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
