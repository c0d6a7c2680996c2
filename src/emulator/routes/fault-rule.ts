import { isObject } from '../events/is-object'
import type { FaultRule } from '../faults'
import { Rejection } from '../rejection'
import { fromJson } from './request'

const isText = (value: unknown) => typeof value === 'string'
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0

const PARTS: Record<keyof FaultRule, (value: unknown) => boolean> = {
  path: isText,
  method: isText,
  host: isText,
  status: (value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
  retryAfter: (value) => isText(value) || isCount(value),
  body: () => true,
  delayMs: isCount,
  tokenAgeMs: isCount,
  beyond: (value) => isObject(value) && isCount(value.calls) && Number(value.calls) > 0 && isCount(value.milliseconds),
  reset: (value) => value === 'before' || value === 'after',
  skip: isCount,
  every: (value) => isCount(value) && Number(value) > 0,
  times: isCount
}

/** The fault rule in a JSON body, or 400 with the part that makes no sense. Over HTTP a path is always a whole path. */
export function readFaultRule(body: string): FaultRule {
  const rule = fromJson(body, 'a fault rule as a JSON object')
  if (!isObject(rule)) throw new Rejection(400, 'A fault rule must be a JSON object.')
  const accepts = new Map<string, (value: unknown) => boolean>(Object.entries(PARTS))
  const wrong = Object.entries(rule).find(([part, value]) => !accepts.get(part)?.(value))
  if (wrong !== undefined)
    throw new Rejection(400, `A fault rule cannot have ${wrong[0]} = ${JSON.stringify(wrong[1])}.`)
  return rule
}
