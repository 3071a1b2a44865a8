/** The settings of one site. */
export const siteStyles = `
html{scroll-padding-block-end:5rem}
.settings{display:grid;gap:var(--s5);min-inline-size:0}
.settings>fieldset{gap:var(--s5)}
.setting{min-inline-size:0}
.setting>h2{margin-block-end:var(--s4)}
.setting .hint{color:var(--fg-3);font-size:.8125rem;overflow-wrap:anywhere}
.setting .fields>.field,.setting .fields-2>.field{max-inline-size:36rem}
.fields-2{align-items:start}
.group-error{color:var(--bad-fg);font-size:.8125rem;font-weight:600}
.departments{list-style:none;padding:0;display:grid}
.department{display:grid;gap:.75rem;align-items:end;padding-block:.75rem;border-block-end:1px solid var(--line)}
.department:first-child{border-block-start:1px solid var(--line)}
.department>.btn{justify-self:start}
.department .check{align-self:end;padding-block-end:.375rem}
@media (min-width:48rem){
  .department{grid-template-columns:minmax(10rem,1fr) minmax(12rem,2fr) auto auto;align-items:start}
  .department>.check,.department>.btn{margin-block-start:1.5rem;align-self:start}
}
.names{font-size:.8125rem;margin-block-start:.25rem}
.find{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}
.find .field{flex:1 1 16rem}
.look-up{display:grid;gap:.75rem;padding:var(--s4);border:1px solid var(--line);border-radius:var(--r-s);background:var(--surface-2)}
.found ul{list-style:none;padding:0;display:grid}
.found li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding-block:.375rem;
  border-block-end:1px solid var(--line)}
.proposal{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.5rem .75rem;border:1px solid var(--line);
  border-radius:var(--r-s);background:var(--surface-2)}
.proposal span,.proposal code{min-inline-size:0;overflow-wrap:anywhere}
.still{padding-inline-start:1.125rem;display:grid;gap:.25rem}
.save-bar{position:sticky;inset-block-end:0;z-index:1;display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;
  padding:.75rem 0;background:var(--bg);border-block-start:1px solid var(--line)}
.setting:target{border-color:var(--brand)}
.setting .btn svg{inline-size:1rem;block-size:1rem}
`
