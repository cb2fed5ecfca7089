/** Puts the playground's table where its modules look for it, as their bundler does. */
import { tableOf } from '../../src/tooling/docs/playground/spec-table.js'
import { SPEC } from './docs-site.js'

Object.assign(globalThis, { PLAYGROUND_TABLE: tableOf(SPEC, 'rongcloud-status-message') })
