const USER =
  /^(Patient|PractitionerRole|Practitioner|RelatedPerson|Person)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/

export type FhirUser = { readonly resourceType: string; readonly id: string }

/**
 * The resource that `fhirUser` points to (SMART App Launch 2.2.0 §Scopes for requesting identity data). A relative
 * reference is the site's own; an absolute one must lie under the site's FHIR base, since an id means something only
 * together with its server.
 * @returns undefined where it is neither: another server's user, another kind of resource, no reference at all.
 */
export function parseFhirUser(claim: string, fhirBaseUrl: string): FhirUser | undefined {
  const [, resourceType, id] = USER.exec(relative(claim, fhirBaseUrl) ?? '') ?? []
  return resourceType === undefined || id === undefined ? undefined : { resourceType, id }
}

function relative(claim: string, fhirBaseUrl: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:/i.test(claim)) return claim
  if (!URL.canParse(claim) || !URL.canParse(fhirBaseUrl)) return undefined
  // Compared as parsed: a prefix of characters would take https://ehr.example.org.attacker.example for the base.
  const [url, base] = [new URL(claim), new URL(`${fhirBaseUrl.replace(/\/+$/, '')}/`)]
  if (url.origin !== base.origin || url.username || url.password || url.search || url.hash) return undefined
  return url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length) : undefined
}
