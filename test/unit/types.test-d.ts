/** What must compile, and beside it what must not. */
import { describe, expectTypeOf, test } from 'vitest'
import type { Sender } from '../../src/contract-tests.js'
import { type Client, createClient, type Fields, isRegion, message, type RongCloudError } from '../../src/index.js'
import { createMockApi } from '../../src/testing.js'

const client = createClient({ appKey: 'k', appSecret: 's', region: 'singapore' })
const send = client.sendGroupStatusMessage
const list: string[] = ['1']
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

  test('take a list whose length the compiler does not know', () => {
    send({ ...rest, toGroupId: list })
    send({ ...rest, toGroupId: list.map((group) => group.trim()) })
    send({ ...rest, toGroupId: [...list] })
    send({ ...rest, toGroupId: ['1', ...list] })
    send({ ...rest, toGroupId: list.length > 0 ? list : ['1'] })
    client.safe.sendGroupStatusMessage({ ...rest, toGroupId: list })
    const fields: Fields<'sendGroupStatusMessage'> = { ...rest, toGroupId: list }
    send(fields)
    const variable = { ...rest, toGroupId: ['1', '2', '3', '4'] }
    send(variable)
  })

  test('refuse a literal without a group and one of four, and what is no list of strings', () => {
    // @ts-expect-error no group
    send({ ...rest, toGroupId: [] })
    // @ts-expect-error a fourth group
    send({ ...rest, toGroupId: ['1', '2', '3', '4'] })
    // @ts-expect-error a fourth group
    client.safe.sendGroupStatusMessage({ ...rest, toGroupId: ['1', '2', '3', '4'] })
    // @ts-expect-error one group, or four
    send({ ...rest, toGroupId: list.length > 0 ? ['1'] : ['1', '2', '3', '4'] })
    // @ts-expect-error a string
    send({ ...rest, toGroupId: '1' })
    // @ts-expect-error a number among the groups
    send({ ...rest, toGroupId: [1] })
  })

  test('of a batch take any number of groups', () => {
    client.batch.sendGroupStatusMessage({ ...rest, toGroupId: ['1', '2', '3', '4'] })
    client.batch.sendGroupStatusMessage({ ...rest, toGroupId: list })
    // @ts-expect-error a misspelt field
    client.batch.sendGroupStatusMessage({ ...rest, toGroupIds: list })
  })

  test('leave isIncludeSender out, or take 0 and 1 alone', () => {
    send({ ...rest, toGroupId: ['1'], isIncludeSender: 1 })
    // @ts-expect-error another number
    send({ ...rest, toGroupId: ['1'], isIncludeSender: 2 })
    // @ts-expect-error a boolean
    send({ ...rest, toGroupId: ['1'], isIncludeSender: true })
  })

  test('refuse a misspelt field at the field, and a missing one', () => {
    send({
      ...rest,
      toGroupId: ['1'],
      // @ts-expect-error isIncludeSenders
      isIncludeSenders: 1,
    })
    // @ts-expect-error no content
    send({ fromUserId: '1', toGroupId: ['1'], objectName: 'app:note' })
  })
})

describe('a mock for the client in a test', () => {
  test('has its methods, with or without the types of the fields', () => {
    type Sender = Pick<Client, 'sendGroupStatusMessage'>
    const response = { status: 200, headers: new Headers() }
    const bare: Sender = {
      sendGroupStatusMessage: async ({ toGroupId }) => ({ requestId: toGroupId[0] ?? '', response }),
    }
    const typed: Sender = {
      sendGroupStatusMessage: async (fields: Fields<'sendGroupStatusMessage'>) => ({
        requestId: fields.fromUserId,
        response,
      }),
    }
    expectTypeOf(bare).toEqualTypeOf(typed)
    expectTypeOf(client).toExtend<{
      sendGroupStatusMessage(fields: Fields<'sendGroupStatusMessage'>): Promise<{ requestId: string }>
    }>()
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
    message('RC:TxtMsg', {
      // @ts-expect-error a misspelt field, and the mistake is at the field
      contents: 'hello',
    })
    message('RC:TxtMsg', {
      content: 'hello',
      // @ts-expect-error a field too many
      text: 'hello',
    })
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
    interface Cursor {
      readonly x: number
      readonly seen?: Date
    }
    const cursor: Cursor = { x: 1 }
    message('app:note', cursor)
    // @ts-expect-error no JSON
    message('app:note', () => 1)
    message('app:note', {
      // @ts-expect-error no JSON
      run: () => 1,
    })
    // @ts-expect-error nothing
    message('app:note', undefined)
  })

  test('of an unknown reserved type needs the option', () => {
    // @ts-expect-error not in the contract
    message('RC:Newer', { a: 1 })
    // @ts-expect-error in another case
    message('RC:txtMsg', { content: 'hello' })
    message('RC:Newer', { a: 1 }, { allowUnknownTypes: true })
    message(
      'RC:TxtMsg',
      // @ts-expect-error the option changes nothing for a known type
      { text: 'hello' },
      { allowUnknownTypes: true },
    )
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
    createClient()
    createClient({ appKey: process.env['KEY'], appSecret: process.env['SECRET'], baseUrl: process.env['URL'] })
    // @ts-expect-error a misspelt option
    createClient({ timeOut: 1_000 })
    // @ts-expect-error a misspelt option of a call
    send({ ...rest, toGroupId: list }, { timeOut: 1_000 })
    const region: string = 'singapore'
    // @ts-expect-error any text
    createClient({ region })
    if (isRegion(region)) createClient({ region })
  })
})

describe('the mock', () => {
  test('knows the examples of the spec, and types its calls by operation', () => {
    const api = createMockApi({ appKey: 'k', appSecret: 's' })
    api.respondOnce('sendGroupStatusMessage', 'rateLimited')
    api.respondOnce('sendGroupStatusMessage', { status: 500 })
    // @ts-expect-error no such example
    api.respondOnce('sendGroupStatusMessage', 'rateLimit')
    // @ts-expect-error no such operation
    api.respondOnce('sendStatusMessage', 'sent')
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
    client.api.POST('/statusmessage/group/publish.json', { body: { ...rest, toGroupId: list } })
    const fields: Fields<'sendGroupStatusMessage'> = { ...rest, toGroupId: list }
    client.api.POST('/statusmessage/group/publish.json', { body: fields })
    // @ts-expect-error no fields
    client.api.POST('/statusmessage/group/publish.json')
    client.api.POST('/statusmessage/group/publish.json', {
      body: {
        ...rest,
        toGroupId: ['1'],
        // @ts-expect-error a misspelt field
        isIncludeSenders: 1,
      },
    })
    // @ts-expect-error there is no GET
    client.api.GET('/statusmessage/group/publish.json')
  })

  test('types what comes back by how it is read', async () => {
    const body = { ...rest, toGroupId: list }
    const { data, error, response } = await client.api.POST('/statusmessage/group/publish.json', { body })
    expectTypeOf(data?.code).toEqualTypeOf<200 | undefined>()
    expectTypeOf(error?.errorMessage).toEqualTypeOf<string | undefined>()
    expectTypeOf(response).toEqualTypeOf<Response>()
    const read = await client.api.POST('/statusmessage/group/publish.json', { body, parseAs: 'text' })
    expectTypeOf(read.data).toEqualTypeOf<string | undefined>()
  })
})

test('errors are RongCloudError', () => {
  expectTypeOf<RongCloudError['processed']>().toEqualTypeOf<'no' | 'unknown'>()
})

test('the sender of contract tests may declare its lists as it likes', () => {
  type Send = Sender<'sendGroupStatusMessage'>['send']
  expectTypeOf<(fields: { fromUserId: string; toGroupId: string[] }) => void>().toExtend<Send>()
  expectTypeOf<(fields: { readonly toGroupId: readonly string[] }) => void>().toExtend<Send>()
  expectTypeOf<(fields: Fields<'sendGroupStatusMessage'>) => void>().toExtend<Send>()
  expectTypeOf<(fields: { toGroupId: number[] }) => void>().not.toExtend<Send>()
})
