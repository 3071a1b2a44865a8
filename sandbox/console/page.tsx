import { Board } from './board.tsx'
import { Chart } from './chart.tsx'
import { Emails } from './emails.tsx'
import { Faults } from './faults.tsx'
import { Clock, Header } from './header.tsx'
import { Ledger } from './ledger.tsx'
import { Numbers } from './numbers.tsx'
import { Phone, PhonePicker, PhoneScreen } from './phone.tsx'
import type { Zone } from './times.ts'
import { type Parts, rowsOf, type View } from './view.ts'

export type PageProps = { readonly parts: Parts; readonly view: View; readonly zone: Zone }

/** What every page of the console has in its head. */
export function Head({ title }: { title: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>Teams EHR connector · {title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/console.css" />
      <script src="/console.js" defer />
    </head>
  )
}

/** The whole page. */
export function Page({ parts, view, zone }: PageProps) {
  return (
    <html lang="en">
      <Head title="sandbox" />
      <body>
        <Header parts={parts} view={view} zone={zone} />
        <main>
          <p class="synthetic">
            Synthetic data: everybody on this page is made up. No real patient, clinician or clinic.{' '}
            <span>
              To begin: book a visit, tap the link in the text, launch from the board and sign in as a
              clinician.
            </span>
          </p>
          <Chart parts={parts} view={view} zone={zone} />
          <div class="aside">
            <Phone parts={parts} view={view} zone={zone} />
            <Emails parts={parts} zone={zone} />
            <Numbers parts={parts} view={view} />
          </div>
          <Faults parts={parts} view={view} />
          <Ledger parts={parts} zone={zone} />
        </main>
        <p id="problem" class="problem" role="alert" hidden />
      </body>
    </html>
  )
}

/** Only what changes by itself; the script puts each piece in its place. */
export function LivePieces({ parts, view, zone }: PageProps) {
  return (
    <>
      <Clock parts={parts} zone={zone} />
      <Board rows={rowsOf(view, parts)} view={view} now={parts.clock.now()} zone={zone} />
      <PhonePicker parts={parts} view={view} />
      <PhoneScreen parts={parts} view={view} zone={zone} />
      <Emails parts={parts} zone={zone} />
      <Numbers parts={parts} view={view} />
      <Faults parts={parts} view={view} />
      <Ledger parts={parts} zone={zone} />
    </>
  )
}
