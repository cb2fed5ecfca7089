/** Entry point `./testing`: the mock in a test of one's own. */
import {
  ContractViolationError,
  createMockApi,
  type ExampleName,
  type MockApi,
  type RecordedCall,
  verifySignature,
} from 'rongcloud-status-message/testing'

const api: MockApi = createMockApi({ appKey: 'k', appSecret: 's', strict: { uniqueNonce: true } })
export const fetch: typeof globalThis.fetch = api.fetch

const scenario: ExampleName<'sendGroupStatusMessage'> = 'rateLimited'
api.respondOnce('sendGroupStatusMessage', scenario)
api.respondOnce('sendGroupStatusMessage', { status: 503, body: '<html>' })

export function groupsOf(call: RecordedCall): readonly string[] {
  return call.operation === 'sendGroupStatusMessage' ? call.body.toGroupId : []
}

export function report(): string {
  try {
    api.verify()
    return ''
  } catch (error) {
    return error instanceof ContractViolationError ? error.message : ''
  }
}

export const fits: boolean = verifySignature({ appSecret: 's', nonce: 'n', timestamp: '1' }, '0')

api.respondOnce('sendGroupStatusMessage', { fault: 'hang' }, { times: 2 })
api.respondOnce('sendGroupStatusMessage', { example: 'rateLimited', delay: 100 })
api.expectViolation('maxItems', { field: 'toGroupId' })

// @ts-expect-error There is no such fault.
api.respondOnce('sendGroupStatusMessage', { fault: 'explode' })
// @ts-expect-error There is no such example.
api.respondOnce('sendGroupStatusMessage', 'rateLimitted')
// @ts-expect-error There is no such operation.
api.respondOnce('sendStatus', 'rateLimited')
// @ts-expect-error The App Secret is missing.
createMockApi({ appKey: 'k' })
// @ts-expect-error A call that fits no operation has no body.
export const body: string = (api.calls[0] as Extract<RecordedCall, { operation: undefined }>).body
