/**
 * `fetch` of the undici that the query names, with a dispatcher: `undici.mjs?from=undici-6&timeout=300` has 300 ms to connect.
 * Where the environment names a proxy, the dispatcher is the one for that.
 */
const query = new URL(import.meta.url).searchParams
const undici = await import(query.get('from'))
const Dispatcher = process.env.HTTPS_PROXY ? undici.EnvHttpProxyAgent : undici.Agent
const dispatcher = new Dispatcher({ connect: { timeout: Number(query.get('timeout')) } })

export const fetch = (url, init) => undici.fetch(url, { ...init, dispatcher })
