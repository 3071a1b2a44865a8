import { compact } from '../layout/compact.ts'

/**
 * Fetches the device check once the page is painted: joining never waits for it, and a phone that loads no script loses
 * only the check. The address and the hash that it must have stand in the page (`#check`).
 */
export const deviceCheckLoader = compact(`
(function(){
var box=document.getElementById("check");
if(!box||!box.dataset.script)return;
function load(){
var script=document.createElement("script");
script.integrity=box.dataset.integrity;
script.src=box.dataset.script;
document.head.appendChild(script);
}
addEventListener("load",function(){requestAnimationFrame(function(){setTimeout(load,0);});});
})();
`)
