/**
 * Rules of header parameters: those that client, mock and command line can send and read.
 *
 * @module
 */
import { follow, IGNORED_HEADERS, isObject, isToken, keywordOf } from './nodes.js'
import { textsOf } from './pattern.js'

/** Headers that HTTP, the client or the mock needs for itself. */
const OCCUPIED =
  /^(host|connection|keep-alive|content-length|content-encoding|transfer-encoding|te|trailer|upgrade|expect|cookie|origin|user-agent|prefer|sec-.+|proxy-.+|__proto__)$/i

/** Keywords of parameters that only parameters of a URL have. */
const OF_URLS = ['allowReserved', 'allowEmptyValue']

/** What is wrong with a header parameter itself: words and the place. */
function mistakeOfHeader(context, node, place, signing) {
  const { name } = node
  if (!isToken(name)) return [`A header cannot be called ${JSON.stringify(name)}.`, place.child(['name'])]
  if (IGNORED_HEADERS.test(name))
    return [`OpenAPI ignores a header parameter "${name}": leave it out.`, place.child(['name'])]
  if (OCCUPIED.test(name))
    return [
      `A header parameter "${name}" is not supported: HTTP, the client or the mock needs it.`,
      place.child(['name']),
    ]
  if (signing.has(name.toLowerCase()))
    return [`The header "${name}" signs the call, so it cannot be a parameter.`, place.child(['name'])]
  if (node.content)
    return ['A header parameter must have a "schema"; "content" is not supported.', place.child(['content']).key()]
  const ofUrls = OF_URLS.find((keyword) => node[keyword] !== undefined)
  if (ofUrls) return [`"${ofUrls}" of a header is not supported.`, place.child([ofUrls]).key()]
  if (node.style !== undefined && node.style !== 'simple')
    return [`The "style" of a header must be "simple". Received ${JSON.stringify(node.style)}.`, place.child(['style'])]
  const at = place.child(['schema'])
  const type = keywordOf(context, node.schema, at, 'type')
  if (type?.value !== 'string')
    return [
      `The header parameter "${name}" must be a string. Received ${JSON.stringify(type?.value)}.`,
      type?.at ?? at.key(),
    ]
  return unsendableValue(context, node, place)
}

/** The values that a header parameter names itself, with their places. */
function namedValues(context, { schema, example, examples }, place) {
  const at = place.child(['schema'])
  const lists = ['examples', 'enum'].flatMap((keyword) => {
    const found = keywordOf(context, schema, at, keyword)
    return Array.isArray(found?.value) ? found.value.map((value, i) => ({ value, at: found.at.child([i]) })) : []
  })
  const single = ['const', 'default', 'example'].flatMap((keyword) => keywordOf(context, schema, at, keyword) ?? [])
  const named = Object.entries(examples ?? {}).map(([name, one]) => {
    const found = follow(context, one, place.child(['examples', name]))
    return { value: found.node?.value, at: found.at }
  })
  return [{ value: example, at: place.child(['example']) }, ...named, ...lists, ...single].filter(
    ({ value }) => value !== undefined,
  )
}

/** A header carries printable ASCII; other characters do not arrive as they were sent. */
function unsendableValue(context, node, place) {
  const isSendable = (value) => /^[!-~]([ -~]*[!-~])?$/.test(String(value))
  const values = namedValues(context, node, place)
  const wrong = values.find(({ value }) => value !== '' && !isSendable(value))
  if (wrong) return [`A header must be printable ASCII. Received ${JSON.stringify(wrong.value)}.`, wrong.at]
  const pattern = keywordOf(context, node.schema, place.child(['schema']), 'pattern')
  const [text] = values.length === 0 && pattern ? textsOf(pattern.value) : []
  if (text === undefined || isSendable(text)) return undefined
  return [`No header can be made for the pattern ${pattern.value}: put an example beside it.`, pattern.at]
}

export function checkParameters(parameters, context, at, signing, report) {
  const names = new Set()
  for (const [i, parameter] of (parameters ?? []).entries()) {
    const { node, at: place } = follow(context, parameter, at.child(['parameters', i]))
    if (!isObject(node)) continue
    if (node.in !== 'header') {
      report(`Parameters in "${node.in}" are not supported. Received "${node.name}".`, place.child(['in']))
      continue
    }
    const mistake = mistakeOfHeader(context, node, place, signing)
    if (mistake) report(...mistake)
    const name = String(node.name).toLowerCase()
    if (names.has(name)) report(`The header "${node.name}" is described twice.`, place.child(['name']))
    names.add(name)
  }
}
