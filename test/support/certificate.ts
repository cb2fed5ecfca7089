/** X.509 certificates for tests, made only with Node. Each has its own key, and the names and dates that a test needs. */
import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** One DER value: tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const digits = length.subarray(length.findIndex((byte) => byte > 0))
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, body])
}

const sequence = (...content: readonly Uint8Array[]) => der(0x30, ...content)
const text = (tag: number, value: string) => der(tag, Buffer.from(value))
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date) => text(0x18, `${date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`)
/** A relative name of one `CN`. */
const named = (name: string) => sequence(der(0x31, sequence(oid('550403'), text(0x0c, name))))
const extension = (hex: string, value: Uint8Array) => sequence(oid(hex), der(0x04, value))

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
const DAY_MS = 86_400_000

/**
 * A self-signed certificate for one DNS name. A test decides whether a client trusts it.
 *
 * @param days its first and last day, counted from today
 */
export function selfSigned(name: string, days: readonly [from: number, to: number] = [-1, 30]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [from, to] = days.map((day) => time(new Date(Date.now() + day * DAY_MS)))
  const subject = named(name)
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    subject,
    sequence(from as Buffer, to as Buffer),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension('551d11', sequence(text(0x82, name))))),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
