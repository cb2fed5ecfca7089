/** The schemas of answers: values that fit, and values that do not, with the rule that they break. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { answers, security, type Validate } from '#validators'
import { build } from '../../../src/mock/response.js'
import { createAjv } from '../../../src/tooling/generate/ajv.js'
import type { Schema, Spec } from '../../../src/tooling/generate/openapi.js'
import { templateOf } from '../../../src/tooling/generate/tables/template.js'
import { PATH, sha1 } from '../../support/raw-request.js'

/** Rules that a value breaks: `/messageUIDs/0/groupId: minLength`. */
const brokenBy = (validate: Validate | undefined, value: unknown): string[] =>
  validate?.(value)
    ? []
    : (validate?.errors ?? []).map(({ instancePath, keyword }) => `${instancePath}: ${keyword}`).toSorted()

const UID = '5FGT-7VA9-G4DD-4V5P'
const one = (entry: unknown) => ({ code: 200, messageUIDs: [entry] })

describe('the answer to a call that was accepted', () => {
  test.each([
    [{ code: 200 }, []],
    [{ code: 200, messageUIDs: [] }, []],
    [one({ groupId: 'x', messageUID: UID }), []],
    [one({ groupId: 'x', messageUID: '0000-VVVV-9999-AAAA', more: 1 }), []],
    [{ code: 200, more: { it: 1 } }, []],
    [{}, ['/code: required']],
    [{ code: 201 }, ['/code: const']],
    [{ code: 199 }, ['/code: const']],
    [{ code: 200.5 }, ['/code: const', '/code: type']],
    [{ code: '200' }, ['/code: const', '/code: type']],
    [{ code: 200, messageUIDs: {} }, ['/messageUIDs: type']],
    [one('x'), ['/messageUIDs/0: type']],
    [one({ groupId: 'x' }), ['/messageUIDs/0/messageUID: required']],
    [one({ messageUID: UID }), ['/messageUIDs/0/groupId: required']],
    [one({ groupId: '', messageUID: UID }), ['/messageUIDs/0/groupId: minLength']],
    [one({ groupId: 2193, messageUID: UID }), ['/messageUIDs/0/groupId: type']],
    [one({ groupId: 'x', messageUID: 1 }), ['/messageUIDs/0/messageUID: type']],
    [one({ groupId: 'x', messageUID: 'x' }), ['/messageUIDs/0/messageUID: pattern']],
    [one({ groupId: 'x', messageUID: UID.toLowerCase() }), ['/messageUIDs/0/messageUID: pattern']],
    [
      one({ groupId: 'x', messageUID: '' }),
      ['/messageUIDs/0/messageUID: minLength', '/messageUIDs/0/messageUID: pattern'],
    ],
    ['x', [': type']],
  ])('%j breaks %j', (value, broken) => {
    expect(brokenBy(answers['sendGroupStatusMessage'], value)).toEqual(broken)
  })
})

const spec = JSON.parse(readFileSync(new URL('../../../generated/openapi.json', import.meta.url), 'utf8'))
const find = (ref: string) =>
  ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at?.[key], spec)

describe.each([400, 401, 403, 404, 405, 429, 430, 500, 504])('the answer with HTTP status %i', (status) => {
  // By the library's own validator: the package reads errors leniently, and has none for them.
  const { schema } = find(spec.paths[PATH].post.responses[status].$ref).content['application/json']
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema.$ref ? find(schema.$ref) : schema)

  test.each([
    [{ url: PATH, code: 1002, errorMessage: 'fromUserId is required.' }, []],
    [{ code: 1002, more: 1 }, []],
    [{}, ['required']],
    [{ code: '1002' }, ['type']],
    [{ code: 1002.5 }, ['type']],
    [{ code: 1002, url: 1 }, ['type']],
    [{ code: 1002, errorMessage: 1 }, ['type']],
    ['<html>', ['type']],
  ])('%j breaks %j', (value, broken) => {
    validate(value)
    expect((validate.errors ?? []).map(({ keyword }) => keyword)).toEqual(broken)
  })
})

describe('a header that signs a call, in the form that is documented', () => {
  const good = { appKey: 'k', nonce: 'n', timestamp: '1408710653000', signature: sha1('x') }

  test.each([
    [{}, []],
    [{ appKey: '' }, ['/appKey: minLength']],
    [{ nonce: '' }, ['/nonce: minLength']],
    [{ nonce: 'n'.repeat(18) }, []],
    [{ nonce: 'n'.repeat(19) }, ['/nonce: maxLength']],
    [{ timestamp: '1408710653' }, ['/timestamp: pattern']],
    [{ timestamp: '14087106530000' }, ['/timestamp: pattern']],
    [{ timestamp: '140871065300x' }, ['/timestamp: pattern']],
    [{ signature: sha1('x').toUpperCase() }, ['/signature: pattern']],
    [{ signature: sha1('x').slice(1) }, ['/signature: pattern']],
    [{ signature: `${sha1('x')}0` }, ['/signature: pattern']],
  ])('%j breaks %j', (change, broken) => {
    expect(brokenBy(security, { ...good, ...change })).toEqual(broken)
  })
})

describe('an answer that the mock builds fits its schema, where examples say how', () => {
  const built = (schema: object) => build(templateOf({} as Spec, schema as Schema) as never, {}, () => 1)
  const item = { type: 'string', examples: ['a'] }

  test.each([
    ['a list that must have items', { type: 'array', minItems: 2, items: item }, ['a', 'a1']],
    ['a list that need not', { type: 'array', items: item }, []],
    ['nothing, where the example says so', { type: ['string', 'null'], examples: [null] }, null],
    ['text of a pattern, or nothing', { type: ['string', 'null'], pattern: '^N-0$' }, 'N-0'],
  ])('%s', (_name, schema, expected) => {
    expect(built(schema)).toEqual(expected)
    expect(new Ajv2020({ allowUnionTypes: true }).validate(schema, built(schema))).toBe(true)
  })
})

test('a price of 19.99 is a multiple of 0.01, and a price of 19.995 is not', () => {
  const fits = createAjv().compile({ type: 'number', multipleOf: 0.01 })
  expect([19.99, 19.9, 0, 19.995].map((price) => fits(price))).toEqual([true, true, true, false])
})
