import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Plugin } from 'esbuild'
import { Marked, type Tokens } from 'marked'

/** A guide of docs/ as the portal shows it: its first heading, and what follows as HTML. */
export type Guide = { readonly title: string; readonly html: string }

/** The guides that the portal serves; a link to another document loses its address and keeps its words. */
export const GUIDES = ['ehr-cerner', 'patient-guide', 'compliance']

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** As GitHub makes the anchors of headings, so that a link works in both places. */
const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

function address(href: string): string | undefined {
  if (/^https:\/\//.test(href) || href.startsWith('#')) return href
  const [, name = '', fragment = ''] = /^(?:\.\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? []
  return GUIDES.includes(name) ? `/portal/guides/${name}${fragment}` : undefined
}

/** Markdown to HTML that the portal's content security policy and its checks of accessibility take as they are. */
export function renderGuide(markdown: string): Guide {
  let title = ''
  const marked = new Marked()
  marked.use({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens)
        const words = this.parser.parseInline(tokens, this.parser.textRenderer)
        if (depth === 1 && title === '') {
          title = words
          return ''
        }
        return `<h${depth} id="${escaped(slug(words))}">${inner}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const inner = this.parser.parseInline(tokens)
        const to = address(href)
        return to === undefined ? inner : `<a href="${escaped(to)}">${inner}</a>`
      },
      image: ({ text }: Tokens.Image) => escaped(text),
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      // What is wider than a phone scrolls by itself, and the keyboard can reach it.
      code: ({ text }: Tokens.Code) => `<pre class="code" tabindex="0">${escaped(text)}</pre>\n`,
      table(table: Tokens.Table) {
        const cells = (tag: string, row: Tokens.TableCell[]) =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')
        const head = `<thead><tr>${cells('th scope="col"', table.header).replaceAll('</th scope="col">', '</th>')}</tr></thead>`
        const body = table.rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')
        return `<div class="table" role="group" aria-label="Table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`
      },
    },
  })
  const html = marked.parse(markdown, { async: false })
  return { title, html }
}

const moduleOf = (guide: Guide) => `export default ${JSON.stringify(guide)}`

/** esbuild: an imported guide of docs/ becomes part of the bundle, so that a deployment serves the words of its release. */
export const guidesInBundle: Plugin = {
  name: 'guides',
  setup(build) {
    build.onLoad({ filter: /[\\/]docs[\\/][\w-]+\.md$/ }, async ({ path }) => ({
      contents: moduleOf(renderGuide(await readFile(path, 'utf8'))),
      loader: 'js',
    }))
  },
}

/** Vitest: the same for tests. */
export const guidesInTests = {
  name: 'guides',
  transform: (code: string, id: string) =>
    basename(id).endsWith('.md') ? { code: moduleOf(renderGuide(code)), map: null } : undefined,
}
