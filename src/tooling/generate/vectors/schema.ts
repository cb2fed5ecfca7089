/**
 * The JSON Schema of `generated/vectors.json`: its documentation, for readers in any language.
 *
 * @module
 */
import { exactly, integer, text } from '../json-schema.js'

const place = {
  field: text(
    'A field, a place in it such as `list[1]` or `content.name`, a header, or `path`, `method`, `body`, `rate`.',
  ),
  keyword: text('A keyword of the schema, or the name of a rule that no schema has.'),
}

const request = exactly('The whole request, but for host and Content-Length.', {
  method: text('HTTP method.'),
  path: text('Path.'),
  headers: { type: 'object', description: 'Headers, by name as sent.', additionalProperties: { type: 'string' } },
  body: {
    type: 'array',
    description:
      'The body in pieces, to be joined with nothing between them: text, or a text repeated `times` times. ASCII only. A sender may write the same fields in another way: compare what is decoded.',
    items: {
      oneOf: [
        { type: 'string' },
        exactly('A text repeated `times` times.', {
          repeat: text('The text.'),
          times: { type: 'integer', minimum: 1 },
        }),
      ],
    },
  },
})

const expected = {
  description: 'What a receiver of the contract says to the last of the requests.',
  oneOf: [
    exactly(
      'It is on the contract.',
      {
        verdict: { const: 'accepted' },
        status: integer('HTTP status.'),
        suspicions: {
          type: 'array',
          minItems: 1,
          description:
            'Values that the contract allows but that are probably a mistake, such as a list joined into one text. Left out when there are none.',
          items: exactly('One of them.', { name: text('Its name in the contract.'), field: text('The field.') }),
        },
      },
      ['suspicions'],
    ),
    exactly(
      'It is off the contract.',
      {
        verdict: { const: 'refused' },
        violation: exactly('The first thing that is wrong.', place),
        status: integer('HTTP status. Left out where the contract names no error for it.'),
        code: integer("The vendor's error code. Left out where the contract names none."),
      },
      ['status', 'code'],
    ),
  ],
}

export const SCHEMA: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Contract vectors',
  ...exactly(
    'Requests on and off the contract, with the verdict that each must get from a receiver that knows the credentials, takes replayed and old signatures, and starts each vector with nothing counted.',
    {
      $schema: text('This schema.'),
      version: { const: 1, description: 'Version of this format.' },
      contract: text('Version of the contract.'),
      credentials: exactly('What the receiver must know.', {
        appKey: text('App Key.'),
        appSecret: text("App Secret. The vendor's published one: no secret."),
      }),
      vectors: {
        type: 'array',
        items: exactly('One vector.', {
          name: text('Unique.'),
          operation: text('The operationId.'),
          layer: {
            enum: ['fields', 'form', 'headers', 'request', 'rate'],
            description:
              'What it is about. `fields`: values alone, so any client can express it. `form`: how they are written. `headers`, `request`: what is around them. `rate`: how many there are.',
          },
          rule: exactly('The rule at whose boundary it stands.', place),
          times: {
            type: 'integer',
            minimum: 1,
            description: 'How often the request is sent, at once; the others are accepted.',
          },
          request,
          expect: expected,
        }),
      },
    },
  ),
}
