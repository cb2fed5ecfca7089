/** Shows typing and notes to everybody who is looking at one of these boards. */
import { createHash, randomBytes } from 'node:crypto'

const API = 'https://api.sg-light-api.com/statusmessage/group/publish.json'
const NOTE = 'acme:note'
const TYPING = { objectName: 'RC:TypSts', content: JSON.stringify({ typingContentType: 'RC:TxtMsg' }) }

interface Keys {
  appKey: string
  appSecret: string
}

interface Status {
  objectName: string
  content: string
}

/** As much of the text as one message may hold. */
const cut = (text: string) => text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(131_072)).read)

export function createNotes({ appKey, appSecret }: Keys) {
  /** Sends one call: up to three boards. */
  async function publish(author: string, boards: string[], status: Status) {
    const nonce = randomBytes(8).toString('hex')
    const timestamp = String(Date.now())
    const body = new URLSearchParams({ fromUserId: author, ...status })
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
    if (!response.ok || code !== 200) throw new Error(`RongCloud refused the call: ${code}`)
  }

  async function publishToAll(author: string, boards: string[], status: Status) {
    for (let i = 0; i < boards.length; i += 3) await publish(author, boards.slice(i, i + 3), status)
  }

  return {
    publish,
    typing: (author: string, boards: string[]) => publishToAll(author, boards, TYPING),
    show: (author: string, boards: string[], note: string) =>
      publishToAll(author, boards, { objectName: NOTE, content: cut(note) }),
  }
}
