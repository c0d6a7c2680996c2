import type { FastifyRequest } from 'fastify'
import { Rejection } from '../rejection'
import type { State } from '../state'

/** The query parameters by name; the server's own parser makes every value text. */
export function queryOf(request: FastifyRequest): Record<string, string> {
  return request.query as Record<string, string>
}

/** The path without the query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0]
}

/** The body as text; the server's own parser never makes anything else of it. */
export function textOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : ''
}

/** The body as text, or 413 when it has more bytes than allowed. */
export function textWithin(request: FastifyRequest, maxBytes: number): string {
  const body = textOf(request)
  const bytes = Buffer.byteLength(body)
  if (bytes > maxBytes) throw new Rejection(413, `The body has ${bytes} bytes; at most ${maxBytes} are allowed.`)
  return body
}

/** 400 unless the body is declared as the media type the page asks for. */
export function requireContentType(request: FastifyRequest, mediaType: string): void {
  const given = request.headers['content-type'] ?? ''
  if (given.split(';')[0].trim().toLowerCase() !== mediaType) {
    throw new Rejection(400, `Content-Type must be ${mediaType}, not '${given}'.`)
  }
}

/** 400 unless the query names the emulated project. */
export function requireSite(state: State, request: FastifyRequest): void {
  const { siteCode } = queryOf(request)
  if (!siteCode) throw new Rejection(400, 'The query parameter siteCode is required.')
  if (siteCode !== state.options.sitecode) throw new Rejection(400, `Site code '${siteCode}' is unknown.`)
}

/** A query parameter that is `true` or `false`, false when filtered; anything else is 400. */
export function flag(query: Record<string, string>, name: string): boolean {
  const value = query[name] ?? 'false'
  if (value !== 'true' && value !== 'false') throw new Rejection(400, `${name} must be true or false, not '${value}'.`)
  return value === 'true'
}

/** A query parameter that is a whole number within bounds; anything else is 400. */
export function wholeNumber(name: string, value: string, min: number, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN
  if (!(number >= min && number <= max)) {
    throw new Rejection(400, `${name} must be an integer from ${min} to ${max}, not '${value}'.`)
  }
  return number
}

/** The value of a JSON text, or 400 with what it should have been. */
export function fromJson(text: string, expected: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    throw new Rejection(400, `Expected ${expected}, but this is not JSON.`)
  }
}
