/** Shows the others at a table that a player is typing, and where the player's cursor is. */
import { createHash, randomInt } from 'node:crypto'

const CURSOR = 'game:cursor'
const TYPING = { objectName: 'RC:TypSts', content: JSON.stringify({ typingContentType: 'RC:TxtMsg' }) }
const PATH = '/statusmessage/group/publish.json'

export function createCursors({
  appKey,
  appSecret,
  baseUrl = 'https://api.rong-api.com',
  fetch = globalThis.fetch,
  timeout = 5_000,
}) {
  /** Sends one message. Rejects when the API refuses it. */
  async function publish(message) {
    const nonce = String(randomInt(1e12))
    const timestamp = String(Date.now())
    const { toGroupId, ...others } = message
    const body = new URLSearchParams(others)
    for (const group of toGroupId) body.append('toGroupId', group)

    const response = await fetch(baseUrl + PATH, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'RC-App-Key': appKey,
        'RC-Nonce': nonce,
        'RC-Timestamp': timestamp,
        'RC-Signature': createHash('sha1').update(`${appSecret}${nonce}${timestamp}`).digest('hex'),
      },
      body: body.toString(),
      signal: AbortSignal.timeout(timeout),
    })
    const { code } = await response.json()
    if (response.status !== 200 || code !== 200) throw new Error(`refused: ${code}`)
  }

  /** Any number of tables, three in one call. */
  async function send(player, tables, status) {
    const message = { fromUserId: player, ...status }
    for (let i = 0; i < tables.length; i += 3) await publish({ ...message, toGroupId: tables.slice(i, i + 3) })
  }

  return {
    publish,
    typing: (player, tables) => send(player, tables, TYPING),
    /** A drawing is cut where it does not fit into one message. */
    draw(player, tables, drawing) {
      const { read } = new TextEncoder().encodeInto(drawing, new Uint8Array(128 * 1024))
      return send(player, tables, { objectName: CURSOR, content: drawing.slice(0, read) })
    },
  }
}
