/** Every case of the table, through every entry point. */
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHttpServer } from '../../../src/mock/http-server.js'
import { handlers, listenOptions } from '../../../src/mock/msw-handlers.js'
import { createMockApi } from '../../../src/testing.js'
import { type Case, MORE, TWENTY } from '../../support/contract-cases.js'
import { sendInMemory } from '../../support/in-memory-http.js'
import { KEYS, type RawRequest } from '../../support/raw-request.js'

// The table holds for what the contract allows, also where nobody means it.
const api = createMockApi({ ...KEYS, rateLimit: false, suspicious: 'report' })
const server = createHttpServer(api)
const interception = setupServer(...handlers(api))
beforeEach(() => api.reset())

interface Received {
  readonly status: number
  readonly json: unknown
  readonly violations: string | null
}

async function received(response: Response): Promise<Received> {
  return {
    status: response.status,
    json: await response.json(),
    violations: response.headers.get('x-contract-violations'),
  }
}

const init = ({ method, headers, body }: RawRequest): RequestInit => ({ method, headers, ...(body && { body }) })

interface EntryPoint {
  readonly send: (request: RawRequest) => Promise<Received>
  readonly open?: () => void
  readonly close?: () => void
}

const entryPoints: Record<string, EntryPoint> = {
  fetch: { send: async (request) => received(await api.fetch(`http://anywhere${request.path}`, init(request))) },
  MSW: {
    send: async (request) => received(await fetch(`https://api.sg-light-api.com${request.path}`, init(request))),
    open: () => interception.listen(listenOptions),
    close: () => interception.close(),
  },
  HTTP: { send: async (request) => received(await sendInMemory(server, request)) },
}

interface ErrorBody {
  readonly url: string
  readonly code: number
  readonly errorMessage: string
}

describe.each(Object.entries(entryPoints))('through %s', (_name, { send, open, close }) => {
  beforeAll(() => open?.())
  afterAll(() => close?.())

  test.each([...TWENTY, ...MORE])('$name', async ({ request, violation, status, code }: Case) => {
    const answer = await send(request)
    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject({ code })
    const [call] = api.calls
    expect(api.calls).toHaveLength(1)
    if (!violation) {
      expect(call?.violations).toEqual([])
      expect(answer.violations).toBeNull()
      expect(answer.json).not.toHaveProperty('errorMessage')
      expect(() => api.verify()).not.toThrow()
      return
    }
    expect(call?.violations[0]).toMatchObject({ keyword: violation.keyword, field: violation.field })
    const message = call?.violations[0]?.message ?? ''
    if (typeof violation.message === 'string') expect(message).toBe(violation.message)
    else expect(message).toMatch(violation.message)
    expect((answer.json as ErrorBody).errorMessage).toBe(message)
    expect((answer.json as ErrorBody).url).toBe(request.path)
    expect(JSON.parse(answer.violations ?? '')[0]).toMatchObject({ keyword: violation.keyword, message })
    expect(JSON.stringify([answer, call])).not.toContain(KEYS.appSecret)
    expect(() => api.verify()).toThrow(message)
  })
})

test('the table holds the 20 cases that others were measured with: 5 on the contract, 15 off it', () => {
  expect(TWENTY.filter(({ violation }) => !violation)).toHaveLength(5)
  expect(TWENTY.filter(({ violation }) => violation)).toHaveLength(15)
})
