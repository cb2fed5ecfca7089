/**
 * How a call is signed, step by step, with the values of the published vector.
 *
 * @module
 */

import type { Signing, SigningHeader } from '../content/api.js'
import { blocks, escaped, line } from '../html.js'
import { block } from './code-block.js'
import { assumptions, row, rows } from './components.js'

const code = (text: string) => `<code>${escaped(text)}</code>`

const NAMES: Readonly<Record<string, string>> = { sha1: 'SHA-1', hex: 'lower-case hexadecimal digits' }

/** What a part is called by who calls. */
const nameOf = (signing: Signing, part: string): string =>
  signing.headers.find(({ id }) => id === part)?.header ?? 'App Secret'

/** The steps, each with its values. */
function steps(signing: Signing, vector: Readonly<Record<string, string>>): string {
  const parts = signing.of.map((part) => [nameOf(signing, part), vector[part] ?? ''] as const)
  const joined = parts.map(([, value], i) => `<span class="part-${i % 3}">${escaped(value)}</span>`).join('')
  const text = parts.map(([, value]) => value).join('')
  const headers = signing.headers.map(({ id, header }) => `${header}: ${vector[id] ?? '…'}`).join('\n')
  const [algorithm, encoding] = [
    NAMES[signing.algorithm] ?? signing.algorithm,
    NAMES[signing.encoding] ?? signing.encoding,
  ]
  const all = [
    [
      'Take',
      `<dl class="values">${parts.map(([name, value], i) => `<div><dt>${escaped(name)}</dt><dd><code class="part-${i % 3}">${escaped(value)}</code></dd></div>`).join('')}</dl>`,
    ],
    ['Join', `<p>In this order, with nothing between them.</p>${block(joined, 'The parts, joined', 'wrap')}`],
    [
      'Hash',
      `<p>The ${escaped(algorithm)} of these ${new TextEncoder().encode(text).length} bytes of UTF-8, in ${escaped(encoding)}.</p>${block(escaped(vector[signing.signature] ?? ''), 'The signature', 'wrap')}`,
    ],
    ['Send', `<p>As headers.</p>${block(escaped(headers), 'The headers', 'wrap')}`],
  ]
  const check = `printf %s '${text}' | openssl dgst -${signing.algorithm}`
  const source = vector['source'] ? ` They are <a href="${escaped(vector['source'])}">published by the vendor</a>.` : ''
  return `<h3>Worked through</h3><p>The values are a test vector: if your code makes the same signature of them, it signs right.${source}</p>
<ol class="steps">${all.map(([name, html]) => `<li><h4>${name}</h4>${html}</li>`).join('')}</ol>
<p>To see it for yourself:</p>${block(escaped(check), 'A command that checks the signature', 'wrap')}`
}

function header({ header: name, description, aliases, assumptions: own }: SigningHeader): string {
  const also = aliases.length > 0 ? `<p>Also accepted as ${aliases.map(code).join(', ')}.</p>` : ''
  return row(code(name), blocks(description) + also + assumptions(own), `header.${name}`)
}

/** The section's body; `prose` is what the spec says of it. */
export function signingSection(signing: Signing | undefined, prose: string): string {
  if (!signing) return blocks(prose)
  return `${blocks(prose)}
${signing.vector ? steps(signing, signing.vector) : ''}
<h3>The headers</h3>
<p>${line('Their names are case-insensitive, as all names of HTTP headers are.')}</p>
${rows(signing.headers.map(header), 'fields')}`
}
