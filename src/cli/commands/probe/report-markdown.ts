import type { CleanedUp } from './clean-up'
import type { Evidence } from './evidence'
import { isComplete, type Answered, type Report } from './report'

/** The report in Markdown: a table of the answers, then each question with the requests that show its answer. */
export function reportMarkdown(report: Report): string {
  return [
    '# How Kameleoon was seen to behave',
    '',
    `Project ${code(report.siteCode)} at ${report.dataHost}, ${report.probedAt}, ${report.requestCount} requests.`,
    '',
    ...troublesOf(report),
    '| question | answer | what was seen |',
    '| --- | --- | --- |',
    ...report.questions.map(({ asked, answer, found }) => `| ${cell(asked)} | ${answer} | ${cell(found)} |`),
    '',
    '## Cleaning up',
    '',
    ...report.cleanUp.map(({ what, state, detail }) => `- ${what}: ${state}. ${detail}`),
    '',
    ...report.questions.flatMap(questionText),
    ...report.cleanUp.flatMap(cleanUpText)
  ].join('\n')
}

function troublesOf(report: Report): string[] {
  if (isComplete(report)) return []
  const troubles = report.troubles.map((trouble) => `- ${trouble}`)
  return ['**This run is not complete**: not everything could be asked or removed.', '', ...troubles, '']
}

function questionText({ asked, why, looksFor, answer, found, mode, requests }: Answered): string[] {
  return [
    `## ${asked}`,
    '',
    `${why} Looked for: ${looksFor}.`,
    '',
    `**${answer}**: ${found}.`,
    '',
    ...(mode && Object.keys(mode).length > 0 ? [`As options of the emulator: ${code(JSON.stringify(mode))}`, ''] : []),
    ...requestsText(requests)
  ]
}

function cleanUpText({ what, requests }: CleanedUp): string[] {
  return [`## Requests that removed the ${what}`, '', ...requestsText(requests)]
}

function requestsText(requests: Evidence[]): string[] {
  if (requests.length === 0) return []
  const lines = requests.flatMap(({ request, token, body, status, answer, error }) => [
    `${request}${token === 'valid' ? '' : `  (${TOKENS[token]})`}`,
    ...(body === undefined ? [] : [`  ${body}`]),
    `  -> ${status ?? error ?? 'no answer'}${answer === undefined ? '' : ` ${answer}`}`
  ])
  return ['```', ...lines.map(oneLine), '```', '']
}

const TOKENS = { none: 'without a token', wrong: 'with a token that is not valid' }

/** Answers are Kameleoon's own text; they must not end the block of code. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/`{3,}/g, "'''")
}

const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => oneLine(text).replace(/\|/g, '\\|')
