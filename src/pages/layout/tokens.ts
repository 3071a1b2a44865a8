/**
 * Colours, spacing, radii and shadows as CSS custom properties, after the Fluent 2 web tokens with the Teams brand ramp
 * (Fluent 2 design system, "Color tokens"). Every text pair has at least 4.5:1, every control border at least 3:1
 * (WCAG 2.2, 1.4.3 and 1.4.11) in both schemes.
 */
export const tokens = `
:root{
  color-scheme:light dark;
  --bg:#f5f5f5;--surface:#fff;--surface-2:#fafafa;--surface-hover:#f5f5f5;--surface-press:#e0e0e0;
  --fg:#242424;--fg-2:#424242;--fg-3:#5c5c5c;
  --line:#e0e0e0;--line-2:#d1d1d1;--line-field:#616161;
  --brand:#5b5fc7;--brand-hover:#4f52b2;--brand-press:#383966;--on-brand:#fff;
  --link:#4f52b2;--link-hover:#383966;--tint:#e8ebfa;--on-tint:#3d3e78;
  --bar:#444791;--on-bar:#fff;--focus:#242424;
  --info:#f5f5f5;--info-fg:#424242;--info-line:#d1d1d1;
  --good:#f1faf1;--good-fg:#0e700e;--good-line:#9fd89f;
  --warn:#fff9f5;--warn-fg:#8a3707;--warn-line:#fdcfb4;
  --bad:#fdf3f4;--bad-fg:#b10e1c;--bad-line:#eeacb2;
  --shadow:0 0 2px rgba(0,0,0,.12),0 1px 2px rgba(0,0,0,.14);
  --r-s:.25rem;--r-m:.5rem;--r-l:.75rem;
  --s1:.25rem;--s2:.5rem;--s3:.75rem;--s4:1rem;--s5:1.5rem;--s6:2rem;--s7:3rem;
  --font:"Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue","Noto Sans",sans-serif;
  --mono:"Cascadia Mono",Consolas,ui-monospace,Menlo,monospace;
}
@media screen and (prefers-color-scheme:dark){:root{
  --bg:#1a1a1a;--surface:#292929;--surface-2:#242424;--surface-hover:#333;--surface-press:#1f1f1f;
  --fg:#fff;--fg-2:#d6d6d6;--fg-3:#b8b8b8;
  --line:#3d3d3d;--line-2:#525252;--line-field:#adadad;
  --brand:#5b5fc7;--brand-hover:#666ad6;--brand-press:#444791;--on-brand:#fff;
  --link:#aab1fa;--link-hover:#c5cbfa;--tint:#333357;--on-tint:#dce0fa;
  --bar:#2f2f4a;--on-bar:#fff;--focus:#fff;
  --info:#333;--info-fg:#d6d6d6;--info-line:#525252;
  --good:#0b2a0b;--good-fg:#7ecf7e;--good-line:#1f6b1f;
  --warn:#3d1a05;--warn-fg:#fab083;--warn-line:#8a3707;
  --bad:#3b0f14;--bad-fg:#f1a3aa;--bad-line:#8f2c36;
  --shadow:0 0 2px rgba(0,0,0,.24),0 1px 2px rgba(0,0,0,.28);
}}
`
