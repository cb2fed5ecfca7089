/**
 * A call as people would write it: for curl, and in TypeScript.
 *
 * @module
 */
import { FORM, operations, security } from '../../../../core/contract.js'
import { type Draft, fieldsOf, headersOf, requestOf } from './draft.js'
import { table } from './embedded-table.js'

/** Longer than this, one argument of a command is too long for Linux. */
const LONGEST_ARGUMENT = 100_000

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The signed parts as the shell has them. */
const variable = (part: string) =>
  part === 'appSecret' ? '$RONGCLOUD_APP_SECRET' : part === 'appKey' ? '$RONGCLOUD_APP_KEY' : `$${part}`

/** Key and secret come from the environment; so may the host. */
export function curlOf(draft: Draft): string {
  const { method, path } = operations[draft.operation]
  const { body } = requestOf(draft, { nonce: '', timestamp: 0, requestId: '' })
  const signed = Object.entries(security.headers).map(([part, name]) => `-H "${name}: ${variable(part)}"`)
  const own = Object.entries(draft.headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const pairs = Object.entries(fieldsOf(draft)).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as const),
  )
  const long = pairs.some(([, value]) => value.length * 3 > LONGEST_ARGUMENT)
  const data = pairs.map(([name, value]) => `--data-urlencode ${quoted(`${encodeURIComponent(name)}=${value}`)}`)
  const lines = [
    `curl ${method === 'POST' ? '' : `-X ${method} `}"\${RONGCLOUD_BASE_URL:-${draft.settings.server}}${path}"`,
    ...signed,
    ...own,
    ...(long ? ["--data @- <<'END'"] : data.length > 0 ? data : [`-H 'Content-Type: ${FORM}' -d ''`]),
  ]
  return [
    `: "\${RONGCLOUD_APP_KEY:?}" "\${RONGCLOUD_APP_SECRET:?}" # from the environment`,
    `nonce=$(openssl rand -hex ${Math.floor(Math.min(18, security.nonceLength ?? 18) / 2)})`,
    'timestamp=$(date +%s)000',
    `${security.signature}=$(printf %s "${security.signs.map(variable).join('')}" \\`,
    "  | openssl dgst -sha1 -r | cut -d ' ' -f 1)",
    '',
    lines.join(' \\\n  '),
    ...(long ? [body, 'END'] : []),
  ].join('\n')
}

/** A value as JavaScript writes it. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
    return `'${text}'`
  }
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, indent)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const pairs = Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, `${indent}  `)}`)
  const short = `{ ${pairs.join(', ')} }`
  if (pairs.length === 0) return '{}'
  return short.length < 60 ? short : `{\n${pairs.map((pair) => `${indent}  ${pair},\n`).join('')}${indent}}`
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name, ''))

/** The object behind a text of JSON that JSON would write in the same way again. */
function objectIn(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** The call by this package's client. */
export function typescriptOf(draft: Draft): string {
  const fields = fieldsOf(draft)
  const { message } = operations[draft.operation]
  const type = message && fields[message.type]
  const content =
    typeof type === 'string' && Object.hasOwn(table.types, type) ? objectIn(fields[message?.content ?? '']) : undefined
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (content && name === message?.content) return []
    if (content && name === message?.type) return [`...message(${literal(type, '')}, ${literal(content, '  ')})`]
    return [`${key(name)}: ${literal(value, '  ')}`]
  })
  const { own, requestId } = headersOf(draft)
  const named = Object.entries(draft.headers).filter(([name]) => name.toLowerCase() in own)
  const options = {
    ...(requestId !== undefined && { requestId }),
    ...(named.length > 0 && { headers: Object.fromEntries(named) }),
  }
  const more = Object.keys(options).length > 0 ? `, ${literal(options, '')}` : ''
  return `import { createClient${content ? ', message' : ''} } from ${quoted(table.package)}

const client = createClient({
  appKey: process.env['RONGCLOUD_APP_KEY'] ?? '',
  appSecret: process.env['RONGCLOUD_APP_SECRET'] ?? '',
  baseUrl: process.env['RONGCLOUD_BASE_URL'] ?? ${quoted(draft.settings.server)},
})

const answer = await client.${draft.operation}({
${lines.map((one) => `  ${one},\n`).join('')}}${more})
console.log(answer)`
}
