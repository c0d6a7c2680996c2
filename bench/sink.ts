import http from 'http'
import type { AddressInfo } from 'net'
import { answerTo, COUNTS_PATH, SinkCounts, sinkOptions, type SinkAnswer, type SinkOptions } from './sink-answers'

// A process of its own, so that its work is not counted with the sender's: it answers as Kameleoon and its Segment relay
// do, as fast as node:http can, and ends when its parent does.

const { latencyMs, keepsBodies }: SinkOptions = sinkOptions()
const counts = new SinkCounts(keepsBodies)

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.url === COUNTS_PATH) return answer(response, { status: 200, json: counts.take() })
    counts.add(request.socket, request.url === '/oauth/token' ? [] : chunks)
    const given = answerTo(request.method, request.url)
    if (latencyMs === 0) answer(response, given)
    else setTimeout(() => answer(response, given), latencyMs)
  })
})

function answer(response: http.ServerResponse, { status, json }: SinkAnswer): void {
  const body = json === undefined ? '' : JSON.stringify(json)
  response.writeHead(status, body ? { 'content-type': 'application/json', 'content-length': body.length } : {})
  response.end(body)
}

server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port always has an address of this shape.
  process.send?.((server.address() as AddressInfo).port)
})
process.on('disconnect', () => process.exit())
