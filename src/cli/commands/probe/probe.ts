import { decodeApiKey } from '../../../destinations/kameleoon'
import { REPORT_KIND } from '../../../emulator'
import { messageOf, redacted } from '../../../segment-host'
import { cleanUp, type CleanedUp } from './clean-up'
import { CallError, Link, StoppedError, type Clock } from './link'
import { Names } from './names'
import { openProject, tokensFor } from './project'
import { couldNotTell, type Found, type Question, type WhenRead } from './question'
import { QUESTIONS } from './questions'
import type { Answered, Report } from './report'
import { Session, type SharedRun } from './session'
import { noTraces } from './traces'
import type { Transport } from './transport'
import type { Visit } from './visit'

export interface ProbeOptions {
  apiKey: string
  siteCode: string
  /** `https://` and the host of the Data API. */
  dataHost: string
  transport: Transport
  clock: Clock
  /** Ends the questions; the clean-up still takes place. */
  signal: AbortSignal
  /** A short text of letters and digits that no other run has. */
  run: string
  /** Most seconds to wait until something that was written can be read. */
  waitSeconds: number
  knownUser?: string
  /** Called with every question once it was asked, and with every part that was cleaned up. */
  onProgress?: (text: string) => void
}

/** A failing service is not asked further questions after this many in a row. */
const MOST_FAILURES = 3

/**
 * Asks Kameleoon all questions, removes what that has created, and resolves to the report. It does so too when Kameleoon
 * fails in the middle, and after the signal.
 * @throws UsageError when the project cannot be read; nothing was written then
 */
export async function probe(options: ProbeOptions): Promise<Report> {
  const { clock, signal, dataHost, siteCode, apiKey, onProgress } = options
  const probedAt = new Date(clock.now()).toISOString()
  const link = new Link({ ...options, fetchToken: tokensFor(apiKey) })
  const project = await openProject(link, siteCode, [], signal)
  const run: SharedRun = {
    ...{ link, project, signal, waitSeconds: options.waitSeconds, knownUser: options.knownUser },
    ...{ names: new Names(options.run), traces: noTraces() },
    findings: { mapDelay: 0, eventDelay: 0, needingToken: [] }
  }
  const asking = new Asking(run, onProgress)
  let cleanedUp: CleanedUp[] = []
  try {
    await asking.askAll()
  } finally {
    onProgress?.('cleaning up')
    cleanedUp = await cleanUp(run)
  }
  const report: Report = {
    ...{ kind: REPORT_KIND, version: 1, probedAt, siteCode, dataHost },
    ...{ requestCount: link.requests, troubles: asking.troubles, questions: asking.answered(), cleanUp: cleanedUp }
  }
  // Redaction keeps the form of what it is given.
  return redacted(report, [...secretsIn(apiKey), ...link.secrets]) as Report
}

function secretsIn(apiKey: string): string[] {
  const { secret } = decodeApiKey(apiKey)
  return [apiKey, secret, encodeURIComponent(secret)]
}

/** The questions of one run, and what was found out about them so far. */
class Asking {
  readonly troubles: string[] = []
  private readonly results: { question: Question; session: Session; result: Found | WhenRead }[] = []
  private visit: Visit | null = null
  private failures = 0

  constructor(
    private readonly run: SharedRun,
    private readonly onProgress?: (text: string) => void
  ) {}

  async askAll(): Promise<void> {
    for (const question of QUESTIONS) {
      const session = new Session(this.run)
      this.results.push({ question, session, result: await this.ask(question, session) })
      if (!this.run.signal.aborted) this.onProgress?.(question.asked)
    }
    await this.readVisit()
  }

  answered(): Answered[] {
    return this.results.map(({ question: { id, asked, why, looksFor }, session, result }) => {
      const found = typeof result === 'function' ? result(this.visit) : result
      return { id, asked, why, looksFor, ...found, requests: session.evidence }
    })
  }

  private async ask(question: Question, session: Session): Promise<Found | WhenRead> {
    if (this.run.signal.aborted) {
      this.note('The run was interrupted')
      return couldNotTell('Not asked: the run was interrupted')
    }
    if (this.failures >= MOST_FAILURES) return couldNotTell('Not asked: the questions before it failed')
    try {
      const found = await question.ask(session)
      this.failures = 0
      return found
    } catch (error) {
      return couldNotTell(this.troubleOf(error))
    }
  }

  /** Notes why a question has no answer. Anything but a failed call is a mistake of this program. */
  private troubleOf(error: unknown): string {
    if (!(error instanceof CallError) && !(error instanceof StoppedError)) throw error
    if (error instanceof CallError) this.failures += 1
    return this.note(messageOf(error))
  }

  private note(trouble: string): string {
    if (!this.troubles.includes(trouble)) this.troubles.push(trouble)
    return trouble
  }

  /** Reads the events of all questions, after as much time as an event took to show. */
  private async readVisit(): Promise<void> {
    const { link, signal, findings, names, traces } = this.run
    if (!traces.visitor || signal.aborted || findings.eventDelay === null) return
    const session = new Session(this.run)
    const last = names.page('last')
    try {
      await session.sendEvents([{ eventType: 'PAGE', href: last, title: 'Probe' }])
      const isThere = (visit: Visit): boolean => visit.pages(last).length > 0
      const found = await session.until(() => session.readVisit(), isThere, findings.eventDelay)
      if (!found) return
      // Events may show in another order than they were sent in.
      await link.wait(findings.eventDelay > 0 ? 5_000 : 0, signal)
      this.visit = findings.eventDelay > 0 ? await session.readVisit() : found.read
    } catch (error) {
      this.troubleOf(error)
    }
  }
}
