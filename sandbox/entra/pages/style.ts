/** One style sheet for every page; light and dark, from a 320 px phone up. No image, no font, no script. */
export const STYLE = `
:root{color-scheme:light dark;
--page:#f3f2f1;--card:#fff;--ink:#1b1a19;--soft:#605e5c;--line:#e1dfdd;--hover:#f3f2f1;
--accent:#0f6cbd;--accent-ink:#fff;--accent-hover:#115ea3;--note:#fff4ce;--note-ink:#5c4400;--note-line:#f2d58a;
--alert:#b10e1c;--shadow:0 2px 6px rgb(0 0 0/.1),0 12px 32px rgb(0 0 0/.08)}
@media(prefers-color-scheme:dark){:root{
--page:#141414;--card:#242424;--ink:#fafafa;--soft:#b8b6b4;--line:#3d3d3d;--hover:#303030;
--accent:#479ef5;--accent-ink:#0a1a2b;--accent-hover:#62abf5;--note:#3b3009;--note-ink:#f7e3a1;--note-line:#6b5711;
--alert:#ff99a4;--shadow:0 2px 6px rgb(0 0 0/.5),0 12px 32px rgb(0 0 0/.4)}}
*{box-sizing:border-box}
html{font:16px/1.45 "Segoe UI",system-ui,-apple-system,Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--ink)}
.note{margin:0;padding:.5rem 1rem;text-align:center;font-size:.8125rem;background:var(--note);color:var(--note-ink);
border-bottom:1px solid var(--note-line)}
main{flex:1;display:flex;align-items:flex-start;justify-content:center;padding:clamp(0px,6vh,4rem) 1rem}
.card{width:100%;max-width:30rem;background:var(--card);border-radius:.5rem;box-shadow:var(--shadow);padding:2rem;overflow-wrap:anywhere}
.brand{display:flex;align-items:center;gap:.625rem;margin:0 0 1.25rem;font-weight:600;font-size:.9375rem;color:var(--soft)}
.brand svg{flex:none;color:var(--accent)}
h1{margin:0;font-size:1.5rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}
h2{margin:1.5rem 0 .375rem;font-size:.75rem;font-weight:600;color:var(--soft);text-transform:uppercase;letter-spacing:.05em}
p{margin:.5rem 0 0}.soft{color:var(--soft)}
ul{list-style:none;margin:0;padding:0}
.accounts{margin:0 -.75rem}
.accounts li+li{border-top:1px solid var(--line)}
.accounts button{display:flex;align-items:center;gap:.875rem;width:100%;padding:.75rem;border:0;border-radius:.25rem;
background:none;color:inherit;font:inherit;text-align:start;cursor:pointer}
.accounts button:hover{background:var(--hover)}
.accounts button:focus-visible{outline-offset:-2px}
.accounts li:has(:focus-visible),.accounts li:has(:focus-visible)+li{border-color:transparent}
.face{flex:none;width:2.5rem;height:2.5rem;border-radius:50%;display:grid;place-items:center;font-size:.875rem;font-weight:600;color:#fff}
.hue0{background:#0f6cbd}.hue1{background:#8764b8}.hue2{background:#0b6a0b}.hue3{background:#ae5b00}.hue4{background:#a4262c}.hue5{background:#00666d}
.who{flex:1;min-width:0}
.line{display:flex;flex-wrap:wrap;align-items:center;gap:0 .5rem}
.name{font-weight:600;line-height:1.3}
.upn{display:block;font-size:.8125rem;color:var(--soft)}
.role{margin-inline-start:auto;font-size:.8125rem;color:var(--soft)}
.tag{padding:.0625rem .5rem;border:1px solid var(--line);border-radius:1rem;font-size:.75rem;color:var(--soft);white-space:nowrap}
.tag.strong{border-color:var(--accent);color:var(--accent)}
.off .face{background:#6b6967}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:flex-end;margin:2rem 0 0}
.button{display:inline-block;min-width:6.75rem;padding:.5rem 1.125rem;border:1px solid var(--line);border-radius:.25rem;background:var(--card);
color:var(--ink);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{background:var(--hover)}
.button.primary{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
.button.primary:hover{background:var(--accent-hover)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}
.person{display:flex;align-items:center;gap:.75rem;margin:0 0 1.25rem;padding:0 0 1.25rem;border-bottom:1px solid var(--line)}
.person a{font-size:.8125rem}
.permissions{margin-top:1rem;border-top:1px solid var(--line)}
.permissions li{padding:.75rem 0;border-bottom:1px solid var(--line)}
.permissions b{display:block;font-weight:600}
.permissions p{margin:.125rem 0 .25rem;font-size:.875rem;color:var(--soft)}
code{font:.8125rem/1.4 ui-monospace,"Cascadia Code",Consolas,monospace;color:var(--soft)}
.alert{margin-top:1rem;padding:.125rem 0 .125rem .875rem;border-inline-start:3px solid var(--alert)}
.alert b{color:var(--alert)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem .875rem;margin:0;font-size:.8125rem;color:var(--soft)}
dd{margin:0}
.closing{margin-top:1rem;font-size:.875rem}
@media(max-width:32rem){main{padding:0}.card{border-radius:0;box-shadow:none;padding:1.5rem 1.25rem 2rem;min-height:100%}
body{background:var(--card)}.actions .button{flex:1}}
@media(max-width:23rem){.role{width:100%}}
@media(forced-colors:active){.face{border:1px solid}}
`
