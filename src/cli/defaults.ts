/**
 * Defaults of the mock. The docs print them as well.
 *
 * @module
 */

/** Keys of a mock that is given none. They are made up and public. */
export const MADE_UP = { appKey: 'mock-app-key', appSecret: 'mock-app-secret' } as const

/** Port of a mock that is given none. */
export const PORT = 8_700
