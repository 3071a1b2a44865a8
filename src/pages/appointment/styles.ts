import { sharedStyles } from '../layout/clinician-styles.ts'
import { compact } from '../layout/compact.ts'

export const appointmentStyles = compact(
  ...sharedStyles,
  `
.who{display:flex;gap:var(--s4);align-items:center;margin-block-end:var(--s5)}
.avatar{display:grid;place-items:center;flex:none;inline-size:3.5rem;block-size:3.5rem;border-radius:50%;
  background:var(--tint);color:var(--on-tint);font-size:1.25rem;font-weight:600;border:1px solid transparent}
.who p{color:var(--fg-2);font-size:1rem;line-height:1.5}
.columns{display:grid;gap:var(--s5);align-items:start}
@media (min-width:60rem){.columns{grid-template-columns:minmax(0,1fr) 24rem}}
.state{display:flex;gap:var(--s3);align-items:center}
.state .sign{display:grid;place-items:center;flex:none;inline-size:2.5rem;block-size:2.5rem;border-radius:50%;
  background:var(--info);color:var(--info-fg);border:1px solid var(--info-line)}
.state .sign-success{background:var(--good);color:var(--good-fg);border-color:var(--good-line)}
.state .sign-warning{background:var(--warn);color:var(--warn-fg);border-color:var(--warn-line)}
.state h3{font-size:1rem;line-height:1.375rem}
.joining{display:grid;gap:var(--s5)}
.joining>h2,.joining>.card-foot{margin-block:0}
.now{display:grid;gap:var(--s3)}
.now .msg{padding:var(--s4);border-color:var(--warn-fg);border-inline-start-width:.25rem}
.now .msg strong{font-size:1.125rem;line-height:1.4}
.joining .now+.small{margin-block-start:calc(-1*var(--s3))}
.joining .btn-large{min-inline-size:12rem}
@media (max-width:30rem){.joining .actions,.joining .actions form{display:grid;inline-size:100%}
  .joining .btn-large{inline-size:100%}}
.small{font-size:.8125rem;color:var(--fg-3)}
.small+.small{margin-block-start:.5rem}
.stack>[data-live]:empty{display:none}
.gap{margin-block-end:var(--s4)}.gap-top{margin-block-start:var(--s4)}
.form-grid{display:grid;gap:var(--s4)}
@media (min-width:40rem){.form-grid{grid-template-columns:1fr 1fr 1fr}.form-grid .field:last-child{grid-column:1/-1}}
.late-texts{margin-block-start:var(--s5)}.late-texts h3{margin-block-end:var(--s3)}
.notices{list-style:none;padding:0;display:grid}
.notices li{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;padding-block:.625rem;
  border-block-end:1px solid var(--line)}
.notices li:first-child{padding-block-start:0}
.notices li:last-child{border:0;padding-block-end:0}
.notices .at{margin-inline-start:auto;color:var(--fg-3)}
`,
)
