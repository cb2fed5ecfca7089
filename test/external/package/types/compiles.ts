/** What must compile in a program of a user, under every compiler and resolution. */
import {
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type Fields,
  isRegion,
  message,
  type SendGroupStatusMessageFields,
} from 'rongcloud-status-message'

declare const setting: string | undefined
const client = createClient()
const { sendGroupStatusMessage: send, safe, batch, api } = client
const rest = { fromUserId: '1', objectName: 'app:note', content: 'x' } as const

// Groups: a literal, and a list of unknown length however it comes.
const list: string[] = ['1']
const readonlyList: readonly string[] = list
const pair: [string, string] = ['1', '2']
export const lists: readonly Promise<object>[] = [
  send({ ...rest, toGroupId: ['1'] }),
  send({ ...rest, toGroupId: ['1', '2', '3'] }),
  send({ ...rest, toGroupId: ['1', '2'] as const }),
  send({ ...rest, toGroupId: pair }),
  send({ ...rest, toGroupId: list }),
  send({ ...rest, toGroupId: readonlyList }),
  send({ ...rest, toGroupId: list.map((group) => group.trim()) }),
  send({ ...rest, toGroupId: [...list] }),
  send({ ...rest, toGroupId: ['1', ...list] }),
  send({ ...rest, toGroupId: list.slice(0, 3) }),
  send({ ...rest, toGroupId: [...new Set(list)] }),
  send({ ...rest, toGroupId: list.length > 0 ? list : ['1'] }),
  safe.sendGroupStatusMessage({ ...rest, toGroupId: list }),
]
for (const toGroupId of [list, ['1', '2', '3', '4']]) batch.sendGroupStatusMessage({ ...rest, toGroupId })

// Whole fields: as the contract names them, as a variable, through a function of one's own.
const fields: Fields<'sendGroupStatusMessage'> = { ...rest, toGroupId: list, isIncludeSender: 1 }
const named: SendGroupStatusMessageFields = fields
const variable = { ...rest, toGroupId: ['1', '2'] }
export const notify = (given: Fields<'sendGroupStatusMessage'>, options?: CallOptions): Promise<object> =>
  send(given, options)
export const parameters: Parameters<Client['sendGroupStatusMessage']> = [named, { timeout: 1_000 }]
notify(variable)
send(...parameters)
api.POST('/statusmessage/group/publish.json', { body: fields })
api.POST('/statusmessage/group/publish.json', { body: { ...rest, toGroupId: list } })

// A client of one's own in a test.
export const fake: Pick<Client, 'sendGroupStatusMessage'> = {
  sendGroupStatusMessage: async (given: Fields<'sendGroupStatusMessage'>) => ({
    requestId: given.fromUserId,
    response: { status: 200, headers: new Headers() },
  }),
}

// Messages: predefined, custom, with an interface, with a newer name.
interface Cursor {
  readonly x: number
  readonly y?: number
  readonly seen?: Date
  readonly trail?: readonly Cursor[]
}
declare const cursor: Cursor
declare const name: string
export const messages: readonly object[] = [
  message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }),
  message('RC:TxtMsg', { content: 'hello', mentionedInfo: { type: 2, userIdList: list } }),
  message('RC:ReferenceMsg', { whatever: true }),
  message('app:cursor', cursor),
  message('app:cursor', { x: [1, 'a', null, { y: true }] }),
  message('app:note', 'text'),
  message(name, cursor),
  message('RC:Newer', cursor, { allowUnknownTypes: true }),
]
send({ fromUserId: '1', toGroupId: list, ...message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }) })

// Options that may be missing, and a region from a setting.
export const options: ClientOptions = {
  appKey: setting,
  appSecret: setting,
  baseUrl: setting,
  region: isRegion(setting) ? setting : undefined,
  timeout: undefined,
}
