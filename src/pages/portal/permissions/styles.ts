/** Lists of what was found, the commands with their button, and the people picker. */
export const permissionsStyles = `
.lines{list-style:none;padding:0;display:grid}
.lines>li{display:grid;gap:.375rem var(--s5);padding-block:var(--s3);border-block-start:1px solid var(--line)}
.lines code{overflow-wrap:anywhere}
@media (min-width:40rem){.lines>li{grid-template-columns:1fr 9.5rem}}
.beside{display:flex;flex-wrap:wrap;gap:.5rem}
.beside .input{flex:1 1 12rem;inline-size:auto;min-inline-size:0}
.accounts,.people-found{list-style:none;padding:0;display:grid;gap:var(--s3)}
.account{display:grid;gap:var(--s3);padding:var(--s4);border:1px solid var(--line);border-radius:var(--r-m);background:var(--surface-2)}
.account>*{min-inline-size:0;overflow-wrap:anywhere}
.found{list-style:none;padding:0;display:grid;gap:.375rem}
.remedy{padding-inline-start:1.5rem}
.people-found{gap:0}
.people-found li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;
  padding-block:.625rem;border-block-end:1px solid var(--line);overflow-wrap:anywhere}
.people-found li>div{flex:1 1 12rem;min-inline-size:0}
.copyable{display:grid;gap:.5rem;justify-items:start}
.copyable .code{inline-size:100%;max-inline-size:100%}
`
