/** `npm run generate`: reproducible, checked, and clear about mistakes. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recipeOf } from '../../../src/generate/pattern.js'
import { copyHouse, generate, ROOT, run } from '../../support/project-copy.js'

let house: Awaited<ReturnType<typeof copyHouse>>
beforeAll(async () => {
  house = await copyHouse()
})
afterAll(() => house.remove())

async function snapshot(): Promise<Record<string, string>> {
  const folder = join(house.folder, 'generated')
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  )
}

/** Changes a file of the copy for as long as `work` takes. */
async function changed<T>(file: string, change: (text: string) => string, work: () => Promise<T>): Promise<T> {
  const path = join(house.folder, file)
  const before = await readFile(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  await writeFile(path, after)
  try {
    return await work()
  } finally {
    await writeFile(path, before)
  }
}

describe('what is committed', () => {
  test('is what the spec makes, byte for byte', async () => {
    const before = await snapshot()
    expect(await generate(house.folder, '--check')).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect((await generate(house.folder)).code).toBe(0)
    expect(await snapshot()).toEqual(before)
    expect(Object.keys(before)).toEqual([
      'contract.ts',
      'fields.ts',
      'methods.ts',
      'openapi.json',
      'openapi.ts',
      'openapi.yaml',
      'validators.d.ts',
      'validators.js',
      'vectors.d.ts',
      'vectors.js',
      'vectors.json',
      'vectors.schema.json',
    ])
  })

  test('needs nothing at run time: no require, no eval, no Function, no import', async () => {
    const text = await readFile(join(ROOT, 'generated/validators.js'), 'utf8')
    expect(text).not.toMatch(/\brequire\s*\(|\beval\s*\(|\bFunction\s*\(|^import |^\s*\} from /m)
  })

  test('is named when it is stale, and --check leaves it alone', async () => {
    const result = await changed(
      'generated/contract.ts',
      (text) => `${text}\n`,
      async () => {
        const before = await snapshot()
        const checked = await generate(house.folder, '--check')
        expect(await snapshot()).toEqual(before)
        return checked
      },
    )
    expect(result).toMatchObject({ code: 1, stderr: 'generated/contract.ts: stale, run npm run generate\n' })
  })

  test('follows the spec: a new limit reaches tables, types and validators', async () => {
    const edit = (text: string) => text.replace('maxItems: 3', 'maxItems: 4')
    const { code, stderr } = await changed('spec/components/schemas/GroupStatusMessage.yaml', edit, () =>
      generate(house.folder, '--check'),
    )
    expect(code).toBe(1)
    for (const name of ['openapi.json', 'openapi.yaml', 'openapi.ts', 'methods.ts', 'validators.js'])
      expect(stderr).toContain(`generated/${name}: stale`)
  })
})

const FORM = 'spec/components/schemas/GroupStatusMessage.yaml'
const OPERATION = 'spec/paths/statusmessage_group_publish.yaml'

describe('a mistake in the spec is one line with file and place, and nothing is written', () => {
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
      'a keyword of the wrong shape',
      FORM,
      'x-max-bytes: 64',
      'x-max-bytes: many',
      /GroupStatusMessage\.yaml:11:5: Keyword "x-max-bytes" value must be integer\.$/,
    ],
    [
      'a keyword in the wrong place',
      OPERATION,
      '  operationId:',
      '  x-max-bytes: 1\n  operationId:',
      /publish\.yaml:2:3: Keyword "x-max-bytes" must stand on Schema\. Received it on Operation\.$/,
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
      /^spec\/components\/schemas\/GroupStatusMessage\.yaml:\d+:3: sendGroupStatusMessage: field "isIncludeSender" is an object, which a form cannot carry; make it a JSON string$/,
    ],
    [
      'a field whose values are of two types',
      FORM,
      'type: integer',
      'type: [integer, string]',
      /GroupStatusMessage\.yaml:\d+:3: sendGroupStatusMessage: field "isIncludeSender" must have one type, for a form says none\. Received integer, string$/,
    ],
    [
      'a call that costs more than its limit',
      OPERATION,
      'limit: 20',
      'limit: 2',
      /publish\.yaml:\d+:12: A call with 3 of "toGroupId" costs more than the limit of 2: nobody could make it\.$/,
    ],
    [
      'a price by a field that is no list',
      OPERATION,
      'cost: toGroupId',
      'cost: fromUserId',
      /publish\.yaml:\d+:11: The price of a call is the length of a list, and "fromUserId" is none\.$/,
    ],
    [
      'two patterns that must both hold',
      FORM,
      'x-max-bytes: 64\n',
      'x-max-bytes: 64\n    allOf: [{ pattern: ^a }, { pattern: a$ }]\n',
      /"pattern" stands in two schemas that must both hold\. Received \^a and a\$$/,
    ],
    [
      'an operation named as what every object has',
      OPERATION,
      'operationId: sendGroupStatusMessage',
      'operationId: toString',
      /"operationId" must be the name of a method, and none of api, safe, .*\. Received "toString"$/,
    ],
    [
      "a field named as every object's own",
      FORM,
      'isIncludeSender:',
      'valueOf:',
      /GroupStatusMessage\.yaml:\d+:3: a field cannot be called "valueOf"$/,
    ],
    [
      'a keyword that the validators do not support',
      FORM,
      'default: 0',
      'not: { const: 0 }',
      /publish\.yaml:1:1: a schema uses a keyword in a way that the validators do not support$/,
    ],
    [
      'another media type',
      OPERATION,
      'application/x-www-form-urlencoded:',
      'application/json:',
      /^spec\/paths\/statusmessage_group_publish\.yaml:1:1: POST \/statusmessage\/group\/publish\.json: the request body must be application\/x-www-form-urlencoded\. Received application\/json$/,
    ],
    [
      'a pattern that no string can be made for',
      'spec/components/schemas/GroupStatusMessageResult.yaml',
      /pattern: .*/,
      'pattern: ^(a|b)$',
      /^spec\/paths\/statusmessage_group_publish\.yaml:1:1: pattern "\^\(a\|b\)\$": cannot make strings for "\(a\|b\)"/,
    ],
  ] as const)('%s', async (_name, file, from, to, line) => {
    const before = await snapshot()
    const { code, stdout, stderr } = await changed(
      file,
      (text) => text.replace(from, to),
      () => generate(house.folder),
    )
    expect(stderr.trimEnd()).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([code, stdout]).toEqual([1, ''])
    expect(await snapshot()).toEqual(before)
  })

  test('an unknown option is named', async () => {
    const { code, stderr } = await generate(house.folder, '--chek')
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining("Unknown option '--chek'")])
  })

  /** What is said, but for operations beside the first one, which share its answers. */
  const linesOf = (stderr: string) =>
    stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !/^warning: (?!sendGroupStatusMessage\b)\w+: /.test(line))

  test('a keyword that no error answer claims is a warning, not a stop', async () => {
    const edit = (text: string) => text.replace('          - maxItems\n', '')
    const { code, stderr } = await changed('spec/components/responses/BadRequest.yaml', edit, () =>
      generate(house.folder, '--out', 'elsewhere'),
    )
    expect(code).toBe(0)
    expect(linesOf(stderr)).toEqual([
      'warning: sendGroupStatusMessage: no error answer has "maxItems" in its x-raised-by',
    ])
  })

  test('a keyword that two error answers claim is a warning, too', async () => {
    const edit = (text: string) => text.replace('x-raised-by: [signature]', 'x-raised-by: [signature, maxItems]')
    const { code, stderr } = await changed('spec/components/responses/Unauthorized.yaml', edit, () =>
      generate(house.folder, '--out', 'elsewhere'),
    )
    expect(code).toBe(0)
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(
        /^warning: sendGroupStatusMessage: \w+ and \w+ have "maxItems" in their x-raised-by; \w+ answers$/,
      ),
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
    'The text "fromUserId" must be there, so it must have "minLength".',
  ],
])('%s fails the linter', async (_, file, rule, from, to, message) => {
  const edit = (text: string) => text.replace(from, to)
  const { code, stdout } = await changed(file, edit, () =>
    run(house.folder, '@redocly/cli/bin/cli.js', ['lint', '--format', 'json']),
  )
  const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] }
  expect(problems.map(({ ruleId, message }) => [ruleId, message])).toContainEqual([rule, message])
  expect(code).toBe(1)
})

test.each([
  ['^[A-C]{2}-\\d$', [{ alphabet: 'ABC', length: 2 }, '-', { alphabet: '0123456789', length: 1 }]],
  ['^R\\.x?[a-c]+$', ['R', '.', '', { alphabet: 'abc', length: 1 }]],
  ['^a{3}$', ['aaa']],
])('the pattern %s is a recipe for strings', (pattern, recipe) => {
  expect(recipeOf(pattern)).toEqual(recipe)
})
