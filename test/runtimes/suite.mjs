/** Sends and fails on whatever runtime runs this, with the installed package; prints what came of each call. */
import { createClient, message } from 'rongcloud-status-message'

const urls = JSON.parse(process.env.SUITE_URLS)
const keys = { appKey: 'k', appSecret: 's' }
const call = { fromUserId: '1', toGroupId: ['2', '3'], ...message('RC:TypSts', { typingContentType: 'x' }) }

function soon() {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 100)
  return controller.signal
}

async function outcome(baseUrl, options = {}, perCall = {}) {
  const client = createClient({ ...keys, baseUrl, timeout: 400, ...options })
  const { data, error } = await client.safe.sendGroupStatusMessage(call, perCall)
  return error ? { kind: error.kind, sent: error.sent, attempts: error.attempts } : { groups: data.messageUIDs.length }
}

console.log(
  JSON.stringify({
    good: await outcome(urls.good),
    refused: await outcome(urls.closed),
    unknownHost: await outcome('http://no-such-host.invalid'),
    failover: await outcome([urls.closed, urls.good]),
    reset: await outcome(urls.reset),
    resetInside: await outcome(urls.resetInside),
    hang: await outcome(urls.hang),
    hangInside: await outcome(urls.hangInside),
    redirect: await outcome(urls.redirect),
    limited: await outcome(urls.limited, { deadline: 2_500 }),
    aborted: await outcome(urls.hang, {}, { signal: soon() }),
    wrongSecret: await outcome(urls.good, { appSecret: 'wrong' }),
  }),
)
