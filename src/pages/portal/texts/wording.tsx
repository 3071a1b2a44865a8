import { Badge } from '../../layout/components/badge.tsx'
import { describedBy, Field } from '../../layout/components/field.tsx'
import { errorWords } from './error-words.ts'
import { LANGUAGE_NAMES, type Lang, type Preview, type SiteTextsModel } from './site-model.ts'

const LANGS: readonly Lang[] = ['en', 'es', 'fr']

const Shown = ({ lang, preview }: { lang: Lang; preview: Preview }) => {
  const { kind, text, units, segments, price, replaced } = preview
  const id = `preview-${lang}-${kind}`
  return (
    <div class="bubble-box" id={id} data-live data-sign={`${text} ${segments} ${price} ${replaced.join('')}`}>
      <p class="bubble" lang={lang}>
        {text}
      </p>
      <p class="quiet">
        <Badge tone={segments === 1 ? 'success' : segments === 2 ? 'warning' : 'error'}>
          {segments === 1 ? '1 segment' : `${segments} segments`}
        </Badge>{' '}
        {`${units} characters at the longest, ${price} a text`}
      </p>
      {replaced.length === 0 ? null : (
        <p class="quiet">
          Not in the alphabet of texts, and replaced: <span class="nowrap">{replaced.join(' ')}</span>
        </p>
      )}
    </div>
  )
}

const Words = ({ lang, preview, code }: { lang: Lang; preview: Preview; code: string | undefined }) => {
  const id = `lead-${lang}-${preview.kind}`
  const error = errorWords(code)
  return (
    <div class="wording">
      <Field id={id} label={preview.label} hint={`Usual words: ${preview.usual}`} error={error}>
        <textarea
          class="input"
          id={id}
          name={`lead_${lang}_${preview.kind}`}
          rows={2}
          maxlength={320}
          lang={lang}
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={describedBy({ id, hint: 'hint', error })}
        >
          {preview.lead}
        </textarea>
      </Field>
      <Shown lang={lang} preview={preview} />
    </div>
  )
}

/** The words of every text in every language, each beside the text that it makes. */
export const Wording = ({ model }: { model: SiteTextsModel }) => (
  <div class="stack-s">
    <p>
      You may change what stands before the link. {'{when}'} becomes day and time. The link and the line on
      opting out always follow. Shown is the longest text that can come of it.
    </p>
    {LANGS.map((lang) => {
      const worst = Math.max(...model.previews[lang].map(({ segments }) => segments))
      const broken = model.previews[lang].some(({ kind }) => model.errors[`lead_${lang}_${kind}`])
      return (
        <details class="fold" open={broken}>
          <summary>
            {LANGUAGE_NAMES[lang]}{' '}
            <span class="quiet">
              {model.draft.languages.includes(lang)
                ? `at most ${worst === 1 ? '1 segment' : `${worst} segments`} a text`
                : 'off'}
            </span>
          </summary>
          <div class="stack-s">
            {model.previews[lang].map((preview) => (
              <Words lang={lang} preview={preview} code={model.errors[`lead_${lang}_${preview.kind}`]} />
            ))}
          </div>
        </details>
      )
    })}
  </div>
)
