import { base } from './base.ts'
import { compact } from './compact.ts'
import { badgeStyles } from './components/badge.tsx'
import { buttonStyles } from './components/button.tsx'
import { cardStyles } from './components/card.tsx'
import { definitionListStyles } from './components/definition-list.tsx'
import { fieldStyles } from './components/field.tsx'
import { footerStyles } from './components/footer.tsx'
import { headerStyles } from './components/header.tsx'
import { messageBarStyles } from './components/message-bar.tsx'
import { postFormStyles } from './components/post-form.tsx'
import { stepNavStyles } from './components/step-nav.tsx'
import { tableStyles } from './components/table.tsx'
import { tokens } from './tokens.ts'

/** Widths and the single-task pages (failure, confirm, choice) that stand as one card in the middle. */
const shell = `
.main{inline-size:100%;max-inline-size:77rem;margin-inline:auto;padding:var(--s6) 1rem var(--s5)}
.main-narrow{max-inline-size:42rem}
@media (min-width:48rem){.main{padding-block-start:var(--s7)}}
.head{display:grid;gap:var(--s2);margin-block-end:var(--s5)}
.panel{display:grid;gap:var(--s5);padding:var(--s5)}
@media (min-width:40rem){.panel{padding:var(--s6)}}
.next{padding-inline-start:1.25rem;display:grid;gap:.5rem}
.next li::marker{color:var(--fg-3);font-variant-numeric:tabular-nums}
.part{display:grid;gap:var(--s2)}
.quote{padding:.75rem 1rem;border-inline-start:3px solid var(--line-2);background:var(--surface-2)}
.people{display:grid;gap:var(--s3)}
@media (min-width:36rem){.people{grid-template-columns:1fr 1fr}}
.person{padding:var(--s4);border:1px solid var(--line);border-radius:var(--r-m);background:var(--surface-2);
  overflow-wrap:anywhere}
.person dt{color:var(--fg-3);margin-block-end:.25rem}
.choices{list-style:none;padding:0;display:grid;gap:var(--s3)}
.choices li{display:flex;flex-wrap:wrap;gap:var(--s3) var(--s4);align-items:center;justify-content:space-between;
  padding:var(--s4) var(--s5)}
.ref{color:var(--fg-3);font-size:.8125rem}
.frame-body{display:grid;place-content:center;justify-items:center;gap:var(--s4);min-block-size:100vh;padding:1rem;
  text-align:center}
`

/** What every clinician and administrator page is drawn with. Pages may add a part of their own behind it. */
export const sharedStyles = [
  tokens,
  base,
  buttonStyles,
  postFormStyles,
  cardStyles,
  messageBarStyles,
  badgeStyles,
  definitionListStyles,
  fieldStyles,
  tableStyles,
  stepNavStyles,
  headerStyles,
  footerStyles,
  shell,
] as const

export const clinicianStyles = compact(...sharedStyles)
