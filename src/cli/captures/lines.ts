/**
 * Reads a text line by line, or a number of characters at once, and knows its line number. Each character is read once.
 *
 * @module
 */

/** A position in a text. */
export class LineReader {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** Number of the current line. */
  get line(): number {
    return this.#line
  }

  #endOfLine(): number {
    const end = this.#text.indexOf('\n', this.#at)
    return end < 0 ? this.#text.length : end
  }

  /** The current line without its line break; undefined at the end of the text. */
  peek(): string | undefined {
    if (this.#at >= this.#text.length) return undefined
    const line = this.#text.slice(this.#at, this.#endOfLine())
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }

  /** The same, and goes on to the next line. */
  next(): string | undefined {
    const line = this.peek()
    if (line !== undefined) {
      this.#at = this.#endOfLine() + 1
      this.#line++
    }
    return line
  }

  /** Whether that many characters are left, and the pattern (sticky) matches behind them. */
  isFollowedBy(length: number, pattern: RegExp): boolean {
    pattern.lastIndex = this.#at + length
    return pattern.lastIndex <= this.#text.length && pattern.test(this.#text)
  }

  /** The next characters, or as many as there are. */
  take(length: number): string {
    const taken = this.#text.slice(this.#at, this.#at + length)
    this.#at += taken.length
    for (let i = taken.indexOf('\n'); i >= 0; i = taken.indexOf('\n', i + 1)) this.#line++
    return taken
  }
}
