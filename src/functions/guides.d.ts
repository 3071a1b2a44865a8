/** A guide of docs/, rendered when the bundle is built (scripts/guides.ts). */
declare module '*.md' {
  const guide: { readonly title: string; readonly html: string }
  export default guide
}
