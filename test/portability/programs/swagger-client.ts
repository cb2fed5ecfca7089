/** swagger-client, which reads the file by itself and makes its methods while it runs. */
import SwaggerClient from 'swagger-client'
import { BASE_URL, FIELDS, print, sign } from './call.js'

const { 'App-Key': appKey, Nonce: nonce, Timestamp: timestamp, Signature: signature } = sign()
const client = await new SwaggerClient({
  url: `${BASE_URL}/openapi.yaml`,
  authorizations: { appKey, nonce, timestamp, signature },
  // It calls the hosts of the file; here the same paths are at another one.
  requestInterceptor: (request: { url: string }) =>
    Object.assign(request, { url: BASE_URL + new URL(request.url).pathname }),
})
if (client.errors.length > 0) throw new Error(client.errors.map(({ message }) => message).join('; '))
const { status, body } = await client
  .execute({ operationId: 'sendGroupStatusMessage', requestBody: FIELDS })
  .catch(({ response }: { response: { status: number; body: unknown } }) => response)
print({ status, body })
