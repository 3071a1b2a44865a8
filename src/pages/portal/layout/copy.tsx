import { compact } from '../../layout/compact.ts'

/** Copies what stands in the element with this id. Without script it is not shown: the text can be selected. */
export const CopyButton = ({ of, label }: { of: string; label: string }) => (
  <button type="button" class="btn btn-copy" data-copy={of} hidden>
    Copy<span class="sr-only"> {label}</span>
  </button>
)

/** Where it is said aloud; once on a page that has copy buttons. */
export const CopyStatus = () => <p class="sr-only" id="copied" role="status" />

export const copyScript = compact(`
(function(){
if(!navigator.clipboard)return;
var said=document.getElementById("copied");
function shown(button){
var words=button.firstChild,before=words.nodeValue;
words.nodeValue="Copied";
if(said)said.textContent="Copied.";
setTimeout(function(){words.nodeValue=before;if(said)said.textContent="";},2000);
}
document.querySelectorAll("[data-copy]").forEach(function(button){
button.hidden=false;
button.addEventListener("click",function(){
var from=document.getElementById(button.getAttribute("data-copy"));
navigator.clipboard.writeText(from.textContent.trim()).then(function(){shown(button);});
});
});
})();
`)
