/** What must not compile: each comment at the end of a line says what the compiler must say of that line, and of no other. */
import { createClient, createSigner, type Fields, message } from 'rongcloud-status-message'

const client = createClient()
const { sendGroupStatusMessage: send, safe, batch, api } = client
const rest = { fromUserId: '1', objectName: 'app:note', content: 'x' } as const
const list: string[] = ['1']
declare const text: string

send({
  ...rest,
  toGroupId: [], // must be a list of 1 to 3 groups in one call
})
send({
  ...rest,
  toGroupId: ['1', '2', '3', '4'], // must be a list of 1 to 3 groups in one call
})
safe.sendGroupStatusMessage({
  ...rest,
  toGroupId: ['1', '2', '3', '4'], // must be a list of 1 to 3 groups in one call
})
send({
  ...rest,
  toGroupId: list.length > 0 ? ['1'] : ['1', '2', '3', '4'], // must be a list of 1 to 3 groups in one call
})
send({
  ...rest,
  toGroupId: '1', // 'string' is not assignable to type 'readonly string[]'
})
send({
  ...rest,
  toGroupId: ['1', 2], // 'number' is not assignable to type 'string'
})
send({
  ...rest,
  toGroupId: list,
  isIncludeSenders: 1, // Did you mean to write 'isIncludeSender'?
})
send({
  ...rest,
  toGroupIds: list, // Did you mean to write 'toGroupId'?
})
send({
  ...rest,
  toGroupId: list,
  isIncludeSender: 2, // Type '2' is not assignable to type '0 | 1
})
send({ fromUserId: '1', toGroupId: list, objectName: 'app:note' }) // Property 'content' is missing
send() // Expected 1-2 arguments, but got 0
send(
  { ...rest, toGroupId: list },
  {
    timeOut: 1_000, // Did you mean to write 'timeout'?
  },
)
batch.sendGroupStatusMessage({
  ...rest,
  toGroupIds: list, // Did you mean to write 'toGroupId'?
})
batch.sendGroupStatusMessage(
  { ...rest, toGroupId: list },
  {
    concurency: 8, // Did you mean to write 'concurrency'?
  },
)
api.POST('/statusmessage/group/publish.json', {
  body: {
    ...rest,
    toGroupId: list,
    isIncludeSenders: 1, // Did you mean to write 'isIncludeSender'?
  },
})
export const fields: Fields<'sendGroupStatusMessage'> = {
  ...rest,
  toGroupId: list,
  contents: 'x', // Did you mean to write 'content'?
}

message('RC:TypSts', {
  typingContentTyp: 'RC:TxtMsg', // Did you mean to write 'typingContentType'?
})
message('RC:TxtMsg', {
  content: 'hello',
  user: {
    nam: 'Ann', // Did you mean to write 'name'?
  },
})
message('RC:CmdMsg', { name: 'mute' }) // Property 'data' is missing
message('RC:Newer', {}) // must be a message type of the contract; allowUnknownTypes lets newer ones through
message('app:note', {
  run: () => 1, // must be JSON
})
message('app:note', undefined) // must be JSON

createClient({
  timeOut: 1_000, // Did you mean to write 'timeout'?
})
createClient({
  region: text, // 'string' is not assignable to type '
})
createSigner({ appKey: 'k' }) // Property 'appSecret' is missing
