/**
 * Where `npx rongcloud-status-message mock` listens, and its credentials.
 *
 * @module
 */
import { MADE_UP, PORT } from '../../cli/defaults.js'

/** Address and credentials of the mock. */
export const MOCK: Readonly<Record<string, string>> = { baseUrl: `http://127.0.0.1:${PORT}`, ...MADE_UP }
