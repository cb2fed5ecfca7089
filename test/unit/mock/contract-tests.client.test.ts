/** Our own client passes the tests of the contract. They are registered as the file is loaded, so it has no other test. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/client/client.js'
import { describeContract } from '../../../src/contract-tests.js'

describe('our own client', () => {
  // After a refusal by the rate limit it waits for the next period.
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
    vi.setTimerTickMode('nextTimerAsync')
  })
  afterAll(() => {
    vi.useRealTimers()
  })
  describeContract({
    test,
    expect,
    operation: 'sendGroupStatusMessage',
    strict: true,
    timeout: 5_000,
    send: (fields, target) => createClient(target).sendGroupStatusMessage(fields),
  })
})
