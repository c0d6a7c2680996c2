export { queryProblem } from './query-problem'
