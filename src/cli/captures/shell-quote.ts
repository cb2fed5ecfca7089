/**
 * Quotes words for a POSIX shell.
 *
 * @module
 */

/** Characters of the longest argument of a program: Linux takes 128 KiB. What the shell does itself has no such limit. */
export const MAX_ARGUMENT_LENGTH = 100_000

/** Quotes a word for a POSIX shell, whatever it holds. */
export const quoteForShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
