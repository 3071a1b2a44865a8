/** The address that a site's integration engine posts to, which is also the audience of its tokens. */
export function pushUrl(publicUrl: string, siteId: string): string {
  return `${publicUrl}/sites/${siteId}/appointments`
}
