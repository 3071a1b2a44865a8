/** The list of sites with its open row and menus. */
export const sitesStyles = `
.toolbar{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;padding-block-end:.5rem;border-block-end:1px solid var(--line)}
.toolbar .count{margin-inline-start:auto;color:var(--fg-3)}
.toolbar .btn svg{inline-size:1rem;block-size:1rem}
.sites{list-style:none;padding:0;margin-block-start:calc(-1*var(--s5))}
.site-row{display:grid;grid-template-columns:1fr auto;gap:.25rem .75rem;align-items:center;padding:.75rem 1rem;
  border-block-end:1px solid var(--line);background:var(--surface);min-inline-size:0}
.site-row:not(.open):hover{background:var(--surface-hover)}
.site-row h2{font-size:.875rem;line-height:1.4286}
.site-row h2 a{text-decoration:none}
.site-row h2 a:hover{text-decoration:underline}
.cell-name{min-inline-size:0}
.base{color:var(--fg-3);font-size:.8125rem;overflow-wrap:anywhere}
.site-row .menu{grid-row:1;grid-column:2}
.site-row .cell-env,.site-row .cell-state{grid-column:1/-1}
@media (min-width:48rem){
  .site-row{grid-template-columns:1fr 7rem 10rem 2.5rem}
  .site-row .cell-env,.site-row .cell-state{grid-column:auto}
  .site-row .menu{grid-column:4}
}
.site-row.open{display:block;background:var(--surface);border:1px solid var(--line);border-radius:var(--r-m);
  box-shadow:var(--shadow);padding:var(--s4);margin-block:var(--s3)}
.site-row.open form{display:grid;gap:var(--s4)}
.base-fields{display:grid;gap:var(--s4);align-items:start}
.base-fields .field{max-inline-size:none}
@media (min-width:48rem){.base-fields{grid-template-columns:1fr 1fr}.url-field{grid-column:1/-1}}
.inside{position:relative;display:block}
.inside .input{padding-inline-end:2.25rem}
.inside-mark{position:absolute;inset-block:0;inset-inline-end:.5rem;display:grid;place-items:center;pointer-events:none}
.mark-good svg{color:var(--good-fg)}.mark-bad svg{color:var(--bad-fg)}
.spinner{display:none;inline-size:1rem;block-size:1rem;border:2px solid var(--line-2);border-block-start-color:var(--brand);
  border-radius:50%;animation:turn .8s linear infinite}
.busy .spinner{display:block}.busy .inside-mark svg{display:none}
@keyframes turn{to{transform:rotate(1turn)}}
.checked{display:grid;gap:.375rem;font-size:.8125rem}
.checked:empty{display:none}
.checked .problem{display:grid;gap:.125rem;padding-inline-start:.625rem;border-inline-start:3px solid var(--bad-fg)}
.checked .what{color:var(--bad-fg);font-weight:600}
.checked .likely{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.5rem .75rem;
  border:1px solid var(--line);border-radius:var(--r-s);background:var(--surface-2)}
.checked .likely span{min-inline-size:0;overflow-wrap:anywhere}
.checked .fine{color:var(--good-fg);font-weight:600}
.checked .passed{color:var(--fg-3)}
.checked .notes{padding-inline-start:1.125rem;display:grid;gap:.25rem}
.scripted .script-off{display:none}
.menu{position:relative;justify-self:end}
.menu summary{display:grid;place-items:center;inline-size:2rem;block-size:2rem;border-radius:var(--r-s);cursor:pointer;
  list-style:none;color:var(--fg-2)}
.menu summary::-webkit-details-marker{display:none}
.menu summary svg{stroke-width:2.5}
.menu summary:hover,.menu[open] summary{background:var(--surface-press)}
.menu ul{position:absolute;z-index:2;inset-block-start:100%;inset-inline-end:0;min-inline-size:10rem;margin-block-start:.25rem;
  padding:.25rem;list-style:none;background:var(--surface);border:1px solid var(--line);border-radius:var(--r-s);
  box-shadow:0 4px 12px rgba(0,0,0,.2)}
.menu a{display:flex;align-items:center;min-block-size:2rem;padding:.25rem .625rem;border-radius:var(--r-s);color:var(--fg);
  text-decoration:none}
.menu a:hover{background:var(--surface-hover)}
.empty{display:grid;gap:var(--s3);justify-items:start;padding:var(--s6) var(--s5)}
`
