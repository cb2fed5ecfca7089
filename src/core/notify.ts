/**
 * Hooks of the caller's: they learn what happens, and decide nothing.
 *
 * @module
 */

/**
 * Calls one. When it throws, or returns a promise that rejects, `console.error` prints the error: it changes nothing for the
 * call, and does not end the process.
 *
 * @param name of the option, for the line that is printed
 */
export function notify<Args extends readonly unknown[]>(
  name: string,
  callback: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  // Called at once. As an async function, it also covers a callback that is one, and never throws itself.
  const run = async () => callback?.(...args)
  run().catch((error: unknown) => console.error(`"${name}" failed:`, error))
}
