/** The playground's own modules, with the table that its build embeds. */
import './playground-table.js'
import { DEFAULTS, type Draft } from '../../src/tooling/docs/playground/browser/draft.js'
import { programSample, programsOf } from '../../src/tooling/docs/playground/browser/program-samples.js'

export { curlSample, typescriptSample } from '../../src/tooling/docs/playground/browser/code-samples.js'
export {
  DEFAULTS,
  newCallIdentity,
  splitHeaders,
  typedFields,
  wireRequest,
} from '../../src/tooling/docs/playground/browser/draft.js'
export { findOperation } from '../../src/tooling/docs/playground/browser/embedded-table.js'
export {
  copyLink,
  decodeLink,
  encodeLink,
  saveInAddress,
} from '../../src/tooling/docs/playground/browser/share-link.js'

/** A content that JSON, a shell, a form and JavaScript each must quote in their own way. */
export const NASTY = '{"content":"it\'s `$HOME` \\\\ \\"群\\" +%&=?#\\n@x"}'

/** A call of the first operation, with other fields or headers. */
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

/** The programs of a call by their language. */
export const programSamples = (draft: Draft): Readonly<Record<string, string>> =>
  Object.fromEntries(programsOf(draft).map((template) => [template.label, programSample(template, draft)]))
