import type { DependsOnConditions } from '@segment/actions-core/destination-kit/types'
import type { Static } from '@sinclair/typebox'
import type { DependsOn } from '../../contract'

type Condition = DependsOnConditions['conditions'][number]

/** Conditions as the page's own description has them. */
export function dependsOn({ match, conditions }: DependsOnConditions): Static<typeof DependsOn> {
  return {
    match: match ?? 'all',
    conditions: conditions.map((condition) => ({
      fieldKey: keyOf(condition),
      operator: condition.operator,
      ...(condition.value === undefined ? {} : { value: condition.value })
    }))
  }
}

/** Conditions in words, as what follows "required when". */
export function conditionText({ match, conditions }: DependsOnConditions): string {
  return conditions.map(textOf).join(match === 'any' ? ' or ' : ' and ')
}

function textOf(condition: Condition): string {
  const verb = condition.operator === 'is' ? 'is' : 'is not'
  return `${keyOf(condition)} ${verb} ${valueText(condition.value)}`
}

function valueText(value: unknown): string {
  if (value === undefined) return 'empty'
  return Array.isArray(value) ? `one of ${value.map((one) => JSON.stringify(one)).join(', ')}` : JSON.stringify(value)
}

/** The mode in which a mapping synchronises is no field, and is kept under a key of its own. */
function keyOf(condition: Condition): string {
  return condition.type === 'syncMode' ? '__segment_internal_sync_mode' : condition.fieldKey
}
