/**
 * Camera and microphone. Both are asked for at once, so that there is one question; where that fails each is looked at
 * alone (Media Capture and Streams, section 10.2: the names of the errors). A device that was refused is not asked for
 * again: the browser would only refuse again, or ask a second time.
 */
export const deviceCheckMedia = `
const KINDS={NotAllowedError:"blocked",SecurityError:"blocked",NotFoundError:"missing",OverconstrainedError:"missing",NotReadableError:"busy",AbortError:"busy"};
const kindOf=(error)=>KINDS[error&&error.name]||"fail";
const WANTED={camera:{video:{facingMode:"user"}},microphone:{audio:true}};
const use=(got,mine)=>{
if(mine!==turn){got.getTracks().forEach((track)=>track.stop());return;}
streams.push(got);
if(got.getVideoTracks().length)watchCamera(got,mine);
if(got.getAudioTracks().length)watchMicrophone(got,mine);
};
const allowed=(part)=>navigator.permissions&&navigator.permissions.query?
navigator.permissions.query({name:part}).then((answer)=>answer.state,()=>""):Promise.resolve("");
const alone=(part,first,mine)=>allowed(part).then((state)=>{
if(state==="denied"||(first==="blocked"&&state!=="granted")){settle(part,"blocked",mine);return;}
return navigator.mediaDevices.getUserMedia(WANTED[part]).then((got)=>use(got,mine),(error)=>settle(part,kindOf(error),mine));
});
const testMedia=(mine)=>{
const devices=navigator.mediaDevices;
if(!devices||!devices.getUserMedia){
settle("camera","fail",mine,W.help.unsupported);
settle("microphone","fail",mine,W.help.unsupported);
return;
}
devices.getUserMedia(Object.assign({},WANTED.camera,WANTED.microphone)).then((got)=>use(got,mine),(error)=>{
const first=kindOf(error);
return alone("camera",first,mine).then(()=>alone("microphone",first,mine));
});
};
const watchCamera=(got,mine)=>{
const video=el("video",{muted:true,autoplay:true,playsInline:true});
video.setAttribute("aria-label",W.picture);
video.srcObject=got;
rows.camera.body.replaceChildren(video);
const seen=()=>{if(video.videoWidth)settle("camera","pass",mine);};
video.addEventListener("loadeddata",seen);
video.addEventListener("resize",seen);
later(()=>settle("camera","busy",mine),8000);
};
`
