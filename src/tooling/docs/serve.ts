/**
 * `npm run docs:serve`: the built site on loopback, under a sub-path when asked.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
}

/** Settings of the server. */
export interface ServeOptions {
  /** Port; 0 takes a free one. Default 0. */
  readonly port?: number
  /** Path in front of every page, with a slash at both ends. Default `/`. */
  readonly base?: string
}

/** What stands at a path: a file, or a folder that was named without its slash; undefined when there is nothing. */
async function find(folder: string, path: string): Promise<{ body: Buffer; type: string } | 'folder' | undefined> {
  const name = normalize(decodeURIComponent(path))
  if (name.startsWith('..')) return undefined
  const file = join(folder, name.endsWith('/') || name === '.' ? join(name, 'index.html') : name)
  try {
    return { body: await readFile(file), type: TYPES[extname(file)] ?? 'application/octet-stream' }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'folder' : undefined
  }
}

/** Sends what was found, else `404.html`. */
async function answer(
  folder: string,
  path: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = path === undefined ? undefined : await find(folder, path || './').catch(() => undefined)
  if (found === 'folder') {
    response.writeHead(301, { Location: `${request.url}/` }).end()
    return
  }
  const lost = found ? undefined : await find(folder, '404.html')
  const { body, type } =
    found ?? (typeof lost === 'object' ? lost : { body: Buffer.from('Not found'), type: 'text/plain' })
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? gzipSync(body) : body
  response.writeHead(found ? 200 : 404, {
    'Content-Type': type,
    'Content-Length': zipped.length,
    ...(zipped === body ? {} : { 'Content-Encoding': 'gzip' }),
  })
  response.end(request.method === 'HEAD' ? undefined : zipped)
}

/**
 * Serves a folder as GitHub Pages does: `index.html` for a folder, `404.html` for what is not there.
 *
 * @returns its address, base included, and how to stop it
 */
export async function serve(
  folder: string,
  options: ServeOptions = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const { port = 0, base = '/' } = options
  if (!/^\/(.*\/)?$/.test(base))
    throw new TypeError(`"base" must be a path with a slash at both ends. Received ${base}`)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const inside = pathname.startsWith(base) ? pathname.slice(base.length) : undefined
    void answer(folder, inside, request, response)
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'dist/site' },
      base: { type: 'string', default: '/' },
      port: { type: 'string', default: '8080' },
    },
  })
  const { url } = await serve(resolve(values.out), { port: Number(values.port), base: values.base })
  process.stdout.write(`${url}\n`)
}
