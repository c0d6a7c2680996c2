import { throwIfAborted } from './abort'
import type { Connection } from './connection'
import { AbortedError, CredentialsError, ResponseError, UnreachableError } from './errors'
import { send } from './http'
import type { HttpCall, HttpReply, HttpRequest, KameleoonClient } from './http'
import { accessToken, dropToken } from './token'

/**
 * A client for one project, which sends a token with every call that is not public.
 * @param signal by which the host ends the delivery, where it has one
 */
export function kameleoonClient(request: HttpRequest, connection: Connection, signal?: AbortSignal): KameleoonClient {
  return {
    connection,
    signal,
    async call(call) {
      throwIfAborted(signal)
      try {
        if (call.isPublic) return await send(request, call)
        const token = await accessToken(request, connection, signal)
        try {
          return await send(request, call, token)
        } catch (error) {
          if (!isUnauthorized(error)) throw error
          dropToken(connection, token)
        }
        return await repeat(request, call, await accessToken(request, connection, signal))
      } catch (error) {
        if (signal?.aborted && error instanceof UnreachableError) throw new AbortedError(error.message)
        throw error
      }
    }
  }
}

async function repeat(request: HttpRequest, call: HttpCall, token: string): Promise<HttpReply> {
  try {
    return await send(request, call, token)
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    throw new CredentialsError(
      `Kameleoon rejected a new access token for ${error.operation}. Check the rights of the API key in Kameleoon: My profile > API credentials.`
    )
  }
}

function isUnauthorized(error: unknown): error is ResponseError {
  return error instanceof ResponseError && error.status === 401
}
