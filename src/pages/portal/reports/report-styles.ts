/**
 * Colours of what happened, in both schemes with at least 3:1 against the card (WCAG 2.2, 1.4.11), and in print. The
 * order in a bar is that of the legend, so that nobody needs the colours.
 */
export const reportStyles = `
:root{--k-completed:#4f52b2;--k-progress:#0f7b8a;--k-noshow:#a15c00;--k-admit:#8a3ca6;--k-absent:#c4314b;
  --k-technical:#4a4a4a;--k-cancelled:#858585;--k-upcoming:#7f8fbf;--k-good:#107c10}
@media screen and (prefers-color-scheme:dark){:root{--k-completed:#a3a7f5;--k-progress:#5ecbd8;--k-noshow:#f5a748;--k-admit:#d79bec;
  --k-absent:#f1707b;--k-technical:#dcdcdc;--k-cancelled:#8f8f8f;--k-upcoming:#7f8fc9;--k-good:#6ccb6c}}
.wide .page,.full .page{max-inline-size:none}
.full{max-inline-size:none;padding-block-start:var(--s5)}
.tabs{display:flex;flex-wrap:wrap;gap:.25rem;border-block-end:1px solid var(--line);margin:0;padding:0;list-style:none}
.tabs a{display:block;padding:.625rem .75rem;border-block-end:3px solid transparent;color:var(--fg-2);text-decoration:none;
  font-weight:600}
.tabs .last{margin-inline-start:auto}
.tabs a:hover{color:var(--fg);background:var(--surface-hover)}
.tabs [aria-current]{border-block-end-color:var(--brand);color:var(--fg)}
.ask{display:grid;gap:var(--s4)}
.ask .line-up{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end}
.ask .line-up .field{inline-size:12rem;max-inline-size:100%}
.ask .line-up .narrow{inline-size:9.5rem}
.picks{display:flex;flex-wrap:wrap;gap:.375rem 1.25rem}
.picks label{display:inline-flex;gap:.5rem;align-items:center;min-block-size:1.75rem}
.picks input{inline-size:1.125rem;block-size:1.125rem;margin:0;accent-color:var(--brand)}
.ask fieldset{margin-block-end:var(--s3)}
.figures{display:grid;gap:var(--s3);grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));margin:0}
.figures>div{padding:var(--s3) var(--s4);border:1px solid var(--line);border-radius:var(--r-m);background:var(--surface)}
.figures dt{color:var(--fg-3)}
.figures dd{font-size:1.5rem;line-height:1.3333;font-weight:600;font-variant-numeric:tabular-nums}
.charts{display:grid;gap:var(--s5)}
.charts>*{min-inline-size:0}
@media (min-width:90rem){.charts-2{grid-template-columns:1fr 1fr}}
.chart figure{display:grid;gap:var(--s3);margin-block-end:var(--s3)}
.chart .scroll{overflow-x:auto}
.plot{inline-size:100%;min-inline-size:38rem;block-size:auto;fill:none;stroke:none}
.plot text{fill:var(--fg-3);font:.8125rem var(--font);stroke:none;font-variant-numeric:tabular-nums}
.plot .grid{stroke:var(--line);stroke-width:1}
.plot .base{stroke:var(--line-field);stroke-width:1}
.plot .area{stroke:var(--surface);stroke-width:1}
.area{fill:var(--k)}
.line{stroke:var(--k);stroke-width:2.5;fill:none}
.key{inline-size:1rem;block-size:1rem;stroke:none}
.key .line{stroke-width:3}
.legend{display:flex;flex-wrap:wrap;gap:.375rem 1rem;list-style:none;padding:0}
.legend li{display:inline-flex;align-items:center;gap:.375rem}
.c-completed{--k:var(--k-completed)}.c-progress{--k:var(--k-progress)}.c-noshow{--k:var(--k-noshow)}
.c-admit{--k:var(--k-admit)}.c-absent{--k:var(--k-absent)}.c-technical{--k:var(--k-technical)}
.c-cancelled{--k:var(--k-cancelled)}.c-upcoming{--k:var(--k-upcoming)}.c-good{--k:var(--k-good)}
.rows th,.rows td{white-space:nowrap}
.rows th a{color:inherit;text-decoration:none;display:inline-flex;gap:.25rem;align-items:center}
.rows th a:hover{text-decoration:underline}
.rows tbody th{font-weight:400;font-variant-numeric:tabular-nums}
.rows td.num{text-align:end;font-variant-numeric:tabular-nums}
.bar-2{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;justify-content:space-between;margin-block-end:var(--s3)}
.pager{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;justify-content:space-between;margin-block-start:var(--s4)}
.means{display:grid;gap:var(--s3) var(--s5);margin:0}
@media (min-width:60rem){.means{grid-template-columns:1fr 1fr}}
.means dt{font-weight:600}
.means dd{color:var(--fg-2)}
.on-paper{display:none}
@media print{
  :root{--bg:#fff;--surface:#fff;--fg:#000;--fg-2:#222;--fg-3:#333;--line:#bbb}
  .on-paper{display:block}
  .side,.bar,.ask,.tabs,.pager,.foot,.skip,.no-print,footer{display:none!important}
  .portal{display:block}.card,.figures>div{box-shadow:none}.chart,.figures>div,tr,.means>div{break-inside:avoid}
  .plot,.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}
  .plot{min-inline-size:0}.table,.chart .scroll{overflow:visible}
  details:not([open]){display:none}.card{padding:var(--s3)}
  .rows{font-size:.625rem}.rows th,.rows td{padding:.1875rem .25rem;white-space:normal}.rows th a{display:inline}
  .rows td.num{white-space:nowrap}
}
`
