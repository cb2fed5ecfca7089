/** Serves a folder on a free port of this machine. */
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript' }

export async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const path = join(folder, url === '/' ? 'index.html' : url)
    const file = createReadStream(path)
    file.on('open', () => response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain'))
    file.on('error', () => response.writeHead(404).end())
    file.pipe(response)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
