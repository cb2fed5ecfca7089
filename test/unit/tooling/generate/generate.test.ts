/** The generator as a function: reproducible, and clear about mistakes. The command is in `test/integration/generate.test.ts`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { generate } from '../../../../src/tooling/generate/generate.js'
import { SpecError } from '../../../../src/tooling/generate/openapi.js'
import { generateTypes } from '../../../../src/tooling/generate/types.js'
import { recipeOf, textsOf } from '../../../../src/tooling/lint/pattern.js'
import { ROOT } from '../../../support/project-copy.js'
import { copySpec, type SpecCopy } from '../../../support/spec-copy.js'

// A generation takes half a second; on a machine that does much else, as long as that takes.
vi.setConfig({ testTimeout: 60_000 })

const COMMITTED = join(ROOT, 'generated')
const committed = (name: string) => readFileSync(join(COMMITTED, name), 'utf8')

/** A copy of the spec with one change. */
function changedSpec(file: string, from: string | RegExp, to: string, types: 'all' | 'few' = 'few'): SpecCopy {
  const copy = copySpec(types)
  onTestFinished(copy.remove)
  copy.edit(file, (text) => text.replace(from, to))
  return copy
}

describe('what is committed', () => {
  test('is what the spec gives, byte for byte', async () => {
    const { files, warnings } = await generate('spec/openapi.yaml', ROOT, generateTypes)
    expect(warnings).toEqual([])
    expect(readdirSync(COMMITTED).sort()).toEqual([
      'contract.ts',
      'fields.ts',
      'methods.ts',
      'openapi.json',
      'openapi.ts',
      'openapi.yaml',
      'probe.schema.json',
      'validators.d.ts',
      'validators.js',
      'vectors.d.ts',
      'vectors.json',
      'vectors.schema.json',
    ])
    expect([...files.keys()].sort()).toEqual(readdirSync(COMMITTED).sort())
    const stale = [...files].filter(([name, text]) => committed(name) !== text).map(([name]) => name)
    expect(stale, 'run npm run generate').toEqual([])
  })

  test('needs nothing at run time: no require, no eval, no Function, no import', () => {
    expect(committed('validators.js')).not.toMatch(/\brequire\s*\(|\beval\s*\(|\bFunction\s*\(|^import |^\s*\} from /m)
  })
})

test('what is generated follows the spec: a new limit reaches tables, types and validators', async () => {
  const { files } = await changedSpec(FORM, 'maxItems: 3', 'maxItems: 4', 'all').generate()
  const differing = [...files].filter(([name, text]) => committed(name) !== text).map(([name]) => name)
  expect(differing).toEqual(
    expect.arrayContaining(['openapi.json', 'openapi.yaml', 'contract.ts', 'methods.ts', 'validators.js']),
  )
})

const FORM = 'spec/components/schemas/GroupStatusMessage.yaml'
const OPERATION = 'spec/paths/statusmessage_group_publish.yaml'

/** The lines that say what is wrong with a spec. */
async function mistakeIn(generated: Promise<unknown>): Promise<string> {
  const error: unknown = await generated.then(
    () => 'no mistake',
    (reason: unknown) => reason,
  )
  if (!(error instanceof SpecError)) throw error
  return error.message
}

describe('a mistake in the spec is one line with file and place', () => {
  test.each([
    [
      'YAML that cannot be read',
      'spec/openapi.yaml',
      'openapi: 3.1.1',
      'openapi: [3.1.1',
      /^spec\/openapi\.yaml:\d+:\d+: .+$/,
    ],
    [
      'YAML that cannot be read, in a part',
      FORM,
      'type: object',
      'type: [object',
      /^spec\/components\/schemas\/GroupStatusMessage\.yaml:\d+:\d+: .+$/,
    ],
    [
      'a $ref to nothing',
      OPERATION,
      'BadRequest.yaml',
      'BadRequests.yaml',
      /^spec\/paths\/statusmessage_group_publish\.yaml:\d+:\d+: Can't resolve \$ref: ENOENT: no such file or directory 'spec\/components\/responses\/BadRequests\.yaml'$/,
    ],
    [
      'an unknown keyword',
      FORM,
      'x-max-bytes: 64',
      'x-max-byte: 64',
      /^spec\/components\/schemas\/GroupStatusMessage\.yaml:11:5: Unknown keyword "x-max-byte"\. Did you mean "x-max-bytes"\?$/,
    ],
    [
      'the name of a field that does not exist',
      OPERATION,
      'cost: toGroupId',
      'cost: toGroupIds',
      /publish\.yaml:\d+:11: "toGroupIds" is no field of the request\. Its fields: fromUserId, toGroupId, objectName, content, isIncludeSender\.$/,
    ],
    [
      'the same in an answer',
      'spec/components/schemas/GroupStatusMessageResult.yaml',
      'x-value-of: toGroupId',
      'x-value-of: groupId',
      /GroupStatusMessageResult\.yaml:\d+:\d+: "groupId" is no field of the request\./,
    ],
    [
      'a list without its encoding',
      OPERATION,
      / +encoding:\n +toGroupId:\n +style: form\n +explode: true\n/,
      '',
      /publish\.yaml:\d+:\d+: The list "toGroupId" must have its encoding written out: \{ style: form, explode: true \}\.$/,
    ],
    [
      'a flag that is none',
      FORM,
      'x-flag: group',
      'x-flag: --group',
      /GroupStatusMessage\.yaml:\d+:5: Keyword "x-flag" value must match pattern "\^\[a-z\]\[a-z0-9-\]\*\$"\.$/,
    ],
    [
      'a flag that two fields have',
      FORM,
      'x-flag: group',
      'x-flag: from',
      /GroupStatusMessage\.yaml:\d+:\d+: "from" is the flag of "fromUserId" already\.$/,
    ],
    [
      'an error that nothing can raise',
      'spec/components/responses/Unauthorized.yaml',
      '[signature]',
      '[signatur]',
      /Unauthorized\.yaml:\d+:\d+: Keyword "x-raised-by" value\/0 must be equal to one of the allowed values\.$/,
    ],
    [
      'a part of the signature that does not exist',
      'spec/components/securitySchemes/Signature.yaml',
      'appSecret, nonce',
      'appSecret, once',
      /Signature\.yaml:\d+:\d+: "once" is neither appSecret nor a security scheme\./,
    ],
    [
      'a misspelt keyword of JSON Schema',
      FORM,
      'maxItems: 3',
      'maxitems: 3',
      /GroupStatusMessage\.yaml:\d+:5: Property `maxitems` is not expected here\.$/,
    ],
    [
      'an object in a form',
      FORM,
      'type: integer',
      'type: object',
      /^spec\/components\/schemas\/GroupStatusMessage\.yaml:\d+:3: Field "isIncludeSender" is an object, which a form cannot carry; make it a JSON string\.$/,
    ],
    [
      'a call that costs more than its limit',
      OPERATION,
      'limit: 20',
      'limit: 2',
      /publish\.yaml:\d+:12: A call with 3 of "toGroupId" costs more than the limit of 2, so it could never be sent\.$/,
    ],
    [
      'another media type',
      OPERATION,
      'application/x-www-form-urlencoded:',
      'application/json:',
      /^spec\/paths\/statusmessage_group_publish\.yaml:\d+:7: The request body must be application\/x-www-form-urlencoded\. Received application\/json\.$/,
    ],
  ] as const)('%s', async (_name, file, from, to, line) => {
    const message = await mistakeIn(changedSpec(file, from, to).generate())
    expect(message).toMatch(line)
    expect(message.split('\n')).toHaveLength(1)
  })

  test('a redocly.yaml that is not right', async () => {
    const copy = changedSpec('redocly.yaml', 'recommended-strict', 'recommended-stric')
    expect(await mistakeIn(copy.generate())).toMatch(/^redocly\.yaml:8:5: Invalid config recommended-stric\b.*$/)
  })

  test('a root that is not there', async () => {
    expect(await mistakeIn(generate('spec/nothing.yaml', ROOT, generateTypes))).toBe(
      "spec/nothing.yaml: ENOENT: no such file or directory 'spec/nothing.yaml'",
    )
  })
})

describe('what is odd, and no mistake, is a warning', () => {
  /** The warnings, but for those of operations beside the first one, which share its answers. */
  const warningsOf = async (copy: SpecCopy) =>
    (await copy.generate()).warnings.filter((line) => line.startsWith('sendGroupStatusMessage: '))

  test('a keyword that no error answer claims', async () => {
    const copy = changedSpec('spec/components/responses/BadRequest.yaml', '          - maxItems\n', '')
    expect(await warningsOf(copy)).toEqual([
      'sendGroupStatusMessage: no error answer has "maxItems" in its x-raised-by',
    ])
  })

  test('a keyword that two error answers claim', async () => {
    const claims = ['x-raised-by: [signature]', 'x-raised-by: [signature, maxItems]'] as const
    expect(await warningsOf(changedSpec('spec/components/responses/Unauthorized.yaml', ...claims))).toEqual([
      expect.stringMatching(/^sendGroupStatusMessage: \w+ and \w+ have "maxItems" in their x-raised-by; \w+ answers$/),
    ])
  })
})

const SIGNATURE = 'spec/components/securitySchemes/Signature.yaml'
const RULE = 'contract/signature-vector'

test.each([
  [
    'a signature vector that does not fit what is signed',
    SIGNATURE,
    RULE,
    'signature: 30be',
    'signature: 31be',
    'The vector must fit what "of" says is signed.',
  ],
  [
    'a signature vector that lacks a part',
    SIGNATURE,
    RULE,
    '    nonce: "14314"\n',
    '',
    'The vector must have "nonce".',
  ],
  [
    'a text of which nobody knows whether it may be empty',
    'spec/components/schemas/GroupStatusMessage.yaml',
    'contract/text-length',
    '    minLength: 1\n',
    '',
    'The text "fromUserId" is required, so it must have "minLength": 0 if it may be empty.',
  ],
])('%s fails the linter', async (_, file, rule, from, to, message) => {
  expect(await changedSpec(file, from, to).lint()).toContainEqual([rule, message])
})

test('the spec as it is passes the linter', async () => {
  const copy = copySpec()
  onTestFinished(copy.remove)
  expect(await copy.lint()).toEqual([])
})

test.each([
  ['^[A-C]{2}-\\d$', 'AA-0', [{ alphabet: 'ABC', length: 2 }, '-', { alphabet: '0123456789', length: 1 }]],
  ['^R\\.x?[a-c]+$', 'R.b', ['R.', { alphabet: 'abc', length: 1 }]],
  ['^a{3}$', 'aaa', ['aaa']],
  ['^(foo|bar)-[01]$', 'foo-1', ['foo-', { alphabet: '01', length: 1 }]],
  ['^(ab|cd)$', 'ab', ['ab']],
])('the pattern %s and the text %s are a recipe for texts', (pattern, text, recipe) => {
  expect(recipeOf(pattern, text)).toEqual(recipe)
})

test('texts of a pattern are the same in every run, match it, and begin with the plainest', () => {
  const [first, ...others] = textsOf('^[a-c]{2}( [x-z])?$')
  expect(first).toMatch(/^[a-c]{2}$/)
  expect(others.length).toBeGreaterThan(10)
  for (const text of others) expect(text).toMatch(/^[a-c]{2}( [x-z])?$/)
  expect(textsOf('^(?=a)b$')).toEqual([])
})
