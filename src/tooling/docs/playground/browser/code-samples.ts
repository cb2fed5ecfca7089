/**
 * A call as people would write it: for curl, and in TypeScript.
 *
 * @module
 */
import { FORM, operations, security } from '../../../../core/contract.js'
import { type Draft, NONCE_LENGTH, splitHeaders, typedFields, wireRequest } from './draft.js'
import { specTable } from './embedded-table.js'

/** The longest command argument that Linux accepts, in bytes, less a margin. */
const MAX_ARGUMENT_BYTES = 100_000

const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Shell variables of the signed parts; credentials come from the environment. */
const CREDENTIAL_VARIABLES: Readonly<Record<string, string>> = {
  appKey: '$RONGCLOUD_APP_KEY',
  appSecret: '$RONGCLOUD_APP_SECRET',
}

const shellVariable = (part: string): string => CREDENTIAL_VARIABLES[part] ?? `$${part}`

/** The arguments for the body; a body that is too long for an argument comes from standard input. */
function bodyArguments(pairs: readonly (readonly [name: string, value: string])[], isLong: boolean): string[] {
  if (isLong) return ["--data @- <<'END'"]
  if (pairs.length === 0) return [`-H 'Content-Type: ${FORM}' -d ''`]
  return pairs.map(([name, value]) => `--data-urlencode ${shellQuoted(`${encodeURIComponent(name)}=${value}`)}`)
}

/** Credentials come from the environment, and so may the host. */
export function curlSample(draft: Draft): string {
  const { method, path } = operations[draft.operation]
  const { body } = wireRequest(draft, { nonce: '', timestamp: 0, requestId: '' })
  const signing = Object.entries(security.headers).map(([part, name]) => `-H "${name}: ${shellVariable(part)}"`)
  const headers = Object.entries(draft.headers).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`)
  const pairs = Object.entries(typedFields(draft)).flatMap(([name, value]) =>
    [value].flat().map((item) => [name, String(item)] as const),
  )
  // UTF-8 has at most three bytes for a UTF-16 code unit.
  const isLong = pairs.some(([, value]) => value.length * 3 > MAX_ARGUMENT_BYTES)
  const curl = [
    `curl ${method === 'POST' ? '' : `-X ${method} `}"\${RONGCLOUD_BASE_URL:-${draft.settings.server}}${path}"`,
    ...signing,
    ...headers,
    ...bodyArguments(pairs, isLong),
  ]
  return [
    `: "\${RONGCLOUD_APP_KEY:?}" "\${RONGCLOUD_APP_SECRET:?}" # from the environment`,
    `nonce=$(openssl rand -hex ${Math.floor(NONCE_LENGTH / 2)})`,
    'timestamp=$(date +%s)000',
    `${security.signature}=$(printf %s "${security.signs.map(shellVariable).join('')}" \\`,
    "  | openssl dgst -sha1 -r | cut -d ' ' -f 1)",
    '',
    curl.join(' \\\n  '),
    ...(isLong ? [body, 'END'] : []),
  ].join('\n')
}

/** Longer objects are written on several lines. */
const MAX_INLINE_OBJECT = 60

/** A value as a literal of JavaScript. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
    return `'${text}'`
  }
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(
    ([name, member]) => `${propertyName(name)}: ${literal(member, `${indent}  `)}`,
  )
  if (members.length === 0) return '{}'
  const inline = `{ ${members.join(', ')} }`
  if (inline.length < MAX_INLINE_OBJECT) return inline
  return `{\n${members.map((member) => `${indent}  ${member},\n`).join('')}${indent}}`
}

const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name))

/** The object in a JSON text; undefined for a text that JSON.stringify would write differently. */
function parseExactObject(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** The content of a predefined message, for the package's `message`; undefined for any other message. */
function predefinedContent(draft: Draft, fields: Readonly<Record<string, unknown>>): object | undefined {
  const { message } = operations[draft.operation]
  const type = message && fields[message.type]
  if (!message || typeof type !== 'string' || !Object.hasOwn(specTable.types, type)) return undefined
  return parseExactObject(fields[message.content])
}

/** The call by this package's client. */
export function typescriptSample(draft: Draft): string {
  const fields = typedFields(draft)
  const { message } = operations[draft.operation]
  const content = predefinedContent(draft, fields)
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (content && name === message?.content) return []
    if (content && name === message?.type) return [`...message(${literal(value)}, ${literal(content, '  ')})`]
    return [`${propertyName(name)}: ${literal(value, '  ')}`]
  })
  const { headers, requestId } = splitHeaders(draft)
  const options = {
    ...(requestId !== undefined && { requestId }),
    ...(Object.keys(headers).length > 0 && { headers }),
  }
  const optionsArgument = Object.keys(options).length > 0 ? `, ${literal(options)}` : ''
  return `import { createClient${content ? ', message' : ''} } from ${literal(specTable.package)}

const client = createClient({
  appKey: process.env['RONGCLOUD_APP_KEY'] ?? '',
  appSecret: process.env['RONGCLOUD_APP_SECRET'] ?? '',
  baseUrl: process.env['RONGCLOUD_BASE_URL'] ?? ${literal(draft.settings.server)},
})

const answer = await client.${draft.operation}({
${lines.map((line) => `  ${line},\n`).join('')}}${optionsArgument})
console.log(answer)`
}
