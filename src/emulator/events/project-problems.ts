import { isObject } from '../values'
import { LIMITS } from '../limits'
import type { Modes } from '../modes'
import type { ProjectData } from '../project'
import type { EventType } from './event-types'
import type { Problem } from './visit-event'

type ProjectModes = Pick<Modes, 'archivedGoals'>

/** Problems that depend on the project: unknown goals, unknown custom data, and values that are too long. */
export function projectProblems(
  content: Record<string, unknown>,
  eventType: EventType,
  project: ProjectData,
  modes: ProjectModes
): Problem[] {
  if (eventType === 'CONVERSION') return conversionProblems(content, project, modes)
  if (eventType === 'CUSTOMDATA') return customDataProblems(content, project)
  return []
}

function conversionProblems(
  { goalId, metadata }: Record<string, unknown>,
  project: ProjectData,
  modes: ProjectModes
): Problem[] {
  const problems = goalId === undefined ? [] : goalProblems(goalId, project, modes)
  const indices = isObject(metadata) ? Object.keys(metadata).map(Number) : []
  return [...problems, ...indices.flatMap((index) => indexProblems(index, 'metadata', project))]
}

function goalProblems(goalId: unknown, project: ProjectData, { archivedGoals }: ProjectModes): Problem[] {
  const goal = project.goal(goalId)
  const named = { field: 'goalId', value: goalId }
  if (!goal) return [{ reason: 'goal unknown in this project', ...named }]
  return goal.isArchived && archivedGoals === 'discard' ? [{ reason: `goal '${goal.name}' is archived`, ...named }] : []
}

/** Without values it clears the custom data, which takes `overwrite`. */
function customDataProblems(content: Record<string, unknown>, project: ProjectData): Problem[] {
  const { index, valuesCountMap, overwrite, mappingIdentifier } = content
  const problems = index === undefined ? [] : indexProblems(index, 'index', project)
  if (mappingIdentifier === true && project.mappingIdentifier?.index !== index) {
    problems.push({ reason: 'custom data is not the cross-device id of this project', field: 'index', value: index })
  }
  const values = isObject(valuesCountMap) ? Object.keys(valuesCountMap) : []
  if (isObject(valuesCountMap) && values.length === 0 && overwrite !== true) {
    return [...problems, { reason: 'no values, and no overwrite', field: 'valuesCountMap', value: valuesCountMap }]
  }
  if (values.every((value) => value.length <= LIMITS.customDataValueLength)) return problems
  const reason = `a value longer than ${LIMITS.customDataValueLength} characters`
  return [...problems, { reason, field: 'valuesCountMap', value: valuesCountMap }]
}

function indexProblems(index: unknown, field: string, project: ProjectData): Problem[] {
  const customData = project.customDataAt(index)
  if (!customData) return [{ reason: 'custom data index unknown in this project', field, value: index }]
  if (customData.isLocalOnly) return [{ reason: 'custom data is kept in the browser only', field, value: index }]
  return []
}
