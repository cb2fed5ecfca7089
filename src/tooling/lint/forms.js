/**
 * Rules of forms: fields that a form can carry, and the messages in them.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { follow, isObject, keywordOf, partsOf, typesOf } from './nodes.js'
import { checkEndless } from './schemas.js'

/** A form carries no types, so each field must have exactly one, and one that text can express. */
function checkField(context, name, node, at, report, isItem = false) {
  const types = typesOf(context, node, at)
  const complain = (what) => report(`Field "${name}" ${what}.`, isItem ? at : at.key())
  // Another rule says that a reference leads nowhere.
  if (!isObject(node) || (node.$ref !== undefined && !isObject(follow(context, node, at).node))) return
  const tells = ['type', 'const', 'enum', 'oneOf', 'anyOf', 'allOf'].some((one) => keywordOf(context, node, at, one))
  if (!tells) complain('must have a "type"')
  else if (types.includes('null')) complain('may be null, which a form cannot carry; leave it out of "required"')
  else if (types.includes('object')) complain('is an object, which a form cannot carry; make it a JSON string')
  else if (types.length > 1) complain(`must have one type, for a form says none. Received ${types.join(', ')}`)
  else if (types[0] === 'array' && isItem) complain('is a list of lists, which a form cannot carry')
  else if (types[0] === 'array') {
    const items = keywordOf(context, node, at, 'items')
    if (items) checkField(context, name, items.value, items.at, report, true)
    else complain('is a list, so it must have "items"')
  }
}

export function checkForm(operation, form, context, report) {
  const types = typesOf(context, form.schema, form.schemaAt)
  const type = keywordOf(context, form.schema, form.schemaAt, 'type')
  if (type && !types.includes('object')) report(`A form must be an object. Received ${types.join(', ')}.`, type.at)
  let needsBody = false
  for (const part of partsOf(context, form.schema, form.schemaAt)) {
    const required = Array.isArray(part.node.required) ? part.node.required : []
    for (const [i, name] of required.entries())
      if (!form.fields.has(name) && !form.hidden.has(name))
        report(`"${name}" is required, and no field of the request.`, part.at.child(['required', i]))
    if (isObject(part.node.additionalProperties))
      report(
        'Fields that a form does not name carry no type: write "additionalProperties: false", or leave it out.',
        part.at.child(['additionalProperties']).key(),
      )
    if (required.length > 0) needsBody = true
  }
  const body = follow(context, operation.requestBody, context.location.child(['requestBody']))
  if (needsBody && body.node?.required !== true)
    report('The form has required fields, so its body must have "required: true".', body.at.key())
  const [hidden] = form.hidden.values()
  if (hidden) report('The fields of a form must stand beside its alternatives, not in them.', hidden.at.key())
  for (const [name, { node, at }] of form.fields) checkField(context, name, node, at, report)
  for (const [name, encoding] of Object.entries(form.media.encoding ?? {})) {
    const at = form.at.child(['encoding', name])
    if (!form.fields.has(name) && !form.hidden.has(name)) report(`"${name}" is no field of the request.`, at.key())
    if (encoding?.style !== undefined && encoding.style !== 'form')
      report(`The style of a field must be "form". Received ${JSON.stringify(encoding.style)}.`, at.child(['style']))
    for (const member of Object.keys(encoding ?? {}))
      if (member !== 'style' && member !== 'explode' && !member.startsWith('x-'))
        report(`"${member}" of an encoding is not supported.`, at.child([member]).key())
  }
}

/** All operations share one list of message types: the client's TypeScript types do not tell operations apart. */
export function createMessageTypeCheck() {
  const types = new Map()
  let carriers
  return (form, context, report) => {
    for (const [name, { node, at }] of form.fields) {
      const found = keywordOf(context, node, at, 'x-message-types')
      if (!isObject(found?.value)) continue
      const here = [
        name,
        keywordOf(context, node, at, 'x-content-field')?.value,
        keywordOf(context, node, at, 'x-reserved-prefix')?.value,
      ]
      carriers ??= here
      if (!isDeepStrictEqual(carriers, here)) {
        const wanted = carriers.map((one) => JSON.stringify(one)).join(', ')
        const message = `Message types must have the same fields and prefix in every operation: ${wanted}.`
        report(message, at.key())
      }
      const table = follow(context, found.value, found.at)
      for (const [type, row] of Object.entries(isObject(table.node) ? table.node : {})) {
        const place = table.at.child([type])
        if (type === '') report('A message type must have a name.', place.key())
        if (!typesOf(context, row?.schema, place.child(['schema'])).includes('object'))
          report(`The content of "${type}" must be an object.`, place.child(['schema']).key())
        checkEndless(context, 'A message', row?.schema, place.child(['schema']), report)
        if (types.has(type) && !isDeepStrictEqual(types.get(type), row))
          report(`The message type "${type}" is described twice, and differently.`, place.key())
        types.set(type, row)
      }
    }
  }
}
