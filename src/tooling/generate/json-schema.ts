/**
 * Parts of the JSON Schemas that describe the published files.
 *
 * @module
 */

/** A text. */
export const text = (description: string): object => ({ type: 'string', description })

/** A whole number. */
export const integer = (description: string): object => ({ type: 'integer', description })

/** An object with these properties and no others; all but the `optional` ones are required. */
export const exactly = (
  description: string,
  properties: Readonly<Record<string, object>>,
  optional: readonly string[] = [],
): object => ({
  type: 'object',
  description,
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})
