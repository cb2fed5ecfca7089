/** The suite on workerd: columns and URLs come as the body of a request, the report is its answer. */
import { runSuite } from './suite.mjs'

/** Nothing of MSW can intercept here; its `getResponse` asks the same handlers. */
async function intercept(handlers) {
  const { getResponse } = await import('msw')
  const own = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const response = await getResponse(handlers, new Request(input, init))
    if (!response) throw new Error('no handler')
    // As a `fetch` would, in place of an answer that stands for an error.
    init?.signal?.throwIfAborted()
    if (response.type === 'error') throw new TypeError('fetch failed')
    return response
  }
  return () => {
    globalThis.fetch = own
  }
}

export default {
  async fetch(request) {
    const { columns, urls } = await request.json()
    return Response.json(await runSuite(columns, { urls, intercept }))
  },
}
