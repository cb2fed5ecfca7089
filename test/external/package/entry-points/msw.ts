/** Entry point "./msw": the mock as handlers of MSW. */
import { setupServer } from 'msw/node'
import { handlers, listenOptions } from 'rongcloud-status-message/msw'
import { createMockApi } from 'rongcloud-status-message/testing'

const api = createMockApi({ appKey: 'k', appSecret: 's' })
const server = setupServer(...handlers(api, { baseUrl: ['http://proxy.test'] }))
server.listen(listenOptions)

// @ts-expect-error No mock.
handlers({})
// @ts-expect-error A number is no URL.
handlers(api, { baseUrl: 8700 })
