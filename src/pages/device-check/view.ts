/**
 * What the check shows. Elements are made one by one and texts set as text: nothing is parsed as HTML. `W` are the words
 * of the page's language, `box` is the empty section that waits for it.
 */
export const deviceCheckView = `
const el=(tag,props,kids)=>{
const made=Object.assign(document.createElement(tag),props||{});
(kids||[]).forEach((kid)=>{if(kid)made.append(kid);});
return made;
};
const button=(text,act,primary)=>{
const made=el("button",{type:"button",className:primary?"btn btn-primary":"btn",textContent:text});
made.addEventListener("click",act);
return made;
};
const spoken=el("p",{className:"sr-only"});
spoken.setAttribute("role","status");
const list=el("ul",{className:"checks"});
const end=el("div",{className:"more"});
const rows={};
const row=(part)=>{
const res=el("span",{className:"res",textContent:W.testing});
const body=el("div",{className:"more"});
const help=el("p",{hidden:true});
rows[part]={res,body,help};
return el("li",{},[el("span",{className:"part",textContent:W[part]}),res,body,help]);
};
const showIntro=()=>{
const heading=el("h2",{id:"check-title",textContent:W.title});
box.replaceChildren(heading,el("p",{textContent:W.intro}),button(W.start,start));
box.setAttribute("aria-labelledby","check-title");
box.hidden=false;
};
const showRows=()=>{
list.replaceChildren(...PARTS.map(row));
end.replaceChildren(button(W.end,finish));
box.replaceChildren(box.firstElementChild,list,end,spoken);
};
const showResult=(part,result,help)=>{
const good=result==="pass",shown=rows[part];
shown.res.textContent=good?W.works:W.fails;
shown.res.className=good?"res ok":"res bad";
shown.help.textContent=help||"";
shown.help.hidden=!help;
spoken.textContent=W[part]+": "+shown.res.textContent+(help?". "+help:"");
};
const showEnd=(good)=>{
const ways=good?[]:[result.microphone==="pass"?W.wayJoin:"",box.dataset.phone?W.wayPhone:"",W.wayClinic].filter(Boolean);
end.replaceChildren(...[
el("p",{textContent:good?W.allGood:W.notAllGood}),
good?null:el("h3",{textContent:W.ways}),
good?null:el("ul",{className:"plain"},ways.map((way)=>el("li",{textContent:way}))),
el("div",{className:"answers"},[live()?button(W.end,finish):null,button(W.again,start)])
].filter(Boolean));
spoken.textContent=good?W.allGood:W.notAllGood;
};
`
