import { sharedStyles } from '../../layout/clinician-styles.ts'
import { compact } from '../../layout/compact.ts'
import { doctorStyles } from '../doctor/doctor-styles.ts'
import { recordStyles } from '../review/record.tsx'
import { textsStyles } from '../texts/styles.ts'

/** Navigation at the side of a wide screen, folded away under "Menu" on a narrow one. */
const shell = `
.portal{display:grid;inline-size:100%;max-inline-size:88rem;margin-inline:auto;flex:1}
.portal>*{min-inline-size:0}
.portal .main{max-inline-size:none;margin:0;padding-block-start:var(--s5)}
.bar .end{flex-wrap:wrap;justify-content:flex-end;gap:.25rem 1rem}
.bar .who{min-inline-size:0;overflow-wrap:anywhere;text-align:end;line-height:1.3}
.bar .who span{display:block;font-size:.75rem;opacity:.9}
.side{border-block-end:1px solid var(--line);background:var(--surface)}
.side summary{display:flex;align-items:center;gap:.5rem;min-block-size:3rem;padding:.5rem 1rem;cursor:pointer;font-weight:600}
.side summary::after{content:"";inline-size:.5rem;block-size:.5rem;margin-inline-start:.125rem;border:solid currentColor;
  border-width:0 2px 2px 0;transform:translateY(-2px) rotate(45deg)}
.side[open] summary::after{transform:translateY(2px) rotate(225deg)}
.side .navs{display:grid;gap:var(--s4);padding:0 .5rem var(--s4)}
.side h2{padding:0 .75rem;margin-block-end:.25rem;font-size:.75rem;line-height:1.5;color:var(--fg-3);font-weight:600}
.places{list-style:none;padding:0;display:grid;gap:.25rem}
.places a{display:flex;align-items:center;min-block-size:2.5rem;padding:.375rem .75rem;border-radius:var(--r-s);
  border-inline-start:3px solid transparent;color:var(--fg-2);text-decoration:none}
.places a:hover{background:var(--surface-hover);color:var(--fg)}
.places [aria-current]{border-inline-start-color:var(--brand);background:var(--tint);color:var(--on-tint);font-weight:600}
@media (min-width:60rem){
  .portal{grid-template-columns:17rem 1fr}
  .portal .main{padding:var(--s6) var(--s6) var(--s7)}
  .side{border-block-end:0;border-inline-end:1px solid var(--line)}
  .side .navs{padding:var(--s5) .75rem}
}
@supports selector(::details-content){@media (min-width:60rem){
  .side summary{display:none}
  .side::details-content{content-visibility:visible;block-size:auto}
}}
.page{display:grid;gap:var(--s5);max-inline-size:64rem}
.page>*{min-inline-size:0}
.page .head{margin:0}
.page .head .lead{max-inline-size:44rem}
.wizard{display:flex;flex-wrap:wrap;gap:.75rem;padding-block-start:var(--s4);border-block-start:1px solid var(--line)}
.check{display:grid;grid-template-columns:auto 1fr;gap:.625rem;align-items:start}
.check input{inline-size:1.125rem;block-size:1.125rem;margin:.125rem 0 0;accent-color:var(--brand)}
.check .hint{color:var(--fg-3);font-size:.8125rem}
fieldset{margin:0;padding:0;border:0;display:grid;gap:var(--s3);min-inline-size:0}
legend{padding:0;font-weight:600;margin-block-end:.25rem}
.fields{display:grid;gap:var(--s4)}
@media (min-width:48rem){.fields-2{grid-template-columns:1fr 1fr}.fields-3{grid-template-columns:repeat(3,1fr)}}
.code{position:relative;margin:0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:var(--r-s);
  background:var(--surface-2);font-family:var(--mono);font-size:.8125rem;line-height:1.6;white-space:pre-wrap;overflow-wrap:anywhere}
.fold>summary{cursor:pointer;font-weight:600;min-block-size:2rem;padding-block:.25rem}
.fold[open]>summary{margin-block-end:var(--s3)}
.state{display:inline-flex;align-items:center;gap:.375rem}
.state svg{inline-size:1.125rem;block-size:1.125rem}
.state-good svg{color:var(--good-fg)}.state-bad svg{color:var(--bad-fg)}.state-warn svg{color:var(--warn-fg)}
.state-quiet svg{color:var(--fg-3)}

.log{list-style:none;padding:0;display:grid;gap:var(--s3)}
.log .card{display:grid;gap:.375rem;padding:var(--s4) var(--s5)}
.log h2{margin:0;font-size:1rem}
.changes{list-style:none;padding:0;display:grid;gap:.125rem;overflow-wrap:anywhere}
.changes del{color:var(--fg-3)}.changes ins{text-decoration:none;font-weight:600}
.break{overflow-wrap:anywhere}
select.input{padding-inline-end:.375rem}
textarea.input{min-block-size:4.5rem;resize:vertical;line-height:1.4286}
`

export const portalStyles = compact(...sharedStyles, shell, doctorStyles, recordStyles, textsStyles)
