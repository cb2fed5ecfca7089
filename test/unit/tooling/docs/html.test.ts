/** Text, Markdown and code as HTML. */
import { describe, expect, test } from 'vitest'
import { escapeHtml, markdownBlocks, markdownInline } from '../../../../src/tooling/docs/html.js'
import { highlightCode, tabsHtml } from '../../../../src/tooling/docs/render/code-block.js'

describe('HTML', () => {
  test('prints raw HTML of Markdown and runs none', () => {
    const nasty = '<img src=x onerror="a()"> `<b>` **bold**'
    expect(markdownInline(nasty)).toBe(
      '&lt;img src=x onerror=&quot;a()&quot;&gt; <code>&lt;b&gt;</code> <strong>bold</strong>',
    )
    expect(markdownBlocks('<script>a()</script>')).not.toContain('<script')
    expect([markdownBlocks(undefined), markdownInline(undefined)]).toEqual(['', ''])
    expect(escapeHtml(`<a href="'&">`)).toBe('&lt;a href=&quot;&#39;&amp;&quot;&gt;')
  })

  test('marks strings and comments of code, by language', () => {
    expect(highlightCode(`a="x<" # b`, 'Shell')).toBe(
      'a=<span class="hljs-string">&quot;x&lt;&quot;</span> <span class="hljs-comment"># b</span>',
    )
    expect(highlightCode('// b', 'Go')).toBe('<span class="hljs-comment">// b</span>')
    expect(highlightCode('<b> // b', 'no-such-language')).toBe('&lt;b&gt; // b')
  })

  test('has tabs that work without a script: radio buttons, with the first one checked', () => {
    const html = tabsHtml('t', 'Legend', [
      { label: 'A&B', html: '<i>1</i>' },
      { label: 'C', html: '2' },
    ])
    expect(html).toContain(
      '<input type="radio" name="t" id="t-1" value="A&amp;B" checked><label for="t-1">A&amp;B</label>',
    )
    expect(html).toContain('<input type="radio" name="t" id="t-2" value="C"><label for="t-2">C</label>')
    expect(html).toContain('<div class="panel"><i>1</i></div><div class="panel">2</div>')
  })
})
