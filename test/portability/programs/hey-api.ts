/** The client of hey-api, signed by its `auth`, with its zod schemas in front. */
import { BASE_URL, FIELDS, print, sign } from './call.js'
import { client } from './generated/client.gen.js'
import { sendGroupStatusMessage } from './generated/sdk.gen.js'
import { zGroupStatusMessage } from './generated/zod.gen.js'

const { success } = zGroupStatusMessage.safeParse(FIELDS)
if (success) {
  const headers = sign()
  client.setConfig({ baseUrl: BASE_URL, auth: ({ name = '' }) => headers[name] })
  const { data, error, response } = await sendGroupStatusMessage({ body: FIELDS })
  print({ status: response?.status ?? 0, body: data ?? error })
} else print({ refusedBy: 'its zod schema' })
