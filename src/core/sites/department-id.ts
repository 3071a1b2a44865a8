/**
 * A department's id by its name, different from the ones that are there: visits refer to it, and the same name gives the
 * same id when a site is written anew. Pure.
 * @param index its place in the list, for names that give no id
 */
export function departmentId(name: string, index: number, taken: ReadonlySet<string>): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  if (slug !== '' && !taken.has(slug)) return slug
  let number = index + 1
  while (taken.has(`department-${number}`)) number++
  return `department-${number}`
}

/** What a FHIR id may be (R4, "Primitive types: id"). */
export const LOCATION_ID = /^[A-Za-z0-9.-]{1,64}$/
