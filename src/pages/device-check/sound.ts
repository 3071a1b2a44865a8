/**
 * The level of the microphone as a bar, and two notes from the speaker: whether they were heard only the patient can
 * say. Sound is made, not loaded.
 */
export const deviceCheckSound = `
const watchMicrophone=(got,mine)=>{
const meter=el("meter",{min:0,max:1,value:0});
meter.setAttribute("aria-label",W.level);
rows.microphone.body.replaceChildren(el("p",{textContent:W.speak}),meter);
if(!audio){settle("microphone","fail",mine,W.help.unsupported);return;}
const analyser=audio.createAnalyser(),samples=new Uint8Array(1024);
audio.createMediaStreamSource(got).connect(analyser);
let heard=0;
often(()=>{
analyser.getByteTimeDomainData(samples);
let sum=0;
samples.forEach((sample)=>{sum+=(sample-128)*(sample-128);});
const loud=Math.sqrt(sum/samples.length)/128;
meter.value=Math.min(1,loud*5);
if(loud>.02&&++heard===3)settle("microphone","pass",mine);
},100);
later(()=>settle("microphone","silent",mine),15000);
};
const testSpeaker=(mine)=>{
const body=rows.speaker.body;
const ask=()=>{
sound();
if(result.speaker)return;
body.replaceChildren(el("p",{textContent:W.heard}),el("div",{className:"answers"},[
button(W.yes,()=>answer("pass")),button(W.no,()=>answer("fail"))]),play);
};
const play=button(W.play,ask);
const answer=(kind)=>{
body.replaceChildren(play);
play.focus();
settle("speaker",kind,mine);
};
rows.speaker.res.textContent="";
body.replaceChildren(play);
};
const sound=()=>{
if(!audio)return;
audio.resume();
[[523,0],[659,.35]].forEach((note)=>{
const tone=audio.createOscillator(),gain=audio.createGain(),from=audio.currentTime+note[1];
tone.frequency.value=note[0];
gain.gain.setValueAtTime(0,from);
gain.gain.linearRampToValueAtTime(.5,from+.03);
gain.gain.linearRampToValueAtTime(0,from+.5);
tone.connect(gain).connect(audio.destination);
tone.start(from);
tone.stop(from+.55);
});
};
`
