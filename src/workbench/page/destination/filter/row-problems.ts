import { isName, isNumber, type Row } from './filter-model'
import { NUMBER_OPERATORS, WITH_NAME } from './operators'

/** What is wrong with the parts of a row that are filled in. A row that is not complete is not part of the filter yet. */
export function rowProblems({ part, name, operator, values }: Row): { name?: string; value?: string } {
  const written = values.filter((value) => value !== '')
  return {
    ...(WITH_NAME.includes(part) && name !== '' && !isName(name) && { name: 'Write this name in the text form.' }),
    ...(written.some((value) => value.includes('"')) && { value: 'Segment’s filters cannot contain double quotes.' }),
    ...(NUMBER_OPERATORS.includes(operator) &&
      written.some((value) => !isNumber(value)) && { value: 'Write a number, such as 49.90.' })
  }
}
