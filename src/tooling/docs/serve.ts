/**
 * `npm run docs:serve`: the built site on loopback, under a sub-path when asked.
 *
 * It answers as GitHub Pages does: `index.html` for a folder, a redirect for a folder named without its slash, and
 * `404.html` for an address that names nothing.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import sirv from 'sirv'

/** Types whose encoding a browser would guess. */
const TEXT_TYPES: Readonly<Record<string, string>> = {
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
}

/** Settings of the server. */
export interface ServeOptions {
  /** Port; 0 takes a free one. Default 0. */
  readonly port?: number
  /** Path in front of every page, with a slash at both ends. Default `/`. */
  readonly base?: string
}

/**
 * Serves a folder. Where a file has a compressed copy with the ending `.gz`, clients that accept gzip get the copy.
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
  const sendFile = sirv(folder, {
    // Each request reads the disk: the site may be built again while it is served.
    dev: true,
    extensions: ['html'],
    gzip: true,
    setHeaders: (response, path) => {
      const type = TEXT_TYPES[extname(path)]
      if (type) response.setHeader('Content-Type', type)
    },
  })
  const sendNotFound = async (response: ServerResponse) => {
    const html = await readFile(join(folder, '404.html')).catch(() => 'Not found')
    response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (!pathname.startsWith(base)) {
      void sendNotFound(response)
      return
    }
    const path = pathname.slice(base.length)
    if (path !== '' && !path.endsWith('/') && existsSync(join(folder, path, 'index.html'))) {
      response.writeHead(301, { Location: `${pathname}/` }).end()
      return
    }
    request.url = `/${path}`
    sendFile(request, response, () => void sendNotFound(response))
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  return {
    // A server that listens on a port has an address with one.
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
