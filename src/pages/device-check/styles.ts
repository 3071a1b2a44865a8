/** In every patient page's stylesheet: the policy lets a script load, but no style after the page's own. */
export const deviceCheckStyles = `
#check{margin-block-start:1rem}
.checks{list-style:none;padding:0;display:grid;gap:.75rem}
.checks li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem .75rem;padding-block-start:.75rem;
  border-block-start:1px solid var(--line)}
.checks li>:nth-child(n+3){flex:1 0 100%;min-inline-size:0}
.checks .more:empty{display:none}
#check h3{font-size:1.0625rem}
.checks .part{font-weight:600}
.checks .res{color:var(--fg-3)}
.checks .ok{color:var(--good-fg)}.checks .bad{color:var(--bad-fg)}
.checks .ok::before{content:"\\2713\\00a0"}.checks .bad::before{content:"\\2717\\00a0"}
.checks video{inline-size:100%;max-block-size:15rem;border-radius:var(--r-m);background:#000;transform:scaleX(-1)}
.checks meter{inline-size:100%;block-size:1.25rem}
.answers{display:flex;flex-wrap:wrap;gap:.75rem}
.answers .btn,#check>.btn{min-block-size:3rem;font-size:1.0625rem;flex:1 1 8rem}
.notice{display:flex;gap:.75rem;padding:1rem;border:1px solid var(--warn-line);border-radius:var(--r-m);background:var(--warn)}
.notice svg{color:var(--warn-fg);margin-block-start:.125rem}
`
