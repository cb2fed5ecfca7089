/**
 * The section about the signature, step by step, with the values of the published vector.
 *
 * @module
 */
import type { Signing, SigningHeader } from '../content/api.js'
import { escapeHtml, markdownBlocks } from '../html.js'
import { assumptionsHtml } from './assumptions.js'
import { codeBlock } from './code-block.js'
import { rowHtml, rowsHtml } from './components.js'

const codeHtml = (text: string): string => `<code>${escapeHtml(text)}</code>`

const METHOD_NAMES: Readonly<Record<string, string>> = { sha1: 'SHA-1', hex: 'lower-case hexadecimal digits' }

/** What callers call a signed part. */
const partName = (signing: Signing, part: string): string =>
  signing.headers.find(({ id }) => id === part)?.header ?? 'App Secret'

/** The steps, each with its values. */
function workedExample(signing: Signing, vector: Readonly<Record<string, string>>): string {
  const parts = signing.of.map((part) => ({ name: partName(signing, part), value: vector[part] ?? '' }))
  const text = parts.map(({ value }) => value).join('')
  const values = parts.map(
    ({ name, value }, i) =>
      `<div><dt>${escapeHtml(name)}</dt><dd><code class="part-${i % 3}">${escapeHtml(value)}</code></dd></div>`,
  )
  const joined = parts.map(({ value }, i) => `<span class="part-${i % 3}">${escapeHtml(value)}</span>`).join('')
  const headers = signing.headers.map(({ id, header }) => `${header}: ${vector[id] ?? '…'}`).join('\n')
  const algorithm = METHOD_NAMES[signing.algorithm] ?? signing.algorithm
  const encoding = METHOD_NAMES[signing.encoding] ?? signing.encoding
  const bytes = new TextEncoder().encode(text).length
  const steps = [
    { name: 'Take', html: `<dl class="values">${values.join('')}</dl>` },
    {
      name: 'Join',
      html: `<p>In this order, with nothing between them.</p>${codeBlock(joined, 'The parts, joined', 'wrap')}`,
    },
    {
      name: 'Hash',
      html: `<p>The ${escapeHtml(algorithm)} of these ${bytes} bytes of UTF-8, in ${escapeHtml(encoding)}.</p>${codeBlock(escapeHtml(vector[signing.signature] ?? ''), 'The signature', 'wrap')}`,
    },
    { name: 'Send', html: `<p>As headers.</p>${codeBlock(escapeHtml(headers), 'The headers', 'wrap')}` },
  ].map(({ name, html }) => `<li><h4>${name}</h4>${html}</li>`)
  const command = `printf %s '${text}' | openssl dgst -${signing.algorithm}`
  const source = vector['source']
    ? ` They are <a href="${escapeHtml(vector['source'])}">published by the vendor</a>.`
    : ''
  return `<h3>Worked example</h3><p>The values are a test vector: code that makes the same signature of them signs correctly.${source}</p>
<ol class="steps">${steps.join('')}</ol>
<p>To check it in a shell:</p>${codeBlock(escapeHtml(command), 'A command that checks the signature', 'wrap')}`
}

function signingHeaderRow({ header, description, aliases, assumptions }: SigningHeader): string {
  const also = aliases.length > 0 ? `<p>Also accepted as ${aliases.map(codeHtml).join(', ')}.</p>` : ''
  return rowHtml(
    codeHtml(header),
    markdownBlocks(description) + also + assumptionsHtml(assumptions),
    `header.${header}`,
  )
}

/** The section's body; `prose` is what the spec says about signing, as Markdown. */
export function signingSection(signing: Signing | undefined, prose: string): string {
  if (!signing) return markdownBlocks(prose)
  return `${markdownBlocks(prose)}
${signing.vector ? workedExample(signing, signing.vector) : ''}
<h3>The headers</h3>
<p>Their names are case-insensitive, like those of all HTTP headers.</p>
${rowsHtml(signing.headers.map(signingHeaderRow), 'fields')}`
}
