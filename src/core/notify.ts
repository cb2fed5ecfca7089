/**
 * Calls the caller's hooks, such as `onAttempt`. A hook observes what happens and cannot change it.
 *
 * @module
 */

/**
 * Calls a hook at once. When the hook throws, or returns a promise that rejects, the error is only printed by
 * `console.error`.
 *
 * @param name the option's name, for the printed line
 */
export function notify<Args extends readonly unknown[]>(
  name: string,
  callback: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  // An async function never throws, and it also handles a callback that returns a promise.
  const run = async () => callback?.(...args)
  run().catch((error: unknown) => console.error(`"${name}" failed:`, error))
}
