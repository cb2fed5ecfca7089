/** The HTTP server without a port. Sockets, and its limits of time, are in test/integration. */
import { once } from 'node:events'
import { Server } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createHttpServer, type ServedApi, type ServerOptions, startServer } from '../../../src/mock/http-server.js'
import { createMockApi } from '../../../src/testing.js'
import { connectInMemory, sendInMemory, writeInMemory } from '../../support/in-memory-http.js'
import { KEYS, PATH, raw, signedHeaders } from '../../support/raw-request.js'

const OPERATION = 'sendGroupStatusMessage'
const api = createMockApi({ ...KEYS, rateLimit: false })
afterEach(() => api.reset())

const send = (change: Partial<Parameters<typeof sendInMemory>[1]> = {}, options: ServerOptions = {}) =>
  sendInMemory(createHttpServer(api, options), { ...raw(), ...change })

/** The request as bytes, to a target as it is. */
const bytesFor = (target: string) => `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`

describe('a request', () => {
  test.each([
    [0, 200],
    [-1, 400],
  ])('with a body of the limit plus %i bytes gets HTTP %i', async (more, status) => {
    const { body } = raw()
    expect((await send({}, { maxBody: Buffer.byteLength(body) + more })).status).toBe(status)
  })

  test('has its headers by lower-case name, those that come twice joined, and no other', async () => {
    await send({ headers: { ...signedHeaders(), 'X-Twice': ['a', 'b'] } })
    expect(Object.keys(api.calls[0]?.headers ?? {}).toSorted()).toEqual([
      'app-key',
      'connection',
      'content-length',
      'content-type',
      'host',
      'nonce',
      'signature',
      'timestamp',
      'x-twice',
    ])
    expect(api.calls[0]?.headers['x-twice']).toBe('a, b')
  })

  test.each([
    [`http://other${PATH}?a=1`, PATH],
    [`HTTPS://other${PATH}`, PATH],
    ['http://other', '/'],
    [`xhttp://other${PATH}`, `xhttp://other${PATH}`],
    ['/a?b=http://c/d', '/a'],
  ])('for %s has the path %s', async (target, path) => {
    await writeInMemory(createHttpServer(api), bytesFor(target))
    expect(api.calls).toMatchObject([{ method: 'GET', path }])
  })

  test('has a target that is no URL as its path', async () => {
    await writeInMemory(createHttpServer(api), bytesFor('http://a:99999/b'))
    expect(api.calls).toMatchObject([{ path: 'http://a:99999/b' }])
  })
})

describe('an answer', () => {
  test('to HEAD has the length of its body, and no body', async () => {
    const answer = await send({ method: 'HEAD', path: '/__health', body: undefined })
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '15', ''])
    const broken = await send({ method: 'HEAD', path: PATH, body: undefined })
    expect([broken.status, await broken.text()]).toEqual([405, ''])
    expect(broken.headers.get('content-length')).toBe(String(api.calls[0]?.answer.length))
  })

  test.each(['', 'a', 'é', 'abc'])('of %j has as many bytes as it announces', async (body) => {
    api.respondOnce(OPERATION, { body })
    const answer = await send()
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual([String(Buffer.byteLength(body)), body])
  })

  test.each([
    ['is late', { delay: 30 }, 200],
    ['is not late', { delay: 0 }, 200],
    ['is HTML', { fault: 'garbage' }, 200],
  ] as const)('that %s', async (_what, answer, status) => {
    api.respondOnce(OPERATION, answer)
    const start = performance.now()
    expect((await send()).status).toBe(status)
    expect(performance.now() - start).toBeGreaterThan('delay' in answer ? answer.delay - 5 : 0)
  })

  test('that is reset breaks the connection without a byte', async () => {
    api.respondOnce(OPERATION, { fault: 'reset' })
    await expect(send()).rejects.toThrow('socket hang up')
  })

  test('that is reset resets the socket, where there is one', async () => {
    api.respondOnce(OPERATION, { fault: 'reset' })
    const server = createHttpServer(api)
    const resetAndDestroy = vi.fn()
    server.on('connection', (socket) => {
      Object.assign(socket, {
        resetAndDestroy: () => {
          resetAndDestroy()
          socket.destroy()
        },
      })
    })
    await expect(sendInMemory(server, raw())).rejects.toThrow('socket hang up')
    expect(resetAndDestroy).toHaveBeenCalledOnce()
  })

  test.each([
    ['abc', 3, 'ab'],
    ['é', 3, 'Ã©'],
    ['', 1, ''],
  ])('that is truncated: of %j, %i bytes are announced and half comes', async (body, length, half) => {
    api.respondOnce(OPERATION, { body, fault: 'truncate' })
    const { headers, body: form } = raw()
    const head = Object.entries({ ...headers, Host: 'x', 'Content-Length': form.length })
    const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const client = connectInMemory(createHttpServer(api))
    let received = ''
    client.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
    })
    client.write(`POST ${PATH} HTTP/1.1\r\n${lines}\r\n${form}`)
    await once(client, 'close')
    expect(received).toContain(`content-length: ${length}\r\n`)
    expect(received.split('\r\n\r\n')[1]).toBe(half)
  })

  test('that waits is given up when the caller leaves', async () => {
    api.respondOnce(OPERATION, { delay: 2 ** 31 - 1 })
    const server = createHttpServer(api)
    let leave = () => {}
    server.on('connection', (connection) => {
      leave = () => connection.destroy()
    })
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    const outcome = sendInMemory(server, raw()).catch((error: Error) => error.message)
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    cleared.mockClear()
    leave()
    expect(await outcome).toBe('socket hang up')
    // The timer of the wait.
    await vi.waitFor(() => expect(cleared).toHaveBeenCalled())
    cleared.mockRestore()
  })

  test('that hangs ends with a reset of the mock', async () => {
    api.respondOnce(OPERATION, { fault: 'hang' })
    const sent = send()
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    api.reset()
    await expect(sent).rejects.toThrow('socket hang up')
  })

  test('of a mock that throws is HTTP 500, and the next one is served', async () => {
    let isBroken = true
    const broken: ServedApi = {
      ...api,
      handle: (request) => {
        if (isBroken) throw new Error('broken')
        return api.handle(request)
      },
    }
    const server = createHttpServer(broken)
    const answer = await sendInMemory(server, raw())
    expect([answer.status, await answer.text()]).toEqual([500, ''])
    isBroken = false
    expect((await sendInMemory(server, raw())).status).toBe(200)
  })

  test('that cannot be sent, and is late, closes the connection', async () => {
    const late: ServedApi = { ...api, handle: () => ({ status: 99, headers: {}, body: '', delay: 1 }) }
    await expect(sendInMemory(createHttpServer(late), raw())).rejects.toThrow('socket hang up')
  })
})

test('a caller that leaves in the middle of its request harms nothing', async () => {
  const server = createHttpServer(api)
  const client = connectInMemory(server)
  client.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`)
  const closed = new Promise((done) => {
    server.on('request', (request) => request.on('close', done))
  })
  server.on('connection', (socket) => setTimeout(() => socket.destroy(new Error('gone')), 5))
  server.once('request', (request) => setTimeout(() => request.destroy(new Error('gone')), 5))
  await closed
  expect(api.calls).toEqual([])
  expect((await sendInMemory(server, raw())).status).toBe(200)
})

test('an IPv6 address is in brackets in the URL', async () => {
  const at = { family: 'IPv6', address: 'fe80::1', port: 8_700 } as const
  const address = vi.spyOn(Server.prototype, 'address').mockReturnValue(at)
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...all: unknown[]) {
    queueMicrotask(all.at(-1) as () => void)
    return this
  })
  const { url, port } = await startServer(api, { host: 'fe80::1' })
  expect([url, port, listen.mock.calls[0]?.slice(0, 2)]).toEqual(['http://[fe80::1]:8700', 8_700, [0, 'fe80::1']])
  address.mockRestore()
  listen.mockRestore()
})

describe('the options', () => {
  test.each([
    [{ prot: 1 }, '"prot" is not an option of a server. Did you mean "port"?'],
    [{ control: 'no' }, '"control" must be true or false. Received no'],
    [{ host: '' }, '"host" must be an address or a name. Received ""'],
    [{ port: -1 }, '"port" must be a whole number from 0 to 65535. Received -1'],
    [{ port: 65_536 }, '"port" must be a whole number from 0 to 65535. Received 65536'],
    [{ port: '80' }, '"port" must be a whole number from 0 to 65535. Received 80'],
    [{ maxBody: -1 }, '"maxBody" must be a whole number above 0. Received -1'],
    [{ requestTimeout: 0 }, '"requestTimeout" must be a whole number above 0. Received 0'],
  ])('refuse %j', async (options, message) => {
    expect(() => createHttpServer(api, options as ServerOptions)).toThrow(new TypeError(message))
    await expect(startServer(api, options as ServerOptions)).rejects.toThrow(new TypeError(message))
  })

  test.each([{ port: 0 }, { port: 65_535 }, { host: 'localhost' }, { maxBody: 1, headersTimeout: 1 }])(
    'take %j',
    (options) => {
      expect(() => createHttpServer(api, options)).not.toThrow()
    },
  )

  test('leave out the paths for tests', async () => {
    const path = '/__health'
    expect((await send({ method: 'GET', path, body: undefined })).status).toBe(200)
    expect((await send({ method: 'GET', path, body: undefined }, { control: false })).status).toBe(404)
  })
})
