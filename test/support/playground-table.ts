/** Defines the constant that the bundler puts into the playground's script. */
import { tableOf } from '../../src/tooling/docs/playground/spec-table.js'
import { SPEC } from './docs-site.js'

Object.assign(globalThis, { PLAYGROUND_TABLE: tableOf(SPEC, 'rongcloud-status-message') })
