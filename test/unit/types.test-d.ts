/** What must compile, and beside it what must not. */
import { describe, expectTypeOf, test } from 'vitest'
import { createClient, message, type RongCloudError } from '../../src/index.js'
import { createMockApi } from '../../src/mock/testing.js'

const client = createClient({ appKey: 'k', appSecret: 's', region: 'singapore' })
const send = client.sendGroupStatusMessage
const rest = { fromUserId: '1', objectName: 'app:note', content: 'x' } as const

describe('the fields of a call', () => {
  test('take one to three groups, also readonly ones', () => {
    send({ ...rest, toGroupId: ['1'] })
    send({ ...rest, toGroupId: ['1', '2'] })
    send({ ...rest, toGroupId: ['1', '2', '3'] })
    send({ ...rest, toGroupId: ['1', '2'] as const })
    const groups: readonly [string, string] = ['1', '2']
    send({ ...rest, toGroupId: groups })
  })

  test('refuse an empty list, a fourth group, a list of unknown length and a string', () => {
    // @ts-expect-error no group
    send({ ...rest, toGroupId: [] })
    // @ts-expect-error a fourth group
    send({ ...rest, toGroupId: ['1', '2', '3', '4'] })
    const many: string[] = ['1']
    // @ts-expect-error any number of groups
    send({ ...rest, toGroupId: many })
    // @ts-expect-error a string
    send({ ...rest, toGroupId: '1' })
    // @ts-expect-error a number among the groups
    send({ ...rest, toGroupId: [1] })
  })

  test('leave isIncludeSender out, or take 0 and 1 alone', () => {
    send({ ...rest, toGroupId: ['1'], isIncludeSender: 1 })
    // @ts-expect-error another number
    send({ ...rest, toGroupId: ['1'], isIncludeSender: 2 })
    // @ts-expect-error a boolean
    send({ ...rest, toGroupId: ['1'], isIncludeSender: true })
  })

  test('refuse a misspelt field and a missing one', () => {
    // @ts-expect-error isIncludeSenders
    send({ ...rest, toGroupId: ['1'], isIncludeSenders: 1 })
    // @ts-expect-error no content
    send({ fromUserId: '1', toGroupId: ['1'], objectName: 'app:note' })
  })
})

describe('a message', () => {
  test('of a predefined type has the fields of its type', () => {
    expectTypeOf(message('RC:TypSts', { typingContentType: 'RC:TxtMsg' })).toEqualTypeOf<{
      objectName: string
      content: string
    }>()
    message('RC:TxtMsg', {
      content: 'hello',
      user: { id: '1' },
      mentionedInfo: { type: 2, userIdList: ['1'] as const },
    })
    message('RC:IWStatusMsg', { msgType: 'a', msgFields: { x: '1' } })
    // @ts-expect-error a wrong field
    message('RC:TxtMsg', { text: 'hello' })
    // @ts-expect-error a field too many
    message('RC:TxtMsg', { content: 'hello', text: 'hello' })
    // @ts-expect-error a wrong type
    message('RC:TxtMsg', { content: 1 })
    // @ts-expect-error a field that is missing
    message('RC:CmdMsg', { name: 'mute' })
    // @ts-expect-error a value that is no string
    message('RC:IWStatusMsg', { msgType: 'a', msgFields: { x: 1 } })
    // @ts-expect-error a string in place of the object
    message('RC:TxtMsg', '{"content":"hello"}')
  })

  test('of a type whose fields nobody knows takes any', () => {
    message('RC:ReferenceMsg', { whatever: true })
    message('RC:CombineMsg', { whatever: true })
    message('RC:CombineV2Msg', { whatever: true })
    message('RC:StreamMsg', { whatever: true })
    message('RC:RRReqMsg', { whatever: true })
    message('RC:RRRspMsg', { whatever: true })
    message('RC:SRSMsg', { whatever: true })
    message('RC:RRMsg', { whatever: true })
    message('RC:MsgExMsg', { whatever: true })
    message('RC:InterceptMsg', { whatever: true })
    message('RC:RL', { whatever: true })
  })

  test('of a custom type takes any string and any JSON', () => {
    message('app:note', 'text')
    message('app:note', { x: [1, 'a', null, { y: true }] })
    message('app:note' as string, 'text')
    // @ts-expect-error no JSON
    message('app:note', () => 1)
  })

  test('of an unknown reserved type needs the option', () => {
    // @ts-expect-error not in the contract
    message('RC:Newer', { a: 1 })
    // @ts-expect-error in another case
    message('RC:txtMsg', { content: 'hello' })
    message('RC:Newer', { a: 1 }, { allowUnknownTypes: true })
  })

  test('is spread into a call', () => {
    send({ fromUserId: '1', toGroupId: ['1'], ...message('RC:TypSts', { typingContentType: 'x' }) })
  })
})

describe('an answer', () => {
  test('has what the contract says, without the mark of success', async () => {
    const result = await send({ ...rest, toGroupId: ['1'] })
    expectTypeOf(result.requestId).toEqualTypeOf<string>()
    expectTypeOf(result.messageUIDs?.[0]?.messageUID).toEqualTypeOf<string | undefined>()
    // @ts-expect-error it is always 200
    result.code
  })

  test('or an error, told apart by the compiler', async () => {
    const { data, error } = await client.safe.sendGroupStatusMessage({ ...rest, toGroupId: ['1'] })
    if (error) expectTypeOf(error).toEqualTypeOf<RongCloudError>()
    else expectTypeOf(data.requestId).toEqualTypeOf<string>()
  })
})

describe('options', () => {
  test('know regions and prefixes', () => {
    createClient({ appKey: 'k', appSecret: 's', region: 'saudi-arabia', headerPrefix: 'RC-' })
    // @ts-expect-error no such region
    createClient({ appKey: 'k', appSecret: 's', region: 'mars' })
    // @ts-expect-error no such prefix
    createClient({ appKey: 'k', appSecret: 's', region: 'beijing', headerPrefix: 'X-' })
    // @ts-expect-error no secret
    createClient({ appKey: 'k', region: 'beijing' })
  })
})

describe('the stand-in', () => {
  test('knows the examples of the spec, and types its calls by operation', () => {
    const api = createMockApi({ appKey: 'k', appSecret: 's' })
    api.next('sendGroupStatusMessage', 'rateLimited')
    api.next('sendGroupStatusMessage', { status: 500 })
    // @ts-expect-error no such example
    api.next('sendGroupStatusMessage', 'rateLimit')
    // @ts-expect-error no such operation
    api.next('sendStatusMessage', 'sent')
    for (const call of api.calls) {
      if (call.operation === 'sendGroupStatusMessage') expectTypeOf(call.body.fromUserId).toEqualTypeOf<string>()
      if (call.operation === undefined) expectTypeOf(call.body).toEqualTypeOf<undefined>()
    }
  })
})

describe('the escape hatch', () => {
  test('knows paths and fields', () => {
    const body = { ...rest, toGroupId: ['1'] } as const
    client.api.POST('/statusmessage/group/publish.json', { body })
    // @ts-expect-error no such path
    client.api.POST('/statusmessage/group/publish', { body })
    // @ts-expect-error a misspelt field
    client.api.POST('/statusmessage/group/publish.json', { body: { ...rest, toGroupId: ['1'], isIncludeSenders: 1 } })
  })
})

test('errors are RongCloudError', () => {
  expectTypeOf<RongCloudError['processed']>().toEqualTypeOf<'no' | 'unknown'>()
})
