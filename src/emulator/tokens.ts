import { randomBytes } from 'crypto'
import { LRUCache } from 'lru-cache'

/** The access tokens issued by `POST /oauth/token`. */
export class Tokens {
  issued = 0
  /** The time each token expires, in milliseconds. */
  private readonly endings = new LRUCache<string, number>({ max: 10_000 })

  constructor(
    private readonly clock: () => number,
    private readonly lifetimeSeconds: number
  ) {}

  /** A new token in the form of a JSON web token with a random signature. */
  issue(clientId: string): string {
    const issuedAt = Math.floor(this.clock() / 1000)
    const claims = { client_id: clientId, iat: issuedAt, exp: issuedAt + this.lifetimeSeconds, jti: this.issued }
    const token = [part({ alg: 'RS256', typ: 'JWT' }), part(claims), randomBytes(32).toString('base64url')].join('.')
    this.endings.set(token, this.clock() + this.lifetimeSeconds * 1000)
    this.issued += 1
    return token
  }

  isValid(token: string): boolean {
    return this.clock() < (this.endings.get(token) ?? 0)
  }

  /** Milliseconds since the token was issued; undefined for an unknown token. */
  ageOf(token: string): number | undefined {
    const ending = this.endings.get(token)
    return ending === undefined ? undefined : this.clock() - (ending - this.lifetimeSeconds * 1000)
  }

  /** Makes every token issued so far invalid at once. */
  expireAll(): void {
    this.endings.clear()
  }

  reset(): void {
    this.expireAll()
    this.issued = 0
  }
}

function part(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}
