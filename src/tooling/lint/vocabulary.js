/**
 * The `x-` keywords of `spec/`, as a Redocly plugin: a keyword that is unknown, misplaced, misshapen, or that names a field
 * which does not exist is a lint error with its place. `keywords.js` has the table of them.
 *
 * Plain JavaScript because `redocly lint` loads it directly.
 *
 * @module
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { compatibility } from './compatibility.js'
import { VOCABULARY } from './keywords.js'
import { operations } from './operations.js'
import { placement } from './placement.js'
import { references } from './references.js'
import { fieldNames, listEncoding, signatureParts, signatureVector, textLength } from './rules.js'
import { defaults, schemas, suspicious } from './schemas.js'
import { security } from './security.js'

const ajv = new Ajv2020({ allowUnionTypes: true })
const fits = Object.fromEntries(Object.entries(VOCABULARY).map(([name, { shape }]) => [name, ajv.compile(shape)]))

/** The pairs of letters of a keyword, behind its `x-`. */
function pairsOf(keyword) {
  const word = keyword.slice('x-'.length).toLowerCase()
  return new Set(Array.from(word, (_, i) => word.slice(i, i + 2)))
}

/** ` Did you mean "x-flag"?` of the closest known keyword; empty where none shares half of the pairs of letters. */
function suggestion(name) {
  const own = pairsOf(name)
  const likeness = (pairs) => (2 * [...pairs].filter((pair) => own.has(pair)).length) / (pairs.size + own.size)
  const [closest] = Object.keys(VOCABULARY)
    .map((known) => ({ known, score: likeness(pairsOf(known)) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
  return closest ? ` Did you mean "${closest.known}"?` : ''
}

function keywords() {
  const any = (node, { type, location, report }) => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      if (!key.startsWith('x-')) continue
      const row = VOCABULARY[key]
      const complain = (message) => report({ message, location: location.child([key]).key() })
      if (!row) complain(`Unknown keyword "${key}".${suggestion(key)}`)
      else if (!row.on.includes('*') && !row.on.includes(type.name))
        complain(`Keyword "${key}" must stand on ${row.on.join(' or ')}. Received it on ${type.name}.`)
      else if (!fits[key](value))
        complain(`Keyword "${key}" ${ajv.errorsText(fits[key].errors, { dataVar: 'value' })}.`)
    }
  }
  return { any, ref: any }
}

/** Two assumptions of one id: a report could not tell which it means. */
function assumptionIds() {
  const places = new Map()
  return {
    any(node, { location, report }) {
      if (typeof node !== 'object' || node === null) return
      for (const id of Object.keys(node['x-assumption'] ?? {})) {
        const at = location.child(['x-assumption', id])
        const known = places.get(id)
        // A part that several operations share is seen more than once.
        if (known === undefined) places.set(id, at.absolutePointer)
        else if (known !== at.absolutePointer)
          report({ message: `"${id}" is the id of another assumption already.`, location: at.key() })
      }
    },
  }
}

/** Lets Redocly look inside `x-message-types`, so that its schemas are resolved, linted and hoisted like all others. */
function types(known) {
  return {
    ...known,
    Schema: { ...known.Schema, properties: { ...known.Schema.properties, 'x-message-types': 'MessageTypes' } },
    MessageTypes: { properties: {}, additionalProperties: 'MessageType' },
    MessageType: {
      properties: {
        schema: 'Schema',
        counted: { type: 'boolean' },
        stored: { type: 'boolean' },
        status: { type: 'boolean' },
      },
      required: ['schema', 'counted', 'stored'],
    },
  }
}

/** @returns the plugin, as `redocly.yaml` names it. */
export default function vocabulary() {
  return {
    id: 'contract',
    typeExtension: { oas3: types },
    rules: {
      oas3: {
        keywords,
        'assumption-ids': assumptionIds,
        'field-names': fieldNames,
        'list-encoding': listEncoding,
        'signature-parts': signatureParts,
        'signature-vector': signatureVector,
        'text-length': textLength,
        references,
        schemas,
        defaults,
        operations,
        security,
        placement,
        suspicious,
      },
    },
    diff: { oas3: compatibility },
  }
}
