import type { Child } from 'hono/jsx'
import { compact } from '../../layout/compact.ts'
import { Button } from '../../layout/components/button.tsx'
import { Field } from '../../layout/components/field.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Frame } from '../layout/frame.ts'
import { graphWords } from './graph-words.ts'

export type Candidate = {
  readonly id: string
  readonly name: string
  readonly upn: string
  readonly enabled: boolean
  /** Is an organizer already. */
  readonly chosen: boolean
}

/** On the form itself: older screen readers do not know the element `search`. */
const SEARCH = { role: 'search' }

/** Asks for a name. Without script it leads to a page with what was found; with it, that page fills `#found` here. */
export const Picker = ({ typed, results }: { typed: string; results?: Child }) => (
  <div class="part">
    <form method="get" action="/portal/people" data-picker {...SEARCH}>
      <Field
        id="find"
        label="Add an account"
        hint="Type the beginning of a name or an address, at least two letters."
      >
        <div class="beside">
          <input
            class="input"
            id="find"
            name="find"
            type="search"
            value={typed}
            maxlength={100}
            autocomplete="off"
            aria-describedby="find-hint"
          />
          <Button>Search</Button>
        </div>
      </Field>
    </form>
    <p class="sr-only" id="find-said" role="status" />
    {results ?? <div id="found" />}
  </div>
)

/** What was found, a button each. `data-said` is read out when the list changes while somebody types. */
export const Found = ({
  frame,
  version,
  typed,
  people,
  problem,
}: {
  frame: Frame
  version: string
  typed: string
  people: readonly Candidate[] | undefined
  problem: string | undefined
}) => {
  const said = sentence(typed, people, problem)
  return (
    <div id="found" data-said={said}>
      {said === '' ? null : <p class="quiet">{said}</p>}
      <ul class="people-found">
        {(people ?? []).map((person) => (
          <li>
            <div>
              <p>
                <strong>{person.name}</strong>
              </p>
              <p class="quiet">
                {person.upn}
                {person.enabled ? '' : ' · sign-in is blocked'}
              </p>
            </div>
            {person.chosen ? (
              <span class="quiet">Chosen already</span>
            ) : (
              <PostForm
                action="/portal/permissions/organizers"
                fields={{ csrf: frame.csrf, version, user: person.id }}
                inline
              >
                <Button>
                  Add<span class="sr-only"> {person.name}</span>
                </Button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function sentence(
  typed: string,
  people: readonly Candidate[] | undefined,
  problem: string | undefined,
): string {
  if (people === undefined) return `The search did not work. ${graphWords(problem)}`
  if (typed.trim().length < 2) return typed.trim() === '' ? '' : 'Type at least two letters.'
  if (people.length === 0) return `Nobody was found for “${typed.trim()}”.`
  return people.length === 1 ? 'One account was found.' : `${people.length} accounts were found.`
}

/** Searches while somebody types, a moment after the last letter; an answer that came too late is dropped. */
export const pickerScript = compact(`
(function(){
var form=document.querySelector("[data-picker]");
if(!form||!window.fetch||!window.DOMParser)return;
var field=form.querySelector("input[name=find]"),said=document.getElementById("find-said"),timer=0,turn=0;
function look(){
var mine=++turn;
fetch(form.getAttribute("action")+"?find="+encodeURIComponent(field.value),{credentials:"same-origin",cache:"no-store"})
.then(function(answer){return answer.text();})
.then(function(text){
if(mine!==turn)return;
var next=new DOMParser().parseFromString(text,"text/html").getElementById("found");
if(!next){form.submit();return;}
document.getElementById("found").replaceWith(document.adoptNode(next));
said.textContent=next.getAttribute("data-said")||"";
}).catch(function(){});
}
field.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(look,250);});
form.addEventListener("submit",function(event){event.preventDefault();clearTimeout(timer);look();});
})();
`)
