import { compact } from '../../layout/compact.ts'

/**
 * Looks at the address while it is typed: the form is sent to the address of `data-check`, and of the page that comes
 * back the tick and the words beside the field are taken over. Without it the same look happens on Done. It also closes
 * an open menu on Escape, and when something else is chosen.
 */
export const checkScript = compact(`
(function(){
document.documentElement.classList.add("scripted");
document.addEventListener("click",function(event){
document.querySelectorAll("details.menu[open]").forEach(function(menu){
if(!menu.contains(event.target))menu.open=false;
});
});
document.addEventListener("keydown",function(event){
if(event.key!=="Escape")return;
document.querySelectorAll("details.menu[open]").forEach(function(menu){
menu.open=false;
menu.querySelector("summary").focus();
});
});
var box=document.querySelector("[data-check]");
if(!box||!window.fetch||!window.DOMParser||!window.AbortController)return;
var field=box.querySelector("input"),form=field.form,timer=0,running=null,seen=field.value;
function take(next,id){
var from=next.getElementById(id),to=document.getElementById(id);
if(!from||!to)return false;
to.className=from.className;
to.replaceChildren.apply(to,Array.from(from.childNodes).map(function(node){return document.adoptNode(node);}));
return true;
}
function show(text){
var next=new DOMParser().parseFromString(text,"text/html");
if(!take(next,"check"))return;
take(next,"check-mark");
var typed=next.getElementById("url");
if(typed&&typed.getAttribute("aria-invalid"))field.setAttribute("aria-invalid","true");
else field.removeAttribute("aria-invalid");
}
function look(){
seen=field.value;
if(running)running.abort();
if(!field.value.trim())return;
var mine=running=new AbortController();
box.classList.add("busy");
fetch(box.getAttribute("data-check"),{method:"POST",body:new URLSearchParams(new FormData(form)),
signal:mine.signal,cache:"no-store",credentials:"same-origin",headers:{accept:"text/html"}})
.then(function(answer){return answer.text();})
.then(function(text){if(running===mine)show(text);})
.catch(function(){})
.then(function(){if(running===mine){running=null;box.classList.remove("busy");}});
}
function plan(wait){
clearTimeout(timer);
if(field.value!==seen)timer=setTimeout(look,wait);
}
field.addEventListener("input",function(){plan(600);});
field.addEventListener("change",function(){plan(0);});
form.addEventListener("submit",function(){clearTimeout(timer);if(running)running.abort();});
})();
`)
