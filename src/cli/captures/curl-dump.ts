/**
 * What `curl --trace` and `curl --trace-ascii` write: blocks of bytes, as they were sent and received.
 *
 * @see https://curl.se/docs/manpage.html#--trace-ascii
 * @module
 */
import type { Capture, CapturedRequest, Unreadable } from './capture.js'
import { readHttp } from './http.js'
import { LineReader } from './lines.js'

/** Bytes that were sent or received, one character for each. */
interface Block {
  readonly at: number
  readonly kind: string
  readonly bytes: string
}

const BLOCK = /^(?:[\d:.]+ )?(?:\[[\d-]+\] )?(?:<=|=>|==) (.+?)(?:: |, (\d+) bytes)/
const HEX_LINE = /^[0-9a-f]{4,}: ((?:[0-9a-f]{2} ){1,16})/
const TEXT_LINE = /^([0-9a-f]{4,}): (.*)$/

/** Whether the first line of a text is one of such a file. */
export const isCurlDump = (line: string): boolean => BLOCK.test(line)

/** The bytes of a block. In the form of `--trace-ascii` a line ends where a line break was, which its address shows. */
function readBytes(reader: LineReader, size: number, isHex: boolean): string {
  let bytes = ''
  for (let line = reader.peek(); line !== undefined && bytes.length < size; line = reader.peek()) {
    const [, hex] = isHex ? (HEX_LINE.exec(line) ?? []) : []
    const [, address = '', text = ''] = TEXT_LINE.exec(line) ?? []
    if (address === '') break
    reader.next()
    if (hex !== undefined) bytes += Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1')
    else bytes = withBreaks(bytes, Number.parseInt(address, 16)) + text
  }
  return withBreaks(bytes, size)
}

const withBreaks = (bytes: string, size: number): string => (size - bytes.length === 2 ? `${bytes}\r\n` : bytes)

function readBlocks(text: string): { blocks: Block[]; isHex: boolean } {
  // The request line is not hexadecimal, unless all is.
  const isHex = /^(?:.* )?=> Send header.*\n[0-9a-f]{4,}: (?:[0-9a-f]{2} ){16}/m.test(text)
  const reader = new LineReader(text)
  const blocks: Block[] = []
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    const [, kind = '', size] = BLOCK.exec(line) ?? []
    if (size !== undefined) blocks.push({ at: reader.line - 1, kind, bytes: readBytes(reader, Number(size), isHex) })
  }
  return { blocks, isHex }
}

/** Reads one exchange. Its answer is left out where it cannot be read, such as after chunks that curl has joined. */
function readExchange(blocks: readonly Block[], isHex: boolean): Pick<Capture, 'requests' | 'unreadable'> {
  const [{ at } = { at: 0 }] = blocks
  const joined = (kind: RegExp) =>
    blocks
      .filter((one) => kind.test(one.kind))
      .map(({ bytes }) => bytes)
      .join('')
  const read = (text: string) => readHttp(Buffer.from(text, 'latin1'))
  const sent = joined(/^Send (header|data)$/)
  const whole = read(sent + joined(/^Recv (header|data)$/))
  const { requests, unreadable } = whole.requests.length === 1 ? whole : read(sent)
  // `--trace-ascii` writes a dot for each byte that is not ASCII.
  const isExact = isHex || !joined(/^Send data$/).includes('..')
  return {
    requests: requests.map(
      (request): CapturedRequest => ({ ...request, at, body: isExact ? request.body : undefined }),
    ),
    // Its lines are those of the exchange, not of the file.
    unreadable: unreadable.map((one): Unreadable => ({ ...one, at, line: undefined })),
  }
}

/** Reads such a file, for any number of calls. A request is known by the line of its headers. */
export function readCurlDump(text: string): Capture {
  const { blocks, isHex } = readBlocks(text)
  const exchanges: Block[][] = []
  for (const block of blocks) {
    if (block.kind === 'Send header') exchanges.push([])
    exchanges.at(-1)?.push(block)
  }
  const read = exchanges.map((exchange) => readExchange(exchange, isHex))
  return {
    kind: 'curl-trace',
    requests: read.flatMap(({ requests }) => requests),
    unreadable: read.flatMap(({ unreadable }) => unreadable),
    notSent: [],
  }
}
