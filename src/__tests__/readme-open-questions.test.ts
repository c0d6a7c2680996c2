import { readFileSync } from 'fs'
import path from 'path'
import { QUESTIONS } from '../cli/commands/probe/questions'

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8')

/** The first column of the table under "What is not known about Kameleoon's API". */
function openQuestions(): string[] {
  const section = /## What is not known about Kameleoon's API\n([^]*?)\n## /.exec(readme)?.[1] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  const cells = rows.map((row) => row.split('|')[1].trim())
  return cells.filter((cell) => cell !== 'open question' && !/^-+$/.test(cell))
}

describe('the questions that are open in the README', () => {
  it('are each one question of the probe', () => {
    const asked = QUESTIONS.map((question) => question.asked)
    expect(openQuestions().length).toBeGreaterThanOrEqual(7)
    expect(openQuestions().map((question) => [question, asked.filter((one) => one === question).length])).toEqual(
      openQuestions().map((question) => [question, 1])
    )
  })

  it('have different ids and different texts in the probe', () => {
    expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(QUESTIONS.length)
    expect(new Set(QUESTIONS.map(({ asked }) => asked)).size).toBe(QUESTIONS.length)
  })
})
