/** The message types: the vendor's list, the fields of each type, and the values that are refused. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/core/validate.js'

/** Valid and invalid values for each kind of field, on both sides of each limit. */
const KINDS: Readonly<Record<string, { readonly fits: readonly unknown[]; readonly not: readonly unknown[] }>> = {
  text: { fits: ['x', ''], not: [1, true, null, ['x'], {}] },
  /** A required text that says something: empty it says nothing. */
  word: { fits: ['x'], not: ['', 1, true, null, ['x'], {}] },
  integer: { fits: [1, 0, -1, 1_585_127_132_438], not: [1.5, '1', true, null, [1]] },
  number: { fits: [1, 0, 1.5], not: ['1', true, null, [1]] },
  /** The vendor does not say which of the two. */
  'integer or text': { fits: [1, '1'], not: [1.5, true, null, [1]] },
  'number or text': { fits: [1, 1.5, '1'], not: [true, null, [1]] },
  seconds: { fits: [60, 1, 0], not: [61, 1.5, '1', null] },
  /** Base64 of at most 10 kB on one line. */
  thumbnail: {
    fits: ['x', 'A'.repeat(10_240)],
    not: ['', 'A'.repeat(10_241), 'A\nA', 'A\rA', '中'.repeat(3_414), 1, null],
  },
  strings: { fits: [{ a: 'x' }, {}], not: [{ a: 1 }, { a: null }, ['x'], 'x', null] },
  user: {
    fits: [
      { id: 'x', name: 'x', portrait: 'x', extra: 'x' },
      { id: '', name: '', portrait: '', extra: '', icon: '' },
      {},
    ],
    not: [{ id: 1 }, { name: 1 }, { portrait: 1 }, { extra: 1 }, ['x'], 'x', null],
  },
  mention: {
    fits: [{ type: 1 }, { type: 2, userIdList: ['x'], mentionedContent: 'x' }, { type: 2, userIdList: [], other: 1 }],
    not: [
      {},
      { type: '1' },
      { type: 1.5 },
      { type: 2, userIdList: 'x' },
      { type: 2, userIdList: [1] },
      { type: 2, mentionedContent: 1 },
      ['x'],
      'x',
      null,
    ],
  },
}

const [COUNTED, STORED] = [true, true]
const NO = false
/** Most types have these two fields. */
const MORE = 'user user, extra text'

/** The vendor's list: counted, stored, and the fields with their kind; a star marks a required field. */
const TYPES: readonly (readonly [name: string, counted: boolean, stored: boolean, fields: string])[] = [
  ['RC:TypSts', NO, NO, 'typingContentType* word'],
  ['RC:CmdMsg', NO, NO, 'name* word, data* text'],
  ['RC:IWStatusMsg', NO, NO, 'msgType* word, msgFields strings'],
  ['RC:ReadNtf', NO, NO, 'lastMessageSendTime* integer, messageUId text, type* integer'],
  ['RC:IWNormalMsg', COUNTED, STORED, 'msgType* word, msgFields strings'],
  ['RC:IWCmdMsg', NO, NO, 'msgType* word, msgFields strings'],
  ['RC:IWStorageMsg', NO, STORED, 'msgType* word, msgFields strings'],
  ['RC:TxtMsg', COUNTED, STORED, `content* text, ${MORE}, mentionedInfo mention`],
  ['RC:ImgMsg', COUNTED, STORED, `content* thumbnail, imageUri* word, ${MORE}`],
  [
    'RC:GIFMsg',
    COUNTED,
    STORED,
    `remoteUrl text, gifDataSize number, width number, height number, localPath text, ${MORE}`,
  ],
  ['RC:HQVCMsg', COUNTED, STORED, `remoteUrl* word, duration* seconds, localPath text, ${MORE}`],
  ['RC:VcMsg', COUNTED, STORED, `content text, duration number, ${MORE}`],
  ['RC:FileMsg', COUNTED, STORED, `name text, size* integer or text, type* word, fileUrl* word, ${MORE}`],
  [
    'RC:SightMsg',
    COUNTED,
    STORED,
    `sightUrl text, content text, duration number, size number or text, name text, ${MORE}`,
  ],
  ['RC:LBSMsg', COUNTED, STORED, `content text, latitude number, longitude number, poi text, ${MORE}`],
  ['RC:ImgTextMsg', COUNTED, STORED, `title text, content text, imageUri text, url text, ${MORE}`],
  ['RC:ReferenceMsg', COUNTED, STORED, ''],
  ['RC:CombineMsg', COUNTED, STORED, ''],
  ['RC:CombineV2Msg', COUNTED, STORED, ''],
  ['RC:StreamMsg', COUNTED, STORED, ''],
  ['RC:InfoNtf', NO, STORED, 'message* text, extra text'],
  ['RC:CmdNtf', NO, STORED, 'name* word, data* text'],
  ['RC:ContactNtf', NO, STORED, 'operation* word, sourceUserId* word, targetUserId* word, message* text, extra text'],
  ['RC:ProfileNtf', NO, STORED, 'operation text, data text, extra text'],
  ['RC:GrpNtf', NO, STORED, 'operatorUserId* word, operation* word, data* text, message* text, extra text'],
  ...['RRReqMsg', 'RRRspMsg', 'SRSMsg', 'RRMsg', 'MsgExMsg', 'InterceptMsg', 'RL'].map(
    (name) => [`RC:${name}`, NO, NO, ''] as const,
  ),
]

interface Field {
  readonly field: string
  readonly required: boolean
  readonly fits: readonly unknown[]
  readonly not: readonly unknown[]
}

const fieldsOf = (written: string): Field[] =>
  (written === '' ? [] : written.split(', ')).map((one) => {
    const [, field = '', star, kind = ''] = /^(\w+)(\*?) (.+)$/.exec(one) ?? []
    const { fits, not } = KINDS[kind] ?? { fits: [], not: [] }
    return { field, required: star === '*', fits, not }
  })

const whole = (fields: readonly Field[]) => Object.fromEntries(fields.map(({ field, fits }) => [field, fits[0]]))

/** Places and rules of the violations in a message, the same in client and mock. */
function violationsOf(objectName: string, content: unknown): string[] {
  const text = JSON.stringify(content)
  const fields = { fromUserId: '2191', toGroupId: ['2193'], objectName, content: text }
  return check('sendGroupStatusMessage', fields, {}).map(({ field, keyword }) => `${field}: ${keyword}`)
}

describe.each(TYPES)('%s', (name, _counted, _stored, written) => {
  const fields = fieldsOf(written)

  test('is accepted with all fields, with only the required ones, and with unknown ones', () => {
    expect(violationsOf(name, whole(fields))).toEqual([])
    expect(violationsOf(name, whole(fields.filter(({ required }) => required)))).toEqual([])
    expect(violationsOf(name, { ...whole(fields), nobodyKnows: { it: [1] } })).toEqual([])
  })

  test('is refused without a required field, as text that is not JSON, and as JSON that is not an object', () => {
    for (const { field } of fields.filter(({ required }) => required)) {
      expect(violationsOf(name, { ...whole(fields), [field]: undefined })).toEqual([`content.${field}: required`])
    }
    const [first] = check(
      'sendGroupStatusMessage',
      { fromUserId: '1', toGroupId: ['1'], objectName: name, content: '{' },
      {},
    )
    expect(first?.message).toBe(`content: the JSON of ${name}, got text that is not JSON: "{"`)
    for (const other of [[], 'x', 1, null]) expect(violationsOf(name, other)).toEqual(['content: type'])
  })

  test.each(fields)('$field accepts valid values, and nothing else', ({ field, fits, not }) => {
    expect(fits.length * not.length).toBeGreaterThan(0)
    for (const value of fits)
      expect(violationsOf(name, { ...whole(fields), [field]: value }), String(value)).toEqual([])
    for (const value of not) {
      const [first] = violationsOf(name, { ...whole(fields), [field]: value })
      expect(first, JSON.stringify(value)).toMatch(new RegExp(`^content\\.${field}\\b`))
    }
  })
})

describe('the list', () => {
  const spec = JSON.parse(readFileSync(new URL('../../../generated/openapi.json', import.meta.url), 'utf8'))
  const listed: Record<string, { counted: boolean; stored: boolean; status?: boolean }> =
    spec.components.schemas.GroupStatusMessage.properties.objectName['x-message-types']

  test("is the vendor's, with the types that the receiving client counts and stores", () => {
    const flags = Object.entries(listed).map(([name, { counted, stored }]) => [name, counted, stored])
    expect(flags.toSorted()).toEqual(TYPES.map(([name, counted, stored]) => [name, counted, stored]).toSorted())
  })

  test('names the three that are made for status messages', () => {
    const fit = Object.entries(listed).flatMap(([name, { status }]) => (status ? name : []))
    expect(fit).toEqual(['RC:TypSts', 'RC:CmdMsg', 'RC:IWStatusMsg'])
  })

  test('has exactly these names, and no others with the prefix', () => {
    for (const name of ['RC:', 'RC:txtMsg', 'RC:TxtMsg ', 'RC:Newer']) {
      expect(violationsOf(name, {})).toEqual(['objectName: x-reserved-prefix'])
    }
    for (const name of ['rc:TxtMsg', 'TxtMsg', 'RC', ' RC:TxtMsg']) expect(violationsOf(name, 'any')).toEqual([])
  })
})
