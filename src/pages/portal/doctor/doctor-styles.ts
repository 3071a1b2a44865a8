/** Lines with their state in front on a wide screen, above on a narrow one. */
export const doctorStyles = `
.checks ol{list-style:none;padding:0;display:grid}
.line{display:grid;gap:.25rem .75rem;padding-block:.75rem;border-block-start:1px solid var(--line)}
.line:first-child{border-block-start:0;padding-block-start:.25rem}
.line h3{margin:0;font-size:.875rem;font-weight:600}
.line p{margin-block-start:.25rem;overflow-wrap:anywhere}
.line .state{align-self:start;font-size:.8125rem}
.line-waiting h3,.line-skip h3{color:var(--fg-3);font-weight:400}
.failures{padding-inline-start:1.25rem;margin-block-start:.25rem}
.tally{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
@media (min-width:40rem){.line{grid-template-columns:7rem 1fr}}
`
