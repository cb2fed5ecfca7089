/** Entry point "./server": the mock behind `node:http`. */
import { type RunningServer, startServer } from 'rongcloud-status-message/server'
import { createMockApi } from 'rongcloud-status-message/testing'

const api = createMockApi({ appKey: 'k', appSecret: false })

export async function url(): Promise<string> {
  const server: RunningServer = await startServer(api, { port: 0, control: false })
  await server.close()
  return `${server.url}:${server.port.toFixed()}`
}

// @ts-expect-error A port is a number.
startServer(api, { port: '8700' })
// @ts-expect-error No mock.
startServer({})
