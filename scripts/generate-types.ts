/**
 * Writes generated-types.ts beside the definition and beside each action, as Segment's own tool does, or with `--check`
 * tells which of them are out of date.
 */
import { fieldsToJsonSchema } from '@segment/actions-core'
import type { InputField } from '@segment/actions-core'
import { readFile, writeFile } from 'fs/promises'
import type { JSONSchema4 } from 'json-schema'
import { compile } from 'json-schema-to-typescript'
import path from 'path'
import destination from '../src/destinations/kameleoon'

const FOLDER = path.join(__dirname, '../src/destinations/kameleoon')

/** Segment's repository formats them with its own prettier style. */
const OPTIONS = {
  bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
  style: { semi: false, singleQuote: true, trailingComma: 'none' as const, printWidth: 120 }
}

async function typesOf(name: string, fields: Record<string, InputField>): Promise<string> {
  return compile(withoutTitles(fieldsToJsonSchema(fields, { tsType: true })), name, OPTIONS)
}

/** Titles would become type names of their own, and choices would become unions that a mapping can escape. */
function withoutTitles(schema: JSONSchema4): JSONSchema4 {
  const { title: _title, enum: _enum, ...rest } = schema
  const properties = Object.entries(rest.properties ?? {}).map(([key, value]) => [key, withoutTitles(value)])
  return rest.properties ? { ...rest, properties: Object.fromEntries(properties) as JSONSchema4['properties'] } : rest
}

async function main(isCheck: boolean): Promise<void> {
  const files: Array<[string, string]> = [
    ['generated-types.ts', await typesOf('Settings', destination.authentication?.fields as Record<string, InputField>)]
  ]
  for (const [key, action] of Object.entries(destination.actions)) {
    files.push([`${key}/generated-types.ts`, await typesOf('Payload', action.fields)])
  }
  for (const [file, text] of files) {
    const current = await readFile(path.join(FOLDER, file), 'utf8').catch(() => '')
    if (current === text) continue
    if (!isCheck) await writeFile(path.join(FOLDER, file), text)
    console.log(`${isCheck ? 'out of date' : 'written'}: ${file}`)
    if (isCheck) process.exitCode = 1
  }
}

void main(process.argv.includes('--check'))
