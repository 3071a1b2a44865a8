import { ActionForm } from './action-form.tsx'
import { Board, languageName } from './board.tsx'
import type { Zone } from './times.ts'
import { type Parts, queryOf, rowsOf, type View } from './view.ts'

/** The left side: who is signed in to the EHR, the board, and a form that books. */
export function Chart({ parts, view, zone }: { parts: Parts; view: View; zone: Zone }) {
  const practitioners = parts.ehr.practitioners()
  return (
    <section class="panel chart" aria-labelledby="chart-title">
      <div class="panel-head">
        <h2 id="chart-title">Patient board</h2>
        <form method="get" action="/" class="signed-in">
          {view.clinic === undefined ? null : <input type="hidden" name="clinic" value={view.clinic} />}
          <input type="hidden" name="scope" value={view.scope} />
          {view.phone === undefined ? null : <input type="hidden" name="phone" value={view.phone} />}
          <label>
            <span>Signed in to the EHR as</span>
            <select name="practitioner" data-submit>
              {practitioners.map(({ id, name }) => (
                <option value={id} selected={id === view.practitionerId}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <noscript>
            <button type="submit">Show</button>
          </noscript>
        </form>
        <nav class="scope" aria-label="Rows">
          <ScopeLink view={view} scope="mine" label="My patients" />
          <ScopeLink view={view} scope="clinic" label="Whole clinic" />
        </nav>
      </div>
      <Board rows={rowsOf(view, parts)} view={view} now={parts.clock.now()} zone={zone} />
      <BookForm parts={parts} view={view} />
    </section>
  )
}

function ScopeLink({ view, scope, label }: { view: View; scope: View['scope']; label: string }) {
  return (
    <a href={`/${queryOf(view, { scope })}`} aria-current={view.scope === scope ? 'true' : undefined}>
      {label}
    </a>
  )
}

function BookForm({ parts, view }: { parts: Parts; view: View }) {
  const patients = parts.ehr.patients()
  // Somebody who gets a text, in the language of the console.
  const first = patients.find(({ language, phone }) => language === 'en' && phone !== undefined)
  return (
    <ActionForm action="book" view={view} class="book">
      <h3>Book a video appointment</h3>
      <label>
        Patient
        <select name="patient">
          {patients.map((patient) => (
            <option value={patient.id} selected={patient.id === first?.id}>
              {`${patient.name} · ${aboutPatient(patient)}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        Practitioner
        <select name="practitioner">
          {parts.ehr.practitioners().map(({ id, name }) => (
            <option value={id} selected={id === view.practitionerId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Location
        <select name="location">
          {parts.ehr.locations().map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <label class="minutes">
        Minutes from now
        <input type="number" name="minutes" value="20" min="1" max="10080" required />
      </label>
      <button type="submit" class="primary">
        Book
      </button>
    </ActionForm>
  )
}

/** What decides whether and how a patient is texted: `Spanish`, `English, no phone`. */
function aboutPatient({ language, phone }: { language: string; phone: string | undefined }): string {
  return phone === undefined ? `${languageName(language)}, no phone` : languageName(language)
}
