import { isObject, realTypeOf } from '@segment/actions-core'
import { unshared, type Compile, type Compiled, type Resolve } from './compiled'
import { copied } from './copy'
import { mappingReaderOf, readAt } from './path'
import { rendered, rendererOf } from './template'

/** Compiles the value of one directive. */
type CompileDirective = (value: unknown, compile: Compile) => Compiled

/** The directives that are compiled, each with exactly the meaning that the framework's mapping kit gives to it. */
export const DIRECTIVES = new Map<string, CompileDirective>([
  ['@path', compilePath],
  ['@template', compileTemplate],
  ['@literal', (value, compile) => compile(value)],
  ['@if', compileIf],
  ['@case', compileCase],
  ['@arrayPath', compileArrayPath]
])

function compilePath(value: unknown, compile: Compile): Compiled {
  if (typeof value === 'string') return shared(mappingReaderOf(value))
  const path = textFrom('@path', compile(value))
  return shared((data) => readAt(data, path(data)))
}

function compileTemplate(value: unknown, compile: Compile): Compiled {
  if (typeof value === 'string') return unshared(rendererOf(value))
  const template = textFrom('@template', compile(value))
  return unshared((data) => rendered(template(data), data))
}

/** For values that may be parts of the data. */
function shared(resolve: Resolve): Compiled {
  return { resolve, clean: (data) => copied(resolve(data)) }
}

/** Directives whose value is a directive too get their text only with the data. */
function textFrom(name: string, { resolve }: Compiled): (data: unknown) => string {
  return (data) => {
    const text = resolve(data)
    if (typeof text !== 'string') throw new Error(`${name}: expected string, got ${realTypeOf(text)}`)
    return text
  }
}

/** A faulty directive is an error only for the events that it is resolved for. */
function fault(message: string): Compiled {
  return unshared(() => {
    throw new Error(message)
  })
}

const NOTHING = unshared(() => undefined)

function compileIf(value: unknown, compile: Compile): Compiled {
  if (!isOptions(value)) return fault('@if requires an object with an "exists" key')
  if (!value.exists && !value.blank) return fault('@if requires an "exists" key or a "blank" key')
  const holds = value.exists === undefined ? isNotBlank(compile(value.blank)) : isThere(compile(value.exists))
  const then = compile(value.then)
  const otherwise = value.else ? compile(value.else) : NOTHING
  return {
    resolve: (data) => (holds(data) ? then : otherwise).resolve(data),
    clean: (data) => (holds(data) ? then : otherwise).clean(data)
  }
}

/** The framework's `isObject` says only that the value is an object; members of it are read by name here. */
function isOptions(value: unknown): value is Record<string, unknown> {
  return isObject(value)
}

function isThere({ resolve }: Compiled): (data: unknown) => boolean {
  return (data) => {
    const value = resolve(data)
    return value !== undefined && value !== null
  }
}

function isNotBlank({ resolve }: Compiled): (data: unknown) => boolean {
  return (data) => {
    const value = resolve(data)
    // Not strict, as in the framework: 0, false and an empty list are blank too.
    return value !== undefined && value !== null && value != ''
  }
}

function compileCase(value: unknown, compile: Compile): Compiled {
  if (!isOptions(value)) return fault('@case requires an object with a "operator" key')
  const { operator } = value
  if (!operator) return fault('@case requires a "operator" key')
  if (!value.value) return NOTHING
  const { resolve, clean } = compile(value.value)
  return { resolve: (data) => inCase(resolve(data), operator), clean: (data) => inCase(clean(data), operator) }
}

function inCase(value: unknown, operator: unknown): unknown {
  if (typeof value !== 'string') return value
  if (operator === 'lower') return value.toLowerCase()
  if (operator === 'upper') return value.toUpperCase()
  throw new Error('operator key should have a value of "lower" or "upper"')
}

function compileArrayPath(value: unknown, compile: Compile): Compiled {
  if (!Array.isArray(value)) return fault(`@arrayPath expected array, got ${realTypeOf(value)}`)
  const [path, shape] = value as unknown[]
  const root = typeof path === 'string' ? shared(mappingReaderOf(path)) : compile(path)
  if (!isOptions(shape) || Object.keys(shape).length === 0) return root
  const item = compile(shape)
  return { resolve: eachItem(root, item.resolve), clean: eachItem(root, item.clean) }
}

/** An object counts as a list of one. Other values have no items, and nothing that could be shared. */
function eachItem({ resolve }: Compiled, item: Resolve): Resolve {
  return (data) => {
    const root = resolve(data)
    if (Array.isArray(root)) return root.map((one) => item(one))
    return isObject(root) ? [item(root)] : root
  }
}
