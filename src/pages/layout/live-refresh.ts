import { compact } from './compact.ts'

/**
 * Keeps the parts of a page that change up to date, in place. The element with `data-refresh` gives the seconds between
 * looks, and may differ in the next answer. With `data-look` the look goes to that address, conditionally, also while the
 * tab is in the background, and costs nothing until something changed (304); an answer without changing parts says that the
 * page itself is to be read again. Every `[data-live]` part (with an id) is replaced when its `data-sign` differs, and its
 * `data-announce` is said through `#announce`, one after the other where several differ. A countdown is set again to the server's minutes at every look: a phone that slept lost its own. `[data-updates]` is shown while
 * it runs. When two looks in a row fail, `[data-stale]` is shown, so that nobody trusts an old state.
 */
export const liveRefresh = compact(`
(function(){
var root=document.querySelector("[data-refresh]");
if(!root||!window.fetch||!window.DOMParser)return;
var every=seconds(root),busy=false,missed=0,timer=0,eye=root.getAttribute("data-look"),sign="";
function seconds(from){
return from?Number(from.getAttribute("data-refresh"))*1000:0;
}
function plan(){
clearTimeout(timer);
if(every)timer=setTimeout(look,every);
}
function stale(){
missed++;
var note=document.querySelector("[data-stale]");
if(note)note.hidden=missed<2;
}
function fresh(){
missed=0;
var note=document.querySelector("[data-stale]");
if(note)note.hidden=true;
}
function change(text,looked){
var next=new DOMParser().parseFromString(text,"text/html"),said="",seen=false;
document.querySelectorAll("[data-live]").forEach(function(old){
var now=next.getElementById(old.id);
if(!now)return;
seen=true;
if(now.getAttribute("data-sign")===old.getAttribute("data-sign")){
var shown=old.querySelector("[data-minutes-left]"),left=now.querySelector("[data-minutes-left]");
if(shown&&left)shown.replaceWith(document.adoptNode(left));
return;
}
var at=document.activeElement,focused=at&&old.contains(at)?at.id:"";
var word=now.getAttribute("data-announce");
if(word)said+=(said?" ":"")+word;
old.replaceWith(document.adoptNode(now));
var again=focused?document.getElementById(focused):null;
if(again)again.focus();
});
if(!seen){if(looked&&next.querySelector("[data-again]"))return read(location.href);sign="";stale();return;}
fresh();
document.title=next.title;
every=seconds(next.querySelector("[data-refresh]"));
plan();
var line=document.getElementById("announce");
if(line&&said)line.textContent=said;
document.dispatchEvent(new Event("changed"));
}
function read(url){
var headers={accept:"text/html","x-language":document.documentElement.lang},looked=url!==location.href;
if(looked&&sign)headers["if-none-match"]=sign;
return fetch(url,{cache:"no-store",credentials:"same-origin",headers:headers})
.then(function(answer){
if(looked)sign=answer.headers.get("etag")||"";
if(answer.status===304){fresh();return;}
return answer.text().then(function(text){return change(text,looked);});
});
}
function look(){
plan();
if(busy||(document.hidden&&!eye))return;
busy=true;
read(eye||location.href)
.catch(function(){sign="";stale();})
.then(function(){busy=false;});
}
plan();
var updates=document.querySelector("[data-updates]");
if(updates)updates.hidden=false;
var until=document.querySelector("[data-until-updates]");
if(until)until.hidden=true;
document.addEventListener("visibilitychange",look);
document.addEventListener("look",look);
})();
`)
