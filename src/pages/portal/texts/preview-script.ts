import { compact } from '../../layout/compact.ts'

/**
 * Shows what the words in the form become while somebody types: the server makes the previews, as it makes the texts.
 * The form is posted to the address in its `data-preview`; every `[data-live]` part of the answer takes its place.
 */
export const previewScript = compact(`
(function(){
var form=document.querySelector("form[data-preview]");
if(!form||!window.fetch||!window.DOMParser||!window.FormData)return;
var timer=0,asked=0;
function show(){
var mine=++asked;
fetch(form.getAttribute("data-preview"),{method:"POST",credentials:"same-origin",cache:"no-store",
body:new URLSearchParams(new FormData(form))})
.then(function(answer){return answer.ok?answer.text():"";})
.then(function(text){
if(!text||mine!==asked)return;
var next=new DOMParser().parseFromString(text,"text/html");
document.querySelectorAll("[data-live]").forEach(function(old){
var now=next.getElementById(old.id);
if(now&&now.getAttribute("data-sign")!==old.getAttribute("data-sign"))old.replaceWith(document.adoptNode(now));
});
})
.catch(function(){});
}
form.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(show,300);});
})();
`)
