/**
 * Recognizes an App Secret in a text that somebody pastes, by the name that stands in front of it.
 *
 * @module
 */

/** A name like that of the environment variable or option, and a value. Names that are only mentioned have none. */
const SECRET_VALUE =
  /(?:--app-secret\s+|\b\w*secret(?:[-_]?key)?["'\]]{0,3}\s*(?:=>|:=|[:=])\s*)(?![?+-])["']?(?!\$|process\.|import\.|os\.|env\b|getenv|System\.|\[|<|\{|…|\.\.\.)[^\s"',;)]{4,}/i

/** Whether a text gives a secret a value, as in `RONGCLOUD_APP_SECRET=…`. */
export const hasSecret = (text: string): boolean => SECRET_VALUE.test(text)
