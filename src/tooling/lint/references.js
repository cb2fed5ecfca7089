/**
 * Rules of `$ref`: where it may stand, what it may point at, and what may stand beside it.
 *
 * @module
 */
import { dirname, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** What OpenAPI lets a reference stand for. `MessageTypes` is the table of `x-message-types`. */
const REPLACEABLE = [
  'Schema',
  'PathItem',
  'Parameter',
  'RequestBody',
  'Response',
  'Example',
  'SecurityScheme',
  'Header',
  'Link',
  'Callback',
  'MessageTypes',
]

/** Texts that Redocly lets stand in files of their own. */
const TEXTS = ['description', 'source']

const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true })

/** The linter looks for mistakes in what a reference points at, and not in the keywords beside it. */
function checkBeside({ $ref: _, ...beside }, at, report) {
  if (ajv.validateSchema(beside)) return
  for (const { instancePath, message } of ajv.errors ?? []) {
    const [keyword = '', ...rest] = instancePath.split('/').slice(1)
    // Schemas beside the reference are nodes of their own, which the linter visits.
    if (rest.length === 0 || Array.isArray(beside[keyword]))
      report(`"${keyword}" ${message}.`, at.child([keyword, ...rest]))
  }
}

/** What is wrong with the target: a part of the root that no schema can be taken from, or no name for a component. */
function mistakeOfTarget($ref, isLocal, type) {
  const [file = '', pointer = ''] = $ref.split('#')
  if (pointer.includes('%')) return `A reference must be written without escapes of URLs. Received "${$ref}".`
  if (isLocal)
    return type === 'Schema' && !pointer.startsWith('/components/schemas/')
      ? `A reference to a schema of the root file must begin with #/components/schemas/. Received "${$ref}".`
      : undefined
  // The bundler names a component after the last part of a reference into another file.
  const name = pointer.split('/').at(-1) || file.split('/').at(-1)
  if (!name || /^[\w.-]+$/.test(name)) return undefined
  return `A reference must end in a name of letters, digits, ".", "_" and "-": it names a component. Received "${name}".`
}

/** @returns a rule: a `$ref` stands where OpenAPI knows references, and points at what the generator can follow */
export function references() {
  let root
  return {
    Root(_root, context) {
      root = context.location.source.absoluteRef
    },
    ref(node, context) {
      const { location: at, type } = context
      const report = (message, location) => context.report({ message, location })
      if (!REPLACEABLE.includes(type.name) && !TEXTS.includes(context.key)) {
        report('A "$ref" cannot stand here: OpenAPI knows none in this place.', at.child(['$ref']).key())
        return
      }
      if (type.name !== 'PathItem' && typeof node.$ref === 'string') {
        const [file = ''] = node.$ref.split('#')
        const isLocal = (file ? resolve(dirname(at.source.absoluteRef), file) : at.source.absoluteRef) === root
        const mistake = mistakeOfTarget(node.$ref, isLocal, type.name)
        if (mistake) report(mistake, at.child(['$ref']))
      }
      if (type.name === 'Schema' && Object.keys(node).length > 1) checkBeside(node, at, report)
    },
  }
}
