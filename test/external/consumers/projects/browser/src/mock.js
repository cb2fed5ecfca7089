import { setupWorker } from 'msw/browser'
import { handlers, listenOptions } from 'rongcloud-status-message/msw'
import { createMockApi } from 'rongcloud-status-message/testing'

export const keys = { appKey: 'demo-key', appSecret: 'demo-secret' }
const api = createMockApi(keys)
await setupWorker(...handlers(api)).start({ ...listenOptions, quiet: true })
window.api = api // for the tests of this page
