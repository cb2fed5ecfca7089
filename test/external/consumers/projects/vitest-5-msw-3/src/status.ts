/** Sends one status message to up to three groups. */
import { hash, randomBytes } from 'node:crypto'

export interface Status {
  fromUserId: string
  toGroupId: readonly string[]
  objectName: string
  content: string
  isIncludeSender?: 0 | 1
}

export interface Keys {
  appKey: string
  appSecret: string
}

export async function sendStatus(status: Status, { appKey, appSecret }: Keys): Promise<void> {
  const nonce = randomBytes(8).toString('hex')
  const timestamp = String(Date.now())
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(status)) {
    for (const one of [value].flat()) body.append(name, String(one))
  }

  const response = await fetch('https://api.sg-light-api.com/statusmessage/group/publish.json', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'App-Key': appKey,
      Nonce: nonce,
      Timestamp: timestamp,
      Signature: hash('sha1', appSecret + nonce + timestamp),
    },
    body: body.toString(),
  })
  const answer = (await response.json()) as { code: number; errorMessage?: string }
  if (!response.ok || answer.code !== 200) throw new Error(`RongCloud: ${answer.code} ${answer.errorMessage}`)
}
