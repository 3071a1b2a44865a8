import { compact } from '../layout/compact.ts'

/**
 * Opens the Teams app once, by the very form that the button posts: the click is noted the same way, and the page stays
 * as it is. Where no app answers, the buttons are there.
 */
export const openAtOnce = compact(`
(function(){
var button=document.getElementById("join-app"),form=button&&button.form;
if(!form||!window.fetch||!window.FormData||!window.URLSearchParams)return;
fetch(form.action,{method:"POST",credentials:"same-origin",headers:{accept:"application/json"},body:new URLSearchParams(new FormData(form))})
.then(function(answer){return answer.ok?answer.json():null;})
.then(function(said){if(said&&said.open)location.href=said.open;})
.catch(function(){});
})();
`)
