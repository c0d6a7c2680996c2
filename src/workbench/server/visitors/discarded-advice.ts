/** What a user can do, by what the emulator says. The first that fits counts. */
const ADVICE: [RegExp, string][] = [
  [/goal unknown/, 'Choose a goal of the project in the field Goal of the mapping, or clear that field.'],
  [/is archived/, 'Choose another goal in the mapping, or take this one out of the archive in Kameleoon.'],
  [/custom data index unknown/, 'Choose a custom data of the project in the mapping, or add this one in Kameleoon.'],
  [
    /kept in the browser only/,
    'In Kameleoon, let this custom data be stored on the server, or leave it out of the mapping.'
  ],
  [/cross-device id/, 'In Kameleoon, mark one custom data as the cross-device id, or choose another visitor fallback.'],
  [/no values, and no overwrite/, 'Map a value for this custom data, or leave it out of the mapping.'],
  [
    /visitor code/,
    'Check the field Kameleoon Visitor Code of the mapping: a code has 1 to 100 characters and no line break.'
  ],
  [/^cut to/, 'Nothing must be done: the event is kept with the shorter text.'],
  [/nonce of another event/, 'Give each event a message id of its own; two different events have the same one.'],
  [/longer than/, 'Map fewer or shorter values: Kameleoon keeps nothing that is this long.'],
  [/wrong kind/, 'Correct the value in the mapping: it has another kind than Kameleoon expects.'],
  [
    /unknown (field|event type)/,
    'Correct the event type and its parameters in the mapping; Kameleoon does not know this one.'
  ],
  [/missing field/, 'Map a value for this field: Kameleoon keeps no such event without it.']
]

const OTHERWISE = 'Open the event and look at the request: the value named here is not what Kameleoon expects.'

/** What to do about something that was discarded, in words for the user. */
export function adviceFor(reason: string): string {
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ?? OTHERWISE
}
