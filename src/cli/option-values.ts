import { InvalidArgumentError } from 'commander'

export function siteCode(text: string): string {
  if (/^[a-z0-9]{10}$/.test(text)) return text
  throw new InvalidArgumentError('It must be 10 lower-case letters and digits.')
}

export function emulatorAddress(text: string): string {
  if (/^http:\/\/[^/\s]+:\d+\/?$/.test(text)) return text
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:8321.')
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more${most < 1e9 ? `, up to ${most}` : ''}.`)
  }
}
