import { compact } from '../layout/compact.ts'
import { type Language, wordsFor } from '../words/index.ts'
import { deviceCheckMedia } from './media.ts'
import { deviceCheckSound } from './sound.ts'
import { deviceCheckView } from './view.ts'

/**
 * How the parts go together. `turn` counts the tests: what an earlier one still waits for no longer counts. Each part is
 * settled once; a microphone that is heard after it was given up on is taken for good.
 */
const FLOW = `
const PARTS=["camera","microphone","speaker","connection"];
const agent=navigator.userAgent;
const platform=/iPhone|iPad|iPod/.test(agent)||(/Macintosh/.test(agent)&&navigator.maxTouchPoints>1)?"ios":/Android/.test(agent)?"android":"desktop";
let turn=0,result={},streams=[],audio=null,timers=[],sent="";
const later=(act,ms)=>{timers.push(setTimeout(act,ms));};
const often=(act,ms)=>{timers.push(setInterval(act,ms));};
const live=()=>streams.length>0;
const stop=()=>{
timers.splice(0).forEach((timer)=>{clearTimeout(timer);clearInterval(timer);});
streams.splice(0).forEach((got)=>got.getTracks().forEach((track)=>track.stop()));
document.querySelectorAll("#check video,#check meter").forEach((shown)=>shown.parentNode.replaceChildren());
};
const helpFor=(part,kind)=>{
const H=W.help;
if(kind==="pass")return "";
if(part==="connection")return kind==="slow"?H.slow:H.offline;
if(part==="speaker")return H.speaker[platform];
if(kind==="missing")return part==="camera"?H.missingCamera:H.missingMicrophone;
if(kind==="fail")return H.unsupported;
return H[kind][platform];
};
const settle=(part,kind,mine,help)=>{
if(mine!==turn||(result[part]&&kind!=="pass")||result[part]===kind)return;
result[part]=kind;
showResult(part,kind,help||helpFor(part,kind));
if(PARTS.every((each)=>result[each]))showEnd(PARTS.every((each)=>result[each]==="pass"));
if(result.camera&&result.microphone&&result.connection)tell();
};
const post=(url,fields)=>fetch(url,{method:"POST",body:new URLSearchParams(Object.assign({csrf:box.dataset.csrf},fields)),keepalive:true}).catch(()=>{});
const tell=()=>{
const said=JSON.stringify(result);
if(said!==sent)post(box.dataset.report,result);
sent=said;
};
const testConnection=(mine)=>{
const ask=(at)=>fetch(box.dataset.probe+"?"+Date.now()+at,{cache:"no-store",credentials:"omit"}).then((answer)=>{
if(!answer.ok)throw new Error("status");
return answer.arrayBuffer();
});
const cut=new Promise((_,no)=>setTimeout(no,15000));
let began=0;
Promise.race([cut,ask(1).then(()=>{began=performance.now();return ask(2);})])
.then(()=>settle("connection",performance.now()-began<=1000?"pass":"slow",mine),()=>settle("connection","fail",mine));
};
const start=()=>{
stop();
turn++;
result={};
const Context=window.AudioContext||window.webkitAudioContext;
if(Context&&!audio)audio=new Context();
if(audio)audio.resume();
showRows();
end.firstElementChild.focus();
testConnection(turn);
testSpeaker(turn);
testMedia(turn);
later(finish,180000);
};
const finish=()=>{
const mine=turn;
stop();
if(!result.camera||!result.microphone){turn++;showIntro();return;}
if(!result.speaker)rows.speaker.body.replaceChildren();
tell();
showEnd(PARTS.every((part)=>result[part]==="pass"||(part==="speaker"&&!result[part])));
if(mine===turn)turn++;
};
addEventListener("pagehide",stop);
document.addEventListener("submit",stop);
document.addEventListener("changed",()=>{
const open=!!document.querySelector("#visit[data-ahead]");
if(!open)stop();
box.hidden=!open;
});
showIntro();
if(box.dataset.seen)post(box.dataset.seen,{});
`

/** The device check in one language: what `/device-check/{name}` serves. A strict policy needs no exception for it. */
export function deviceCheckScript(lang: Language): string {
  const words = JSON.stringify(wordsFor(lang).check)
  return compact(
    `(function(W){"use strict";const box=document.getElementById("check");if(!box||box.dataset.on)return;box.dataset.on="1";`,
    deviceCheckView,
    deviceCheckMedia,
    deviceCheckSound,
    FLOW,
    `})(${words});`,
  )
}
