/** The mock's HTTP server on real sockets: its address, its port, its end, and its time limits. */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'
import { KEYS, PATH, raw } from '../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })

/** Writes to a raw socket and gives all that comes back until the other side closes. */
const talk = (port: number, text: string): Promise<string> =>
  new Promise((done) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (data) => {
      received += data.toString()
    })
    socket.on('error', () => {}).on('close', () => done(received))
  })

test('listens on this machine alone, tells its URL, and closes twice without harm', async () => {
  const server = await startServer(api, { port: 0 })
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  const answer = await fetch(server.url + PATH, raw())
  expect(answer.status).toBe(200)
  const open = talk(server.port, 'POST ')
  await server.close()
  await server.close()
  await open
  await expect(fetch(server.url)).rejects.toThrow()
})

test('says so when the port is taken', async () => {
  const { port, close } = await startServer(api)
  await expect(startServer(api, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await close()
})

test('ends connections that never finish their headers or their body', async () => {
  const server = await startServer(api, { headersTimeout: 300, requestTimeout: 600 })
  const [headers, body] = await Promise.all([
    talk(server.port, 'POST / HTTP/1.1\r\nHost: x\r\n'),
    talk(server.port, `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx`),
  ])
  expect(headers).toMatch(/^HTTP\/1\.1 408 /)
  expect(body).toMatch(/^HTTP\/1\.1 408 /)
  await server.close()
})
