/**
 * Rules of operations: what client, mock, command line and docs can do with one. All else is refused, with its place.
 *
 * @module
 */
import { checkAnswers, checkExamples, createErrorCheck } from './answers.js'
import { checkForm, createMessageTypeCheck } from './forms.js'
import { checkParameters } from './headers.js'
import { FORM, follow, formOf, isObject, METHODS } from './nodes.js'

/** Names that the client uses itself, or that JavaScript treats specially: an object with `then` counts as a promise. */
const TAKEN = ['api', 'safe', 'batch', 'then', 'toJSON']

/** A path whose segments have a name each, and no escape, query or fragment. */
const PLAIN_PATH = /^(\/[^/\\?#%\p{Cc}]+)+\/?$/u

function checkName({ operationId: id }, context, report) {
  if (id === undefined || (/^[A-Za-z_$][\w$]*$/.test(id) && !TAKEN.includes(id) && !(id in {}))) return
  const message = `"operationId" must be the name of a method, and none of ${TAKEN.join(', ')} or what every object has. Received ${JSON.stringify(id)}.`
  report(message, context.location.child(['operationId']))
}

function checkRequest(operation, context, report) {
  const { location: at, key } = context
  if (key === 'get' || key === 'head' || key === 'trace')
    report(`An operation sends a form, which "${key}" cannot carry: use a method such as "post".`, at.key())
  if (key === 'options') report('"options" is the method of preflights: use a method such as "post".', at.key())
  for (const member of ['security', 'servers', 'callbacks'])
    if (operation[member] !== undefined)
      report(`"${member}" of its own is not supported: all operations share one.`, at.child([member]).key())
  const body = follow(context, operation.requestBody, at.child(['requestBody']))
  const content = body.node?.content
  if (isObject(content) && Object.keys(content).length === 0)
    report(`The request body must have content of ${FORM}.`, body.at.child(['content']).key())
  for (const type of Object.keys(content ?? {}))
    if (type !== FORM)
      report(`The request body must be ${FORM}. Received ${type}.`, body.at.child(['content', type]).key())
    else if (!content[type]?.schema) report('A form must have a "schema".', body.at.child(['content', type]).key())
}

/** A path must be the same for everybody who writes, sends or receives it. */
function checkPath(path, at, report) {
  if (path.includes('{')) report('Parameters in the path are not supported.', at)
  else if (!PLAIN_PATH.test(path) || path.split('/').some((part) => part === '.' || part === '..'))
    report(
      `A path must be segments with a name each, without escape, query or fragment, such as /user/mute.json. Received ${JSON.stringify(path)}.`,
      at,
    )
}

/** Types are named after operations, with a capital letter: two names must differ in more than that. */
function createTwinCheck() {
  const names = new Map()
  return ({ operationId: id }, context, report) => {
    if (typeof id !== 'string') return
    const name = id.charAt(0).toUpperCase() + id.slice(1)
    const other = names.get(name) ?? id
    if (other !== id)
      report(
        `"operationId" must differ from "${other}" in more than its first letter.`,
        context.location.child(['operationId']),
      )
    names.set(name, id)
  }
}

/** @returns a rule: each operation must be one that the client, mock and command line support */
export function operations() {
  const checkMessageTypes = createMessageTypeCheck()
  const checkTwins = createTwinCheck()
  const errors = createErrorCheck()
  const signing = new Set()
  return {
    Root: {
      leave(_root, context) {
        errors.check(context, (message, location) => context.report({ message, location }))
      },
      enter(root, context) {
        for (const [name, scheme] of Object.entries(root.components?.securitySchemes ?? {})) {
          const { node } = follow(context, scheme, context.location.child(['components', 'securitySchemes', name]))
          for (const header of [node?.name, node?.['x-aliases']].flat()) signing.add(String(header).toLowerCase())
        }
      },
    },
    PathItem(item, context) {
      const report = (message, location) => context.report({ message, location })
      const { source, pointer } = context.rawLocation
      // Redocly reads an escape in the path as one of its own.
      const at = { source, pointer: pointer.replaceAll('%', '%25'), reportOnKey: true }
      checkPath(String(context.key), at, report)
      if (!METHODS.some((method) => method in item)) report('A path must have an operation.', at)
      if (item.servers) report('"servers" of its own is not supported.', context.location.child(['servers']).key())
      checkParameters(item.parameters, context, context.location, signing, report)
    },
    Operation(operation, context) {
      const report = (message, location) => context.report({ message, location })
      checkName(operation, context, report)
      checkRequest(operation, context, report)
      checkParameters(operation.parameters, context, context.location, signing, report)
      checkTwins(operation, context, report)
      checkAnswers(operation, context, report, errors)
      const form = formOf(operation, context)
      if (!form) return
      checkForm(operation, form, context, report)
      checkExamples({ examples: form.media.examples }, form.at, context, report)
      checkMessageTypes(form, context, report)
    },
  }
}
