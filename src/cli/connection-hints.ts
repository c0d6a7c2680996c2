import { proxyNote } from './proxy-note'

/**
 * What may be the reason for an error of the connection, by what the destination's message says. The codes are those of Node:
 * https://nodejs.org/api/errors.html#common-system-errors and https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const HINTS: [RegExp, string][] = [
  [/\((ENOTFOUND|EAI_AGAIN)\)/, 'The name of its host could not be resolved: check the network and its DNS'],
  [/\((ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|EACCES|EPERM)\)/, 'A firewall may be the reason'],
  [
    /\((\w*CERT\w*|UNABLE_TO_VERIFY_LEAF_SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA)\)/,
    'The certificate was not accepted. When a proxy reads what is sent, name the file of its certificate in NODE_EXTRA_CA_CERTS'
  ],
  [/\((EPROTO|ERR_SSL_\w+)\)/, 'What answered does not speak TLS. It may be a proxy'],
  [/ in time\b/, 'A firewall may be the reason'],
  [/ answered (407|502|503|504) /, 'A proxy or a firewall on the way may have answered'],
  [/'s answer to .* has no (JSON|access_token)/, 'A proxy or a login page may have answered'],
  [/ answered .*not followed/, 'A proxy or a login page may have answered']
]

/** Segment's framework puts this before every error of a connection test. */
const BLAMES_CREDENTIALS = /^Credentials are invalid:\s+/

/** The message of a failed connection test, with what may be the reason where that is known. */
export function withHint(message: string, env: Record<string, string | undefined>): string {
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1]
  if (hint === undefined) return message
  // The connection failed, which says nothing about the credentials.
  return [message.replace(BLAMES_CREDENTIALS, ''), hint, proxyNote(env, 'https')]
    .filter((part) => part !== '')
    .join('. ')
}
