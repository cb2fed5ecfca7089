/** Signs and sends one message. The keys are those of the mock: a real App Secret never goes to a browser. */
const utf8 = (text) => new TextEncoder().encode(text)

async function sha1(text) {
  const digest = await crypto.subtle.digest('SHA-1', utf8(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const MOST_BYTES = 131_072

export const TYPING = { objectName: 'RC:TypSts', content: JSON.stringify({ typingContentType: 'RC:TxtMsg' }) }

/** A line of text, cut where it is too long for one message. */
export const textMessage = (text) => ({
  objectName: 'demo:line',
  content: new TextDecoder().decode(utf8(text).slice(0, MOST_BYTES)).replace(/\ufffd$/, ''),
})

export async function send(status, rooms, { appKey, appSecret }) {
  const nonce = Math.random().toString(36).slice(2, 14)
  const timestamp = String(Date.now())
  const body = new URLSearchParams({ fromUserId: '2191', ...status })
  for (const room of rooms) body.append('toGroupId', room)

  const response = await fetch('https://api.us-light-api.com/statusmessage/group/publish.json', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'App-Key': appKey,
      Nonce: nonce,
      Timestamp: timestamp,
      Signature: await sha1(appSecret + nonce + timestamp),
    },
    body: body.toString(),
  })
  return response.json()
}
