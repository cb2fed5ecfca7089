/**
 * Objects of options: they must be objects, and have no unknown option. What is on or off must be a boolean.
 *
 * @module
 */
import { isRecord } from './record.js'
import { truncate } from './redact.js'
import { nearest } from './suggest.js'

/** The names of all options of a type, and which of them are on or off. */
export type OptionNames<Options> = {
  readonly [Name in keyof Options]-?: [Exclude<Options[Name], undefined>] extends [boolean] ? 'boolean' : true
}

/** @throws TypeError unless `options` is an object */
export function mustBeOptions(options: unknown, owner: string): asserts options is object {
  if (isRecord(options)) return
  throw new TypeError(
    `The options of ${owner} must be an object. Received ${options === null ? 'null' : typeof options}`,
  )
}

/** @throws TypeError for an unknown option, since a misspelt one would silently do nothing, and for a boolean that is none */
export function checkOptions(options: object, known: Readonly<Record<string, true | 'boolean'>>, owner: string): void {
  mustBeOptions(options, owner)
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(known, name)) {
      if (known[name] === true || value === undefined || typeof value === 'boolean') continue
      throw new TypeError(`"${name}" must be true or false. Received ${truncate(String(value), 40)}`)
    }
    const names = Object.keys(known)
    const meant = nearest(name, names)
    const hint = meant === undefined ? `Its options are ${names.join(', ')}` : `Did you mean "${meant}"?`
    throw new TypeError(`"${truncate(name, 40)}" is not an option of ${owner}. ${hint}`)
  }
}
