import type { Connection } from './connection'
import { CredentialsError, ResponseError } from './errors'
import { send } from './http'
import type { HttpCall, HttpReply, HttpRequest, KameleoonClient } from './http'
import { accessToken, dropToken } from './token'

/** A client for one project, which sends a token with every call. */
export function kameleoonClient(request: HttpRequest, connection: Connection): KameleoonClient {
  return {
    connection,
    async call(call) {
      const token = await accessToken(request, connection)
      try {
        return await send(request, call, token)
      } catch (error) {
        if (!isUnauthorized(error)) throw error
        dropToken(connection, token)
      }
      return repeat(request, call, await accessToken(request, connection))
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
