/**
 * Reset, typography and what everybody needs: a visible focus, the skip link, reduced motion, forced colours.
 * Logical properties throughout, so that a right-to-left language needs nothing else.
 */
export const base = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--bg);color:var(--fg);
  font:.875rem/1.4286 var(--font);overflow-wrap:break-word}
h1,h2,h3,p,ul,ol,dl,dd,figure{margin:0}
h1{font-size:1.75rem;line-height:1.2857;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.125rem;line-height:1.4;font-weight:600}
h3{font-size:.875rem;line-height:1.4286;font-weight:600}
p{text-wrap:pretty}
a{color:var(--link);text-underline-offset:.15em}
a:hover{color:var(--link-hover)}
strong{font-weight:600}
code{font-family:var(--mono);font-size:.9286em}
svg{display:block;flex:none;inline-size:1.25rem;block-size:1.25rem;fill:none;stroke:currentColor;stroke-width:1.5;
  stroke-linecap:round;stroke-linejoin:round}
button,input,select,textarea{font:inherit;color:inherit}
[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.lead{color:var(--fg-2);font-size:1rem;line-height:1.5}
.quiet{color:var(--fg-3)}
.nums{font-variant-numeric:tabular-nums}
.nowrap{display:inline-block;max-inline-size:100%}
.first-cap{display:inline-block}
.first-cap::first-letter{text-transform:uppercase}
.sr-only{position:absolute;inline-size:1px;block-size:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);
  white-space:nowrap;border:0}
.skip{position:absolute;inset-block-start:.5rem;inset-inline-start:.5rem;z-index:1;padding:.5rem 1rem;
  background:var(--surface);color:var(--link);border-radius:var(--r-s);transform:translateY(-200%)}
.skip:focus{transform:none}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important;
  scroll-behavior:auto!important}}
@media (forced-colors:active){svg{forced-color-adjust:auto}:focus-visible{outline-color:Highlight}}
`
