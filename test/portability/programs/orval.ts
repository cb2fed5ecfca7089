/** The client of orval, signed in its mutator, with its zod schemas in front. */
import { FIELDS, print } from './call.js'
import { sendGroupStatusMessage } from './generated/client.js'
import { SendGroupStatusMessageBody } from './generated/zod.js'

const { success } = SendGroupStatusMessageBody.safeParse(FIELDS)
if (success) {
  const { status, data } = await sendGroupStatusMessage(FIELDS)
  print({ status, body: data })
} else print({ refusedBy: 'its zod schema' })
