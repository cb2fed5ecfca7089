/**
 * What a mock has that nobody gave anything else: the docs print it too.
 *
 * @module
 */

/** Keys of a mock that nobody gave any: made up, known to everybody. */
export const MADE_UP = { appKey: 'mock-app-key', appSecret: 'mock-app-secret' } as const

/** Where it listens, unless told otherwise. */
export const PORT = 8_700
