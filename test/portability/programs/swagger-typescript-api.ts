/** The client of swagger-typescript-api, signed by its security worker. */
import { BASE_URL, FIELDS, print, sign } from './call.js'
import { Api } from './generated/Api.js'

const api = new Api({ baseUrl: BASE_URL, securityWorker: () => ({ headers: sign() }) })
const { status, data, error } = await api.statusmessage
  .sendGroupStatusMessage(FIELDS)
  // It rejects with the answer where the status is no success.
  .catch((answer: Awaited<ReturnType<typeof api.statusmessage.sendGroupStatusMessage>>) => answer)
print({ status, body: data ?? error })
