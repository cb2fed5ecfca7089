/**
 * The JSON Schema of what `probe --json` writes. It is published as `probe.schema.json`.
 *
 * @module
 */
import { exactly, integer, text } from './json-schema.js'

const list = (description: string, items: object) => ({ type: 'array', description, items })

const verdict = {
  enum: ['confirmed', 'consistent', 'contradicted', 'inconclusive', 'not asked'],
  description:
    '`confirmed`: the predicted answer, and the rule is its reason. `consistent`: the predicted answer, perhaps for another reason. `contradicted`: another answer, twice. `inconclusive`: nothing can be said. `not asked`: see `reason`.',
}

const evidence = exactly('What was sent and what came back, without ids, keys and signatures.', {
  via: { enum: ['missing-field', 'complete'], description: 'Whether a required field was left out on purpose.' },
  outcome: text('Status and code, or why there are none.'),
  message: text("The server's words."),
  headers: { type: 'object', description: 'Some headers of the answer.', additionalProperties: { type: 'string' } },
})

const claim = exactly(
  'One claim of the contract.',
  {
    id: text('JSON pointer of the rule in openapi.json, what was asked, and the aspect. Stable across versions.'),
    asked: text('What was asked.'),
    field: text('The field or header that it is about.'),
    aspect: { enum: ['accepted', 'refused', 'status', 'code'] },
    verdict,
    direction: {
      enum: ['the contract is stricter', 'the contract is laxer', 'the contract names another answer'],
      description: 'How contract and server differ.',
    },
    expected: text('What the contract says.'),
    got: text('What the server did.'),
    reason: text('Why it is no more than this.'),
    evidence,
  },
  ['aspect', 'direction', 'expected', 'got', 'reason', 'evidence'],
)

const assumption = exactly(
  'One `x-assumption` of the spec.',
  { id: text('Its id.'), claim: text('What is assumed.'), verdict, reason: text('Why not, or not in full.') },
  ['reason'],
)

/** The schema. */
export const SCHEMA: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Result of a probe',
  ...exactly(
    'What a server made of the contract.',
    {
      $schema: text('This schema.'),
      version: { const: 1, description: 'Version of this format.' },
      tool: text('Version of the tool.'),
      operation: text('The operationId.'),
      host: text('The host that was asked.'),
      appKey: text('The last four characters of the App Key.'),
      at: text('When the run began, as ISO 8601.'),
      exitCode: { enum: [0, 1, 3], description: '0 nothing new, 1 a new contradiction, 3 inconclusive.' },
      stopped: text('Why the run ended early.'),
      requests: integer('Requests that were sent.'),
      cost: integer('What they cost of the rate limit.'),
      order: list('Required fields in the order in which the server asks for them.', { type: 'string' }),
      claims: list('All claims.', claim),
      assumptions: list('What the contract marks as not confirmed.', assumption),
      newContradictions: list('Ids of contradictions that the baseline has not.', { type: 'string' }),
    },
    ['stopped'],
  ),
}
