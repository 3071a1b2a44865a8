import { compact } from './compact.ts'

/**
 * Counts `[data-minutes-left]` down between two looks at the server. It trusts the server's minutes and the phone's
 * steady clock, never the phone's time of day, which may be wrong. At the end it asks for a look.
 */
export const countdown = compact(`
(function(){
if(!window.Intl||!Intl.ListFormat||!window.performance)return;
var lang=document.documentElement.lang,box=null,left=0,since=0,asked=false;
function take(){
box=document.querySelector("[data-minutes-left]");
left=box?Number(box.getAttribute("data-minutes-left")):0;
since=performance.now();
asked=false;
}
function part(n,unit){
return new Intl.NumberFormat(lang,{style:"unit",unit:unit,unitDisplay:"long"}).format(n);
}
function words(m){
var d=Math.floor(m/1440),h=Math.floor(m%1440/60),min=m%60,list=[];
if(d)list.push(part(d,"day"));
if(h)list.push(part(h,"hour"));
if(!d&&(min||!h))list.push(part(min,"minute"));
return new Intl.ListFormat(lang,{type:"unit",style:"long"}).format(list);
}
function tick(){
if(!box)return;
var now=left-Math.floor((performance.now()-since)/60000);
if(now>=1){box.textContent=words(now);return;}
if(!asked){asked=true;document.dispatchEvent(new Event("look"));}
}
take();
document.addEventListener("changed",take);
setInterval(tick,5000);
})();
`)
