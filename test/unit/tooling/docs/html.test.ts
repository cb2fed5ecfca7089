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
      'a=<span class="s">&quot;x&lt;&quot;</span> <span class="c"># b</span>',
    )
    expect(highlightCode('f("http://a") // b', 'Go')).toBe(
      'f(<span class="s">&quot;http://a&quot;</span>) <span class="c">// b</span>',
    )
    expect(highlightCode('echo $# "#"', 'Shell')).toBe('echo $# <span class="s">&quot;#&quot;</span>')
    expect(highlightCode('{"a": 1} // b', '')).toBe('{<span class="s">&quot;a&quot;</span>: 1} // b')
  })

  test('has tabs that work without a script: radio buttons, with the first one checked', () => {
    const html = tabsHtml('t', 'Legend', [
      { label: 'A&B', html: '<i>1</i>' },
      { label: 'C', html: '2' },
    ])
    expect(html).toContain('<input type="radio" name="t" id="t-1" checked><label for="t-1">A&amp;B</label>')
    expect(html).toContain('<input type="radio" name="t" id="t-2"><label for="t-2">C</label>')
    expect(html).toContain('<div class="panel"><i>1</i></div><div class="panel">2</div>')
  })
})
