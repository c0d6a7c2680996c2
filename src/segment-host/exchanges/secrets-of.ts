import type { DestinationDefinition } from '@segment/actions-core'

/** Shorter ones are found in innocent words. */
const SHORTEST_SECRET = 6

/** The secrets among given settings: what stands in password fields, and the texts that such a text encodes as JSON. */
export function secretsOf<Settings>(
  { authentication }: DestinationDefinition<Settings>,
  settings: Record<string, unknown>
): string[] {
  const secrets = Object.entries(authentication?.fields ?? {}).flatMap(([key, { type }]) => {
    const value = settings[key]
    return type === 'password' && typeof value === 'string' ? [value, ...encodedIn(value)] : []
  })
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET)
}

function encodedIn(value: string): string[] {
  try {
    const content: unknown = JSON.parse(Buffer.from(value, 'base64').toString('utf8'))
    const { secret } = Object(content) as { secret?: unknown }
    return typeof secret === 'string' ? [secret, encodeURIComponent(secret)] : []
  } catch {
    return []
  }
}
