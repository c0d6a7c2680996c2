import http from 'http'
import net, { type AddressInfo } from 'net'

const open: (() => Promise<unknown>)[] = []

/** Closes every server that a test has started here. For `afterEach`. */
export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()))
}

/** A server on a free port of this machine that does this with each connection. Resolves to its port. */
export async function tcpServer(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  open.push(() => {
    sockets.forEach((socket) => socket.destroy())
    return new Promise((resolve) => server.close(resolve))
  })
  return listening(server)
}

/** A server of HTTP on a free port of this machine. Resolves to its port. */
export async function httpServer(answer: http.RequestListener): Promise<number> {
  const server = http.createServer(answer)
  open.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return listening(server)
}

/** A port at which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port always has an AddressInfo.
  return (server.address() as AddressInfo).port
}
