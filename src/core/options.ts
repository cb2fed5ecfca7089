/**
 * Objects of options: they must be objects, and have no unknown option.
 *
 * @module
 */
import { truncate } from './redact.js'
import { nearest } from './suggest.js'

/** The names of all options of a type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** @throws TypeError unless `options` is an object */
export function mustBeOptions(options: unknown, owner: string): asserts options is object {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `The options of ${owner} must be an object. Received ${options === null ? 'null' : typeof options}`,
    )
  }
}

/** @throws TypeError for an unknown option, since a misspelt one would silently do nothing */
export function refuseUnknown(options: object, known: Readonly<Record<string, true>>, owner: string): void {
  mustBeOptions(options, owner)
  for (const name of Object.keys(options)) {
    // Names of `Object.prototype` do not have the value `true`.
    if (known[name] === true) continue
    const names = Object.keys(known)
    const meant = nearest(name, names)
    const hint = meant === undefined ? `Its options are ${names.join(', ')}` : `Did you mean "${meant}"?`
    throw new TypeError(`"${truncate(name, 40)}" is not an option of ${owner}. ${hint}`)
  }
}
