/** The mock behind HTTP in a process of its own: says its port, and lives until its parent ends. */
import { startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'

const [appKey = '', appSecret = ''] = process.argv.slice(2)
const server = await startServer(createMockApi({ appKey, appSecret, rateLimit: false, maxCalls: 100 }))
process.on('disconnect', () => process.exit())
process.send?.(server.port)
