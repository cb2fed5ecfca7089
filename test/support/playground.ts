/** The playground's own modules, as they run in its page: with the table that its build puts in. */
import './playground-table.js'
import { DEFAULTS, type Draft } from '../../src/tooling/docs/playground/browser/draft.js'

export { copyLink, keep } from '../../src/tooling/docs/playground/browser/address.js'
export { curlOf, typescriptOf } from '../../src/tooling/docs/playground/browser/code-samples.js'
export { DEFAULTS, draw, fieldsOf, headersOf, requestOf } from '../../src/tooling/docs/playground/browser/draft.js'
export { known } from '../../src/tooling/docs/playground/browser/embedded-table.js'
export { draftOf, linkOf } from '../../src/tooling/docs/playground/browser/share-link.js'

/** What it is in JSON, in a shell, in a form and in JavaScript: hard to quote. */
export const NASTY = '{"content":"it\'s `$HOME` \\\\ \\"群\\" +%&=?#\\n@x"}'

/** A call of the operation of which the tests know, with other fields or headers. */
export const draftWith = (fields: Draft['fields'] = {}, headers: Draft['headers'] = {}): Draft => ({
  operation: 'sendGroupStatusMessage',
  fields: {
    fromUserId: ['2191'],
    toGroupId: ['2193', '2192'],
    objectName: ['RC:TxtMsg'],
    content: [NASTY],
    isIncludeSender: ['0'],
    ...fields,
  },
  headers,
  settings: DEFAULTS,
})
