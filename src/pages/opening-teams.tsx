import { clinicianDocument } from './layout/clinician-document.tsx'
import { compact } from './layout/compact.ts'
import { ButtonLink } from './layout/components/button.tsx'
import type { Rendered } from './layout/document.ts'

export type OpeningTeamsModel = {
  /** `msteams:` address of the meeting: opens the app. */
  readonly appUrl: string
  /** The same meeting by https: Teams' own page offers app and browser. */
  readonly browserUrl: string
}

/** Opens the app by the link on the page, so that the page works without script too. */
export const openTeams = compact(`
(function(){
var link=document.getElementById("open-app");
if(link)location.href=link.href;
})();
`)

/** Beside the visit's page: Teams opens over it. Stays for whoever has no Teams app here. */
export function openingTeamsPage(model: OpeningTeamsModel): Rendered {
  return clinicianDocument({
    title: 'Opening Teams',
    narrow: true,
    scripts: [openTeams],
    children: (
      <div class="card panel">
        <div class="part">
          <h1>Teams is opening</h1>
          <p class="lead">Close this tab once you are in the meeting. The visit’s own page stays open.</p>
        </div>
        <div class="actions">
          <ButtonLink href={model.appUrl} look="primary" large id="open-app">
            Open Teams
          </ButtonLink>
          <ButtonLink href={model.browserUrl} large id="open-browser">
            Join in the browser instead
          </ButtonLink>
        </div>
        <p class="ref">If nothing happens, this computer has no Teams app. Join in the browser instead.</p>
      </div>
    ),
  })
}
