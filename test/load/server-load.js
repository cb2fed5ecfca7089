/** The mock server at full speed: flat memory, and each call its due answer. */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { BODY, KEYS, median, PATH, report } from './report.js'

const CONNECTIONS = 10

function send(port, agent, body) {
  const timestamp = String(Date.now())
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
    'app-key': KEYS.appKey,
    nonce: '14314',
    timestamp,
    signature: createHash('sha1').update(`${KEYS.appSecret}14314${timestamp}`).digest('hex'),
  }
  return new Promise((done, fail) => {
    const options = { port, host: '127.0.0.1', path: PATH, method: 'POST', headers, agent }
    httpRequest(options, (response) => response.resume().on('end', () => done(response.statusCode)))
      .on('error', fail)
      .end(body)
  })
}

/** Medians of the second fifth of the samples, when all is warm, and of the last. */
function change(samples, what) {
  const fifth = Math.max(1, Math.floor(samples.length / 5))
  const [early, late] = [samples.slice(fifth, 2 * fifth), samples.slice(-fifth)].map((some) =>
    median(some.map((one) => one[what])),
  )
  return { early, late, grown: late - early }
}

export async function loadServer(seconds) {
  const child = fork(new URL('./server.js', import.meta.url), Object.values(KEYS), { execArgv: ['--expose-gc'] })
  const { port } = await new Promise((done) => child.once('message', done))
  const samples = []
  child.on('message', (sample) => samples.push(sample))
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const until = performance.now() + seconds * 1_000
  let [calls, wrong] = [0, 0]
  const worker = async () => {
    while (performance.now() < until) {
      // Each tenth call is off the contract.
      const bad = ++calls % 10 === 0
      const status = await send(port, agent, bad ? BODY.replace('fromUserId=', 'fromUser=') : BODY)
      if (status !== (bad ? 400 : 200)) wrong++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
  child.disconnect()
  const [heap, rss] = [change(samples, 'heap'), change(samples, 'rss')]
  const figures = ({ early, late }) => `${early.toFixed(1)} MB early, ${late.toFixed(1)} MB late`
  report('server', `${Math.round(calls / seconds)} calls a second for ${seconds} s, ${calls} in all`)
  report('server: calls without their due answer', wrong, wrong === 0)
  report('server: calls kept', samples.at(-1).calls, samples.at(-1).calls === 1_000)
  report('server: heap', figures(heap), heap.grown < 2)
  report('server: RSS', figures(rss), rss.grown < Math.max(10, 0.1 * rss.early))
}
