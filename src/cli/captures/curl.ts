/**
 * A request written down: as HTTP, and as curl for a POSIX shell.
 *
 * @module
 */

/** A request as it would go out. */
export interface WrittenRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The request as HTTP/1.1, its lines ended by `end`. Headers that only a connection has are left out. */
export function httpOf({ method, url, headers, body }: WrittenRequest, end = '\r\n'): string {
  const { host, pathname, search } = new URL(url)
  const all = { host, ...headers, 'content-length': String(new TextEncoder().encode(body).length) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${[`${method} ${pathname}${search} HTTP/1.1`, ...lines].join(end)}${end}${end}${body}`
}

/** A word of a shell, whatever it holds. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A system takes 128 KiB for one argument of a program; what a shell does itself has no such limit. */
const LONGEST_ARGUMENT = 100_000

/** The request as a command line with curl. */
export function curlOf({ method, url, headers, body }: WrittenRequest): string {
  const given = Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`)
  const start = `curl --silent --show-error --request ${method} ${quoted(url)}`
  if (quoted(body).length <= LONGEST_ARGUMENT) {
    return [start, ...given, `--data-raw ${quoted(body)}`].join(' \\\n  ')
  }
  return `printf %s ${quoted(body)} | ${[start, ...given, '--data-binary @-'].join(' \\\n  ')}`
}
