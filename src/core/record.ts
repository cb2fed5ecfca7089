/** Whether a value has fields: an object or a list, and not null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Whether a value is an object, and not a list or null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && !Array.isArray(value)

/**
 * An object without `Object.prototype`, for values whose names the contract or a caller chooses: there, `constructor` and
 * `__proto__` are ordinary names. Engines are slow to fill an object from `Object.create(null)`, so a constructor makes it.
 */
export const ByName: new () => Record<string, unknown> = /* @__PURE__ */ (() => {
  function Bare(): void {}
  Bare.prototype = Object.create(null)
  // A class would bring its own `constructor`.
  return Bare as unknown as typeof ByName
})()
