import type { Check } from './check'

/** What jest 27 and newer ones accept, and only in this form of printing. */
const HEADER = /^\/\/ Jest Snapshot v1, https:\/\/\S+\n/

/** A snapshot is read by jest 27 there and written by a newer one here. */
export const snapshotsCheck: Check = {
  name: 'snapshots',
  run: ({ files, text }) => {
    const snapshots = files.filter((file) => file.endsWith('.snap'))
    const faults = snapshots.flatMap((file) => [
      ...(HEADER.test(text(file)) ? [] : [`${file} does not start with the header that jest 27 reads`]),
      ...(/^exports\[`[^`]*`\] = `\n?[[{]/m.test(text(file)) ? [`${file} prints objects without "Object"`] : []),
      ...(/\[[^`]*\d{4}-\d\d-\d\dT[^`]*Z[^`]*\] = /.test(text(file)) ? [`${file} is named after a moment`] : []),
      ...orphaned(file, files)
    ])
    return { faults, detail: `${snapshots.length} files` }
  }
}

function orphaned(file: string, files: string[]): string[] {
  const test = file.replace('__snapshots__/', '').replace(/\.snap$/, '')
  return files.includes(test) ? [] : [`${file} has no test`]
}
