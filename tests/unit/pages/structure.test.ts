import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inlined, tags, text } from './markup.ts'
import { samples } from './samples.ts'

const sha256 = (content: string) => `sha256-${createHash('sha256').update(content).digest('base64')}`

describe.each(samples)('$name', ({ name, page }) => {
  const all = tags(page.html)
  const named = (tag: string) => all.filter((each) => each.name === tag)

  test('lists the hash of exactly what it inlines', () => {
    expect(inlined(page.html, 'style').map(sha256)).toEqual(page.styleHashes)
    expect(inlined(page.html, 'script').map(sha256)).toEqual(page.scriptHashes)
    expect(page.styleHashes).toHaveLength(1)
  })

  test('has no inline handler, no style attribute and no external file', () => {
    for (const tag of all) {
      for (const attribute of tag.attributes.keys())
        expect(attribute).not.toMatch(/^(on|style$|src$|srcset$)/)
      if (tag.name === 'link') expect(tag.attributes.get('href')).toBe('data:,')
    }
    expect(inlined(page.html, 'style').join()).not.toMatch(/@import|@font-face|url\(/)
  })

  test('says its language and direction, has a title and one main heading', () => {
    const lang = name.match(/^patient-.*-(en|es|fr)$/)?.[1] ?? 'en'
    const root = named('html')[0]
    expect(root?.attributes.get('lang')).toBe(lang)
    expect(root?.attributes.get('dir')).toBe('ltr')
    expect(page.html).toMatch(/<title>[^<]{4,}<\/title>/)
    expect(named('h1')).toHaveLength(1)
    expect(named('main')).toHaveLength(1)
  })

  test('uses every id once, and refers only to ids that exist', () => {
    const ids = all.flatMap((tag) => tag.attributes.get('id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const tag of all)
      for (const attribute of ['aria-labelledby', 'aria-describedby', 'for'])
        for (const id of tag.attributes.get(attribute)?.split(' ') ?? []) expect(ids).toContain(id)
  })

  test('changes things only by POST, and labels what it asks', () => {
    for (const form of named('form')) {
      // A search or a filter only asks, and its address can be shared.
      expect(form.attributes.get('method')).toBe(form.attributes.get('role') === 'search' ? 'get' : 'post')
      expect(form.attributes.get('action')).toMatch(/^\//)
    }
    const labelled = new Set(named('label').map((label) => label.attributes.get('for')))
    for (const input of named('input'))
      if (input.attributes.get('type') !== 'hidden') expect(labelled).toContain(input.attributes.get('id'))
    // An icon stands beside its words; a picture says what it shows.
    for (const image of named('svg')) {
      if (image.attributes.get('role') !== 'img') expect(image.attributes.get('aria-hidden')).toBe('true')
      else expect(image.attributes.get('aria-labelledby')).toMatch(/\S+ \S+/)
    }
    expect(named('img')).toHaveLength(0)
  })

  test('reads as text', () => {
    expect(text(page.html)).not.toMatch(/undefined|null|NaN|\[object/)
  })
})
