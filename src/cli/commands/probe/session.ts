import type { DataCall } from '../../../emulator'
import { isRecord } from '../../../segment-host'
import type { Answer, Call, Evidence } from './evidence'
import { CallError, type Link } from './link'
import { isSuccess, mapsUnder, type Fields } from './map-calls'
import type { Names } from './names'
import type { Project } from './project'
import { noteMaps, type Traces } from './traces'
import { Visit } from './visit'

/** Seconds after a write at which it is looked for. */
const LOOKS_AT = [0, 1, 2, 5, 10, 20, 40, 60, 120, 180, 240, 300]

/** What one question found and others use. */
export interface Findings {
  /** Seconds until a written map can be read; null when it never could. */
  mapDelay: number | null
  /** Seconds until an event can be read; null when it never could. */
  eventDelay: number | null
  /** The calls that need a token. */
  needingToken: DataCall[]
  /** The goal that stays active to the end of the run. */
  goalId?: number
}

/** What was read at last. */
export interface Look<T> {
  read: T
  /** Seconds after the first look. */
  seconds: number
  /** Seconds after the first look when it was not there yet. */
  before: number
}

/** When something could be read, as the end of a sentence. */
export function whenText({ seconds, before }: Look<unknown>): string {
  return seconds === 0 ? 'at once' : `between ${before} and ${seconds} seconds after the answer`
}

/** Parts of a run that all its questions share. */
export interface SharedRun {
  link: Link
  names: Names
  project: Project
  traces: Traces
  signal: AbortSignal
  /** Most seconds to wait until something that was written can be read. */
  waitSeconds: number
  /** A user of the project whose data Kameleoon's own integrations have stored. */
  knownUser?: string
  findings: Findings
}

/** What one question works with. All its calls are kept as evidence. */
export class Session {
  readonly evidence: Evidence[] = []

  constructor(readonly run: SharedRun) {}

  get names(): Names {
    return this.run.names
  }

  call(call: Call): Promise<Answer> {
    return this.run.link.call(call, this.evidence, this.run.signal)
  }

  /** The query of every call of the Data API, with further parameters. */
  query(further: Record<string, string> = {}): Record<string, string> {
    return { siteCode: this.run.project.siteCode, ...further }
  }

  /** Writes maps that live for an hour only. Returns the answer, whatever its status. */
  writeMaps(maps: Record<string, Fields>, token?: Call['token']): Promise<Answer> {
    noteMaps(this.run.traces, maps)
    const query = this.query({ ttlHours: '1' })
    return this.call({ method: 'POST', api: 'data', path: '/map/maps', query, body: maps, token })
  }

  /** The maps under these keys; an empty one where nothing is stored. */
  readMaps(...keys: string[]): Promise<Fields[]> {
    return mapsUnder(keys, this.run.project.siteCode, (call) => this.call(call))
  }

  /** Writes maps and waits until the check accepts what is read under their keys. Returns the maps; null when it never did. */
  async writtenMaps(maps: Record<string, Fields>, isThere: (read: Fields[]) => boolean): Promise<Fields[] | null> {
    const { mapDelay } = this.run.findings
    if (mapDelay === null) throw new CallError('Maps that are written cannot be read')
    const { status } = await this.writeMaps(maps)
    if (!isSuccess(status)) throw new CallError(`POST /map/maps answered ${status}`)
    return (await this.until(() => this.readMaps(...Object.keys(maps)), isThere, mapDelay))?.read ?? null
  }

  /** Sends visit events of the test visitor in the JSON form. Each gets a nonce of its own unless it has one. */
  sendEvents(events: Fields[], further: Record<string, string> = {}, token?: Call['token']): Promise<Answer> {
    const { names, traces } = this.run
    traces.visitor = true
    const body = events.map((event) => ({ visitorCode: names.visitorCode, nonce: names.nonce(), ...event }))
    const query = this.query({ json: 'true', ...further })
    return this.call({ method: 'POST', api: 'data', path: '/visit/events', query, body, token })
  }

  /** Everything that Kameleoon returns about the test visitor. */
  async readVisit(): Promise<Visit> {
    const { status, json } = await this.call(visitCall(this.run))
    if (status === 403) {
      throw new CallError(
        'GET /visit/visitor answered 403: the account may lack Feature Experimentation, which it needs'
      )
    }
    if (!isSuccess(status) || !isRecord(json)) throw new CallError(`GET /visit/visitor answered ${status}`)
    return new Visit(json)
  }

  /**
   * Reads again and again, with pauses, until the check accepts what was read or the longest wait is over.
   * @param earliest seconds before which it cannot be there
   * @returns what was read, and when; null when the check accepted nothing
   */
  async until<T>(read: () => Promise<T>, isThere: (value: T) => boolean, earliest = 0): Promise<Look<T> | null> {
    const { link, signal, waitSeconds } = this.run
    const start = link.clock.now()
    let before = 0
    for (const seconds of LOOKS_AT.filter((at) => at >= earliest && at <= waitSeconds)) {
      await link.wait(start + seconds * 1_000 - link.clock.now(), signal)
      const value = await read()
      if (isThere(value)) return { read: value, seconds, before }
      before = seconds
    }
    return null
  }
}

/** The call that reads everything about the test visitor. */
export function visitCall({ project, names }: Pick<SharedRun, 'project' | 'names'>): Call {
  const { siteCode } = project
  const query = {
    siteCode,
    visitorCode: names.visitorCode,
    maxNumberPreviousVisits: '5',
    currentVisit: 'true',
    all: 'true'
  }
  return { method: 'GET', api: 'data', path: '/visit/visitor', query }
}
