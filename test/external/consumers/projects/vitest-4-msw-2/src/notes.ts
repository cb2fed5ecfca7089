/** Shows a note to everybody who is looking at one of these boards. */
import { createHash, randomBytes } from 'node:crypto'

const API = 'https://api.sg-light-api.com/statusmessage/group/publish.json'
const TYPE = 'acme:note'

interface Keys {
  appKey: string
  appSecret: string
}

/** As much of the text as one message may hold. */
const cut = (text: string) => text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(131_072)).read)

export function createNotes({ appKey, appSecret }: Keys) {
  async function publish(author: string, boards: string[], note: string) {
    const nonce = randomBytes(8).toString('hex')
    const timestamp = String(Date.now())
    const body = new URLSearchParams({ fromUserId: author, objectName: TYPE, content: cut(note) })
    for (const board of boards) body.append('toGroupId', board)

    const response = await fetch(API, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'App-Key': appKey,
        Nonce: nonce,
        Timestamp: timestamp,
        Signature: createHash('sha1')
          .update(appSecret + nonce + timestamp)
          .digest('hex'),
      },
      body: body.toString(),
    })
    const { code } = (await response.json()) as { code: number }
    if (!response.ok || code !== 200) throw new Error(`RongCloud refused the note: ${code}`)
  }

  return {
    async show(author: string, boards: string[], note: string) {
      for (let i = 0; i < boards.length; i += 3) await publish(author, boards.slice(i, i + 3), note)
    },
  }
}
