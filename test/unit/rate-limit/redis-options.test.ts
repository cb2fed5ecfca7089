/** Options of a limiter on Redis, also for other contracts than ours. */
import { afterEach, describe, expect, test } from 'vitest'
import { type Operation, operations } from '../../../src/core/contract.js'
import { limitOf, type RedisLimiterOptions, redisSettingsOf, shareOf } from '../../../src/rate-limit/redis-options.js'

const NAME = 'sendGroupStatusMessage'
const LIMIT = { limit: 20, period: 1_000 }
const OPTIONS = { evaluate: async () => undefined, appKey: 'k' }
const table = operations as Record<typeof NAME, Operation>
const { rateLimit: _limit, batch: _batch, ...bare } = operations[NAME]
const real = operations[NAME]

afterEach(() => {
  table[NAME] = real
})

describe('the limit', () => {
  test("is the contract's, unless the options replace it", () => {
    expect(limitOf(OPTIONS, NAME)).toEqual(LIMIT)
    expect(limitOf({ ...OPTIONS, limit: 5 }, NAME)).toEqual({ limit: 5, period: 1_000 })
    expect(limitOf({ ...OPTIONS, period: 7 }, NAME)).toEqual({ limit: 20, period: 7 })
  })

  test('is required when the contract has none', () => {
    table[NAME] = bare
    expect(limitOf({ ...OPTIONS, ...LIMIT }, NAME)).toEqual(LIMIT)
    expect(() => limitOf({ ...OPTIONS, period: 1 }, NAME)).toThrow('"limit" must be a whole number above 0. Received 0')
    expect(() => limitOf({ ...OPTIONS, limit: 1 }, NAME)).toThrow('"period" must be milliseconds')
  })
})

describe('the other options', () => {
  test('have defaults', () => {
    expect(redisSettingsOf(OPTIONS)).toEqual({ ...OPTIONS, prefix: 'rongcloud', timeout: 500 })
    const own = { ...OPTIONS, prefix: 'p', timeout: 1, onChange: () => {} }
    expect(redisSettingsOf(own)).toEqual(own)
  })

  test.each<[object, string]>([
    [{ timeout: 0 }, '"timeout" must be milliseconds, more than 0. Received 0'],
    [{ timeout: -1 }, '"timeout" must be milliseconds, more than 0. Received -1'],
    [{ timeout: Number.NaN }, '"timeout" must be milliseconds, more than 0. Received NaN'],
    [{ timeout: '5' }, '"timeout" must be milliseconds, more than 0. Received 5'],
    [{ evaluate: undefined }, '"evaluate" must be a function. Received undefined'],
    [{ evaluate: {} }, '"evaluate" must be a function. Received object'],
    [{ appKey: '' }, '"appKey" must be a string that is not empty. Received string'],
    [{ prefix: 5 }, '"prefix" must be a string. Received number'],
    [{ prefix: null }, '"prefix" must be a string. Received object'],
    [{ onChange: 'log' }, '"onChange" must be a function. Received string'],
    [{ timeOut: 5 }, '"timeOut" is not an option of a limiter on Redis. Did you mean "timeout"?'],
  ])('refuse %j', (change, message) => {
    expect(() => redisSettingsOf({ ...OPTIONS, ...change } as never)).toThrow(new TypeError(message))
  })

  test('may all be set', () => {
    const all = { ...OPTIONS, ...LIMIT, prefix: '', timeout: 0.5, whenDown: 'fail', onChange: () => {} } as const
    expect(redisSettingsOf(all)).toEqual(all)
  })

  test.each([undefined, 5, null])('refuse an App Key that is %j', (appKey) => {
    expect(() => redisSettingsOf({ ...OPTIONS, appKey: appKey as never })).toThrow(
      new TypeError(`"appKey" must be a string that is not empty. Received ${typeof appKey}`),
    )
  })
})

describe('while Redis is down', () => {
  test.each([undefined, 'fail'] as const)('%j refuses all calls', (whenDown) => {
    expect(shareOf(whenDown, LIMIT, NAME)).toBeUndefined()
  })

  const list = { field: 'toGroupId', size: 3 }
  test.each<readonly [least: string, change: Partial<Operation>]>([
    ['0.15', { batch: list, rateLimit: { ...LIMIT, cost: 'toGroupId' } }],
    ['0.050', { batch: list, rateLimit: { ...LIMIT, cost: 'another' } }],
    ['0.050', { batch: list }],
    ['0.050', { rateLimit: LIMIT }],
    ['0.050', {}],
    ['1.0', { batch: { field: 'toGroupId', size: 100 }, rateLimit: { ...LIMIT, cost: 'toGroupId' } }],
  ])('a share must be enough for the most expensive call: from %s for %j', (least, change) => {
    table[NAME] = { ...bare, ...change }
    const of = (share: number) => shareOf({ share }, LIMIT, NAME)
    expect(of(Number(least))).toBeDefined()
    expect(of(1)).toBeDefined()
    for (const share of [Number(least) - 0.01, 1.01, 0, -1, Number.NaN]) {
      expect(() => of(share)).toThrow(`"whenDown" must be "fail" or { share } from ${least} to 1. Received {"share":`)
    }
  })

  test.each([{}, null, 'x'])('%j is refused', (whenDown) => {
    const given = whenDown as RedisLimiterOptions['whenDown']
    expect(() => shareOf(given, LIMIT, NAME)).toThrow(`Received ${JSON.stringify(whenDown)}`)
  })
})
