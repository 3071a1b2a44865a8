/** What the pages of numbers and texts add to the portal's look. */
export const textsStyles = `
.stack-s{display:grid;gap:var(--s4)}
.stack-s>*{min-inline-size:0}
.senders,.consents{list-style:none;padding:0;display:grid;gap:var(--s4)}
.senders>li{display:grid;gap:.375rem;padding-block-end:var(--s4);border-block-end:1px solid var(--line)}
.senders>li:last-child{padding-block-end:0;border-block-end:0}
.sender-head{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}
.number{font-variant-numeric:tabular-nums;white-space:nowrap}
.big{font-size:1.5rem;line-height:1.3333;font-weight:600}
.url{overflow-wrap:anywhere}
.consents>li{display:grid;grid-template-columns:auto 1fr;gap:.625rem}
.pair{display:grid;grid-template-columns:minmax(3.5rem,5rem) 1fr;gap:.5rem}
.ticks{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem 1rem}
.wording{display:grid;gap:var(--s3) var(--s5);padding-block-end:var(--s4);border-block-end:1px solid var(--line)}
.wording:last-child{border-block-end:0;padding-block-end:0}
.wording>*{min-inline-size:0}
@media (min-width:64rem){.wording{grid-template-columns:1fr 1fr}}
.bubble-box{display:grid;gap:.375rem;align-content:start}
.bubble{padding:.625rem .875rem;border-radius:1rem 1rem 1rem .25rem;background:var(--surface-2);border:1px solid var(--line);
  overflow-wrap:anywhere;max-inline-size:26rem}
.progress{list-style:none;padding:0;display:grid;gap:.625rem}
.progress li{display:flex;gap:.625rem;align-items:center;color:var(--fg-3)}
.progress svg{inline-size:1.25rem;block-size:1.25rem;flex:none}
.progress .progress-done svg{color:var(--good-fg)}
.progress .progress-now{color:var(--fg);font-weight:600}
.progress .progress-now svg{color:var(--brand)}
.progress .progress-failed{color:var(--fg);font-weight:600}
.progress .progress-failed svg{color:var(--bad-fg)}
.elapsed{margin-block-start:var(--s3);display:grid;gap:.375rem;min-block-size:1.5rem}
`
