import type { Question } from '../question'
import { ACCESS_QUESTIONS, LAST_QUESTIONS } from './access'
import { CUSTOM_DATA_QUESTIONS } from './custom-data'
import { EVENT_QUESTIONS } from './events'
import { GOAL_QUESTIONS } from './goals'
import { MAP_READ_QUESTIONS } from './map-reads'
import { MAP_QUESTIONS } from './maps'
import { PARAMETER_QUESTIONS } from './parameters'

/** All questions in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  ...MAP_QUESTIONS,
  ...MAP_READ_QUESTIONS,
  ...GOAL_QUESTIONS,
  ...CUSTOM_DATA_QUESTIONS,
  ...EVENT_QUESTIONS,
  ...PARAMETER_QUESTIONS,
  ...ACCESS_QUESTIONS,
  ...LAST_QUESTIONS
]
