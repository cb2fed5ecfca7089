import { setupServer } from 'msw/node'
import { describeContract } from 'rongcloud-status-message/contract-tests'
import { handlers, listenOptions } from 'rongcloud-status-message/msw'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendStatus } from '../src/status.js'

const server = setupServer()
beforeAll(() => server.listen(listenOptions))
afterAll(() => server.close())

describeContract({
  test,
  expect,
  send: (fields, keys) => sendStatus(fields, keys),
  serve: async (api) => {
    server.use(...handlers(api))
    return { url: 'https://api.sg-light-api.com', close: async () => server.resetHandlers() }
  },
})
