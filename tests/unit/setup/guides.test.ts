import { expect, test } from 'vitest'
import { renderGuide } from '../../../scripts/guides.ts'

test('a guide loses its first heading to the page, and keeps anchors as GitHub makes them', () => {
  const { title, html } = renderGuide(
    '# The guide\n\n## 1. Talk to them, first\n\nSee [there](#1-talk-to-them-first).',
  )
  expect(title).toBe('The guide')
  expect(html).toContain('<h2 id="1-talk-to-them-first">')
  expect(html).toContain('<a href="#1-talk-to-them-first">there</a>')
  expect(html).not.toContain('<h1')
})

test('links lead to other guides and to https, and nowhere else', () => {
  const { html } = renderGuide(
    '# G\n\n[a](ehr-cerner.md#x) [b](operations.md) [c](https://example.com/) [d](javascript:alert(1)) [e](../src/x.ts)',
  )
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    '/portal/guides/ehr-cerner#x',
    'https://example.com/',
  ])
  for (const words of ['b', 'd', 'e']) expect(html).toContain(words)
})

test('HTML in a document is shown, not obeyed', () => {
  const { html } = renderGuide(
    '# G\n\n<script>alert(1)</script>\n\ntext <img src=x onerror=y> `<b>`\n\n```\n<i>\n```',
  )
  expect(html).not.toMatch(/<(script|img|i|b)\b/)
  expect(html).toContain('&lt;script&gt;')
})

test('what is wide scrolls by itself, within reach of the keyboard', () => {
  const { html } = renderGuide('# G\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n```sh\nls\n```')
  expect(html).toContain('<div class="table" role="group" aria-label="Table" tabindex="0"><table>')
  expect(html).toContain('<th scope="col">a</th>')
  expect(html).toContain('<td><strong>2</strong></td>')
  expect(html).toContain('<pre class="code" tabindex="0">ls</pre>')
})
