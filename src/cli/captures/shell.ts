/**
 * The words of shell commands: quotes, escapes, comments, line breaks after a backslash, pipes. POSIX, as curl commands are
 * pasted. What only a running shell knows, such as a variable, is reported as the `problem` of its command.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 * @module
 */

/** What a terminal writes in front of a line of a command that goes on, and the prompt of Windows. */
const PROMPT = /> (?=[-'"]|https?:|curl )|(?:PS )?[A-Z]:\\[^\n>]{0,200}> ?(?=curl[ .])/y

/** One command of a script. */
export interface ShellCommand {
  /** Number of its first line. */
  readonly at: number
  readonly words: readonly string[]
  /** Whether its output is the input of the next command. */
  readonly isPiped: boolean
  /** Why it cannot be read. */
  readonly problem: string | undefined
}

/** Escapes of one letter within `$'…'`. */
const ANSI_C: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Plain text up to the next special character, or one special character. */
const BARE = /[^\s'"\\$`#|&;<>()]+|[\s\S]/y
const DOUBLE_QUOTED = /[^"\\$`]+|[\s\S]/y
const BYTE_ESCAPES = /(?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+/y
const UNICODE_ESCAPE = /u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})/y
const SPACES_TO_END = /[ \t]+(?=\r?\n)/y
const VARIABLE = /\$(?:[A-Za-z_]\w*|\{[^}]{0,100}\}?|[0-9?@*#!-]|\()/y

/** The text of `\x…` and octal escapes: UTF-8, or else one character for each byte, as Firefox writes them. */
function textOfBytes(escapes: string): string {
  const numbers = escapes.split('\\').slice(1)
  const bytes = Uint8Array.from(
    numbers.map((digits) =>
      digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 8),
    ),
  )
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }
}

/** Splits a script into commands. Each character is read once. */
class ShellReader {
  readonly #text: string
  readonly #commands: ShellCommand[] = []
  #at = 0
  #line: number
  #words: string[] = []
  /** The pieces of the current word; undefined between words. */
  #pieces: string[] | undefined
  #start: number
  #problem: string | undefined
  /** The next word is the target of a redirection. */
  #isRedirected = false

  constructor(text: string, firstLine: number) {
    this.#text = text
    this.#line = firstLine
    this.#start = firstLine
  }

  read(): readonly ShellCommand[] {
    this.#match(PROMPT)
    while (this.#at < this.#text.length) this.#readPiece()
    this.#endCommand(false)
    return this.#commands
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at += found[0].length
    return found ?? undefined
  }

  #add(text: string): void {
    if (this.#words.length === 0 && this.#pieces === undefined) this.#start = this.#line
    this.#pieces ??= []
    this.#pieces.push(text)
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#line++
  }

  #fail(problem: string): void {
    this.#problem ??= problem
  }

  #endWord(): void {
    if (this.#pieces === undefined) return
    if (!this.#isRedirected) this.#words.push(this.#pieces.join(''))
    this.#isRedirected = false
    this.#pieces = undefined
  }

  #endCommand(isPiped: boolean): void {
    this.#endWord()
    if (this.#words.length > 0) {
      this.#commands.push({ at: this.#start, words: this.#words, isPiped, problem: this.#problem })
    }
    this.#words = []
    this.#problem = undefined
    this.#isRedirected = false
  }

  #readPiece(): void {
    const [piece = ''] = this.#match(BARE) ?? []
    if (piece === "'") this.#add(this.#readUntil("'"))
    else if (piece === '"') this.#readDoubleQuoted()
    else if (piece === '\\') this.#readEscape()
    else if (piece === '$') this.#readDollar()
    else if (piece === '`') this.#fail('uses a command in backticks, which only the shell knows')
    else if (piece === '#' && this.#pieces === undefined) this.#skipComment()
    else if (piece === '\n') {
      this.#endCommand(false)
      this.#line++
      this.#match(PROMPT)
    } else if (/^\s$/.test(piece)) this.#endWord()
    else if (piece === '<' || piece === '>') this.#readRedirection()
    else if (/^[|&;()]$/.test(piece)) this.#readOperator(piece)
    else this.#add(piece)
  }

  /** The text up to a closing quote. */
  #readUntil(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at)
    if (end < 0) this.#fail('has a quote that is not closed')
    const text = this.#text.slice(this.#at, end < 0 ? this.#text.length : end)
    this.#at += text.length + quote.length
    return text
  }

  #readDoubleQuoted(): void {
    this.#add('')
    for (let [piece] = this.#match(DOUBLE_QUOTED) ?? []; piece !== '"'; [piece] = this.#match(DOUBLE_QUOTED) ?? []) {
      if (piece === undefined) {
        this.#fail('has a quote that is not closed')
        return
      }
      if (piece === '\\') {
        const next = this.#text[this.#at] ?? ''
        this.#at++
        if (next === '\n') this.#line++
        else this.#add(/^[$`"\\]$/.test(next) ? next : `\\${next}`)
      } else if (piece === '$') this.#readVariable()
      else if (piece === '`') this.#fail('uses a command in backticks, which only the shell knows')
      else this.#add(piece)
    }
  }

  #readEscape(): void {
    if (this.#match(SPACES_TO_END)) this.#fail('has a space behind the backslash at the end of a line')
    const next = this.#text.startsWith('\r\n', this.#at) ? '\r\n' : (this.#text[this.#at] ?? '')
    this.#at += next.length
    if (next.endsWith('\n')) {
      this.#line++
      this.#match(PROMPT)
    } else this.#add(next)
  }

  #readDollar(): void {
    if (this.#text[this.#at] === "'") {
      this.#at++
      this.#readAnsiC()
    } else this.#readVariable()
  }

  /** `$'…'`, as browsers write what has a quote or a character that is not ASCII. */
  #readAnsiC(): void {
    this.#add('')
    for (let char = this.#text[this.#at++]; char !== "'"; char = this.#text[this.#at++]) {
      if (char === undefined) {
        this.#fail('has a quote that is not closed')
        return
      }
      if (char !== '\\') {
        this.#add(char)
        continue
      }
      this.#at--
      const [bytes] = this.#match(BYTE_ESCAPES) ?? []
      if (bytes !== undefined) {
        this.#add(textOfBytes(bytes))
        continue
      }
      this.#at++
      const number = this.#match(UNICODE_ESCAPE)
      if (number) {
        const [, short, long = ''] = number
        const code = Number.parseInt(short ?? long, 16)
        if (code > 0x10ffff) this.#fail('has an escape that is not a character')
        else this.#add(String.fromCodePoint(code))
        continue
      }
      const next = this.#text[this.#at++] ?? ''
      this.#add(ANSI_C[next] ?? next)
    }
  }

  /** At a `$`: a variable, or the character itself. */
  #readVariable(): void {
    this.#at--
    const [variable] = this.#match(VARIABLE) ?? []
    if (variable === undefined) {
      this.#at++
      this.#add('$')
    } else {
      this.#add(variable)
      this.#fail(
        `uses ${variable === '$(' ? 'the output of a command, $(…)' : `the variable ${variable}`}, which only the shell knows`,
      )
    }
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#text.length : end
  }

  #readRedirection(): void {
    // `2>` has the number of a stream in front.
    if (/^\d$/.test(this.#pieces?.join('') ?? '')) this.#pieces = undefined
    this.#endWord()
    while (/^[<>&|]$/.test(this.#text[this.#at] ?? '')) this.#at++
    this.#isRedirected = true
  }

  #readOperator(operator: string): void {
    const isDouble = this.#text[this.#at] === operator
    if (isDouble) this.#at++
    this.#endCommand(operator === '|' && !isDouble)
  }
}

/** Splits a script into its commands. @param firstLine number of its first line */
export const splitCommands = (text: string, firstLine = 1): readonly ShellCommand[] =>
  new ShellReader(text, firstLine).read()
