import { type Language, languageOf } from '../pages/words/language.ts'

/** The first language of ours that the browser asks for (RFC 9110, section 12.5.4), or undefined. */
export function browserLanguage(header: string | null): Language | undefined {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean)
      return { language: languageOf(tag), quality: Number(quality ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
    .find(({ language, quality }) => language !== undefined && quality > 0)?.language
}
