/**
 * What `redocly diff` does not know of: changes that break clients of form bodies. Part of the plugin in `vocabulary.js`.
 *
 * @module
 */

/** If a list's encoding changes, lists that are sent in the old way are read as another value, or not at all. */
function encodingChanged() {
  return {
    Encoding(change, { report }) {
      if (change.kind === 'removed')
        report({ message: 'The encoding was removed: each tool now writes the field its own way.' })
      if (change.kind !== 'modified' || !['style', 'explode'].includes(change.property)) return
      const [from, to] = [change.base.value, change.revision.value].map((value) => JSON.stringify(value))
      report({
        message: `"${change.property}" went from ${from} to ${to}: what clients send today is read differently.`,
      })
    },
  }
}

/** `x-max-bytes` is like `maxLength`: a lower one refuses what was accepted. */
function bytesLowered() {
  return {
    Schema(change, { report }) {
      if (change.kind !== 'modified' || change.property !== 'x-max-bytes') return
      const from = change.base.value ?? Infinity
      const to = change.revision.value ?? Infinity
      if (to < from) report({ message: `"x-max-bytes" went from ${from} to ${to}.` })
    },
  }
}

/** The rules, by name. */
export const compatibility = { 'encoding-changed': encodingChanged, 'bytes-lowered': bytesLowered }
