import { deviceCheckStyles } from '../device-check/styles.ts'
import { base } from './base.ts'
import { compact } from './compact.ts'
import { buttonStyles } from './components/button.tsx'
import { tokens } from './tokens.ts'

/** Made for a thumb on a 320 px phone first: one column, large type, one large button. */
const layout = `
body{font-size:1.0625rem;line-height:1.5;overflow-wrap:anywhere}
.col{inline-size:100%;max-inline-size:32rem;margin-inline:auto;padding:0 min(1rem,4vw)}
.top{display:flex;align-items:center;gap:.625rem;padding-block:1rem;font-weight:600}
.top svg{inline-size:1.5rem;block-size:1.5rem;color:var(--link)}
.visit,.help{background:var(--surface);border:1px solid var(--line);border-radius:var(--r-l);box-shadow:var(--shadow)}
.visit{display:grid;gap:1.25rem;padding:1.5rem min(1.25rem,5vw)}
.visit>*,.words,.words>*,.help>*,.tips li>*,.btn>*{min-inline-size:0}
.tips li>svg,.btn>svg{min-inline-size:auto}
.sign{display:grid;place-items:center;inline-size:3.5rem;block-size:3.5rem;border-radius:50%;background:var(--tint);
  color:var(--on-tint)}
.sign svg{inline-size:1.75rem;block-size:1.75rem}
.sign-warning{background:var(--warn);color:var(--warn-fg)}
.sign-quiet{background:var(--info);color:var(--info-fg)}
.words{display:grid;gap:.5rem}
h1{font-size:1.625rem;line-height:1.25}
.lead{font-size:1.0625rem}
.when{display:grid;gap:.125rem;padding:1rem;border-radius:var(--r-m);background:var(--surface-2);border:1px solid var(--line)}
.when .label{color:var(--fg-3);font-size:.9375rem}
.when p.label+p~p{margin-block-start:.5rem}
.when .time{font-size:1.5rem;line-height:1.25;font-weight:600}
.when del{color:var(--fg-3)}
.join .btn{inline-size:100%;min-block-size:3.75rem;padding:.75rem min(1.25rem,4vw);border-radius:var(--r-m);font-size:1.25rem}
.join .btn svg{inline-size:1.5rem;block-size:1.5rem}
.join p{margin-block-start:.5rem;text-align:center;color:var(--fg-2);font-size:.9375rem}
.more{display:grid;gap:.75rem}
.more .btn,.help .btn{min-block-size:3rem;font-size:1.0625rem;inline-size:100%}
h2{font-size:1.0625rem}
.tips{list-style:none;padding:0;display:grid;gap:.875rem}
.tips li{display:flex;gap:.75rem}
.tips svg{margin-block-start:.125rem;color:var(--link)}
.plain{padding-inline-start:1.25rem;display:grid;gap:.5rem}
.auto{color:var(--fg-3);font-size:.9375rem}
.help{display:grid;gap:.75rem;padding:1.25rem min(1.25rem,5vw);margin-block-start:1rem}
.help p{color:var(--fg-2)}
.end{display:grid;gap:.75rem;padding-block:1.5rem 2rem;color:var(--fg-3);font-size:.9375rem}
.end ul{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;list-style:none;padding:0}
.end a{display:inline-block;padding-block:.25rem}
@media (min-width:40rem){.col{padding-block:1.5rem}.visit,.help{padding:2rem}h1{font-size:1.875rem}}
@media (max-width:20.5rem){.visit,.help{padding-inline:min(1rem,4vw)}}
`

export const patientStyles = compact(tokens, base, buttonStyles, layout, deviceCheckStyles)
