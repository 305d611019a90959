var ze=`.badge {
  position: fixed;
  top: 13px;
  right: 64px;
  z-index: 1000001;
  padding: 5px 12px;
  border: 1px solid currentcolor;
  border-radius: 999px;
  font: 13px / 1.4 var(--page-font);
  white-space: nowrap;
  background: var(--page-background-color);
  color: color-mix(in srgb, var(--page-text-color) 75%, transparent);
}
.badge[data-status="ok"] {
  color: color-mix(in srgb, #0a7d2c 70%, var(--page-text-color));
  background: color-mix(in srgb, #0a7d2c 8%, var(--page-background-color));
}
.badge[data-status="ok"]::before {
  content: "✓ ";
}
.badge[data-status="wrong"] {
  color: color-mix(in srgb, #c01c28 45%, var(--page-text-color));
  background: color-mix(in srgb, #c01c28 10%, var(--page-background-color));
  font-weight: 600;
}
.badge[data-status="wrong"]::before {
  content: "✗ ";
}
.badge[data-status="partly"]::before {
  content: "△ ";
}
@media (max-width: 900px) {
  .badge {
    top: auto;
    bottom: 4px;
    right: 8px;
    position: static;
    margin: 6px 0;
    display: inline-block;
    white-space: normal;
    font-size: 12px;
  }
}
`;var Sn=`/* The Check page; colours and controls are in palette.css. */

.check {
  display: flex;
  flex-direction: column;
  gap: 10px;
  padding: 0 0 12px;
}
.check p {
  max-width: 76ch;
  margin: 0;
}
.check .choices {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 16px;
}
.check .choices label:first-child {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 8px;
  max-width: 100%;
}
.check .choices select {
  max-width: 100%;
}
.check .notice {
  padding: 8px 12px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--forward);
  border-radius: 6px;
  background: var(--ground);
}
.check .notice.error,
.check .verdict[data-ok="false"] {
  border-left-color: #d0342c;
  background: color-mix(in srgb, #d0342c 10%, var(--bg));
}
.check .verdict {
  padding: 8px 12px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--update);
  border-radius: 6px;
  background: color-mix(in srgb, var(--update) 10%, var(--bg));
  font-weight: 600;
  overflow-wrap: anywhere;
}
/* headings and names stay while the rows scroll */
.check .rows {
  width: fit-content;
  max-width: 100%;
  max-height: max(260px, calc(100dvh - 290px));
  overflow: auto;
  border: 1px solid var(--rule);
  border-radius: 8px;
}
.check thead th {
  position: sticky;
  z-index: 2;
  top: 0;
  background: var(--bg);
}
.check thead th:first-child {
  z-index: 3;
}
.check tbody tr:last-child :is(td, th) {
  border-bottom: 0;
}
.check .rows:focus-visible {
  outline: 2px solid var(--ring);
}
.check table {
  border-collapse: separate; /* collapsed borders do not stay with a cell that is sticky */
  border-spacing: 0;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
}
.check th,
.check td {
  padding: 3px 12px;
  border-bottom: 1px solid var(--rule);
  text-align: left;
  white-space: nowrap;
}
.check th {
  color: var(--muted);
  font-weight: 600;
}
.check td:nth-child(n + 3):nth-child(-n + 6),
.check th:nth-child(n + 3):nth-child(-n + 6) {
  text-align: right;
}
.check td:last-child {
  min-width: 24ch;
  white-space: normal;
}
.check tbody th {
  color: inherit;
}
/* the name of the tensor stays while the row scrolls */
.check th:first-child {
  position: sticky;
  left: 0;
  background: var(--bg);
}
.check tr[data-ok="false"] :is(td, th) {
  background: color-mix(in srgb, #d0342c 10%, var(--bg));
}
.check .caption {
  color: var(--muted);
  font-size: 12.5px;
}
@media (max-width: 640px) {
  .check th,
  .check td {
    padding: 4px 8px;
  }
}
`;var aa=/^(?!(?:sin|cos|exp|ln|log|tanh)\b(?! ))(?!(?:sin|cos|exp|ln) )[a-z][a-z]/;function $i(o){return aa.test(o)}function Ut(o){return $i(o)?o[0].toUpperCase()+o.slice(1):o}function la(o){try{return new Intl.NumberFormat(o||void 0).formatToParts(1.5).find(({type:e})=>e==="decimal")?.value===","}catch{return!1}}var[En,Tn]=[null,!1];function Pe(){let o=globalThis.navigator?.language;return o!==En&&([En,Tn]=[o,la(o)]),Tn}var ha=/(?<![\w.,'’])(\d+)\.(\d+)(?!\d|\.\d|['’]|\.?[A-Za-df-z_])/g,ca=/(?<![\w.,'’])\d{1,3}(?:,\d{3})+(?![\d'’]|[.,]\d)/g,pa=/(\d,\d+(?:e[−-]?\d+)?), (?=[−+-]?\d)|(\d), (?=[−+-]?\d+,\d)/g;function D(o){return!Pe()||typeof o!="string"||!/\d[.,]\d/.test(o)?o:o.replace(ca,t=>t.replaceAll(","," ")).replace(ha,"$1,$2").replace(pa,"$1$2; ")}function Mn(o){return Pe()?o.replace(",","."):o}var On=o=>Pe()&&o===","?";":o;function An(){return Pe()?{decimal:","}:{}}var Si=[.01,.1,1,10,100,1e3,1e4,1e5],zn=64,da=6,Pn={digits:3,fractions:!1};function I(o,{digits:t,fractions:e}=Pn){let s=Math.abs(o),i=o<0?"−":"";if(s<1e6&&Number.isInteger(s))return i+s;if(!Number.isFinite(s))return Number.isNaN(s)?"NaN":`${i}∞`;let n=e&&ma(s);return n?i+n:s>=.001&&s<1e6?i+ua(s,t):i+Nn(fa(s,t))}function O(o){if(!Number.isFinite(o))return I(o);let t=Math.abs(o),e=t.toExponential(),s=Number(e.split("e")[1]);return(o<0?"−":"")+(s<-4||s>=16?Nn(e):t)}function Ln(o,t=Pn){let e=I(o,t),s=O(o);return[e,s===e?"":s]}function J(o,t=1){let e=Math.abs(100*o);if(!(e<1e6))return Number.isFinite(e)?`${I(100*o)}%`:I(o);let s=r=>Number(Ce(e,r)),i=t;for(;i<da&&[0,100].includes(s(i))&&!Le(e,0)&&!Le(e,100);)i+=1;let n=Ce(e,i);return Le(e,Number(n))&&n.includes(".")&&(n=n.replace(/\.?0*$/,"")),`${o<0&&n!=="0"?"−":""}${n}%`}function Gt(o){return(Math.round(o)+0).toLocaleString("en")}function L(o,...t){let e=o.flatMap((s,i)=>i<t.length?[s,t[i]]:[s]);return Nt("",e)}function Nt(o,t){let e=[],s=i=>{Array.isArray(i)?e.push(i):typeof e.at(-1)=="string"?e.push(e.pop()+i):i!==""&&e.push(String(i))};return t.forEach((i,n)=>{n&&s(o);for(let r of Rt(i))s(r)}),e}function _t([o,t]){return t&&t!==o?[[o,t]]:[o]}function Cn(o){return Rt(o).map(t=>[t].flat().at(-1)).join("")}function F(o){return Rt(o).map(t=>[t].flat()[0]).join("")}function Rt(o){return Array.isArray(o)?o:[o].filter(t=>t!==""&&t!=null)}function ua(o,t){let e=Si.filter(n=>n<=o).length,s=Math.max(1,t+2-e),i=Ce(o,s);return s>1&&e<Si.length&&Number(i)>=Si[e]&&(i=Ce(o,s-1)),Le(o,Number(i))?i.replace(/0+$/,"").replace(/\.$/,".0"):i}function Nn(o){let[t,e]=o.split("e"),s=Number(e);return`${t.includes(".")?t.replace(/\.?0+$/,""):t}e${s<0?"−":""}${Math.abs(s)}`}function ma(o){if(o<1/zn||o>=1e3)return"";for(let t=1;t<=zn;t++){let e=Math.round(o*t);if(e/t===o)return`${e}/${t}`}return""}function Le(o,t){return Math.abs(o-t)<=1e-12*o}function Ce(o,t){let[e,s]=_n(o),i=t+1+s;if(i<0||e.length!==i+1||!e.endsWith("5"))return o.toFixed(t);let n=String(Number(e.slice(0,-1))+1).padStart(t+1,"0"),r=n.length-t;return t?`${n.slice(0,r)}.${n.slice(r)}`:n}function fa(o,t){let[e,s]=_n(o);if(e.length<=t)return o.toExponential();if(e.length!==t+1||!e.endsWith("5"))return o.toExponential(t-1);let i=String(Number(e.slice(0,-1))+1),n=s+(i.length>t?1:0);return`${i[0]}.${i.slice(1,t)}e${n}`}function _n(o){let[t,e]=o.toExponential().split("e");return[t.replace(".",""),Number(e)]}var ga=new Set(["code","pre","textarea"]),Ei=new Set(["title","placeholder","aria-label","aria-valuetext","ariaLabel","data-exact"]);function In(o,t){return ga.has(o.localName)?t:D(t)}function l(o,t={},...e){let s=document.createElement(o);for(let[i,n]of Object.entries(t))i.startsWith("on")?s.addEventListener(i.slice(2),n):n===!0?s.setAttribute(i,""):n!==!1&&n!=null&&s.setAttribute(i,Ei.has(i)?D(n):n);return s.append(...e.filter(i=>i!=null).map(i=>In(s,i))),s}function gt(o,t){let e=o.replace(/[^\p{L}\p{N} ]/gu,"").trim();return t.toLowerCase().includes(e.toLowerCase())?t:`${e}: ${t}`}function B(o){return o.getRootNode().activeElement}function ht(o,t){let e=new Set(t);for(let n of[...o.childNodes])e.has(n)||n.remove();let s=B(o),i=s?t.findIndex(n=>n.contains(s)):-1;for(let n=i-1;n>=0;n--)t[n].nextSibling!==t[n+1]&&o.insertBefore(t[n],t[n+1]);for(let n=i+1;n<t.length;n++){let r=n?t[n-1].nextSibling:o.firstChild;r!==t[n]&&o.insertBefore(t[n],r)}}function V(o,...t){let e=B(o),s=e&&e!==o&&o.contains(e)?Rn(e):null;if(o.replaceChildren(...t),s===null)return;[...o.querySelectorAll(e.localName)].find(n=>Rn(n)===s)?.focus({preventScroll:!0})}function Rn(o){let{control:t}=o.dataset;return t??o.getAttribute("aria-label")??(o.title||o.textContent)}function bt(o,t){let e=(r,a,h)=>r instanceof HTMLTableCellElement?r:l(a,{scope:h},...[r].flat()),s=([r,...a])=>l("tr",{},e(r,"th","row"),...a.map(h=>e(h,"td",null))),i=(o??[]).map(r=>e(r,"th","col"));return[...o?[l("thead",{},l("tr",{},...i))]:[],l("tbody",{},...t.map(s))]}function xt(o,t,e){return l("table",o,...bt(t,e))}function wt(o){let t=o.contains(B(o));o.open=!1,t&&o.querySelector("summary").focus()}function yt(o){return o.addEventListener("keydown",t=>{t.key!=="Escape"||!o.open||(wt(o),t.stopPropagation())}),o}function C(o,t={}){let e=document.createElementNS("http://www.w3.org/2000/svg",o);for(let[s,i]of Object.entries(t))k(e,s,i);return e}function Ti(o,t){let e=C("title");return e.textContent=D(t),o.prepend(e),o}function Yt([o,t],e,s){return Ti(C("circle",{cx:o.toFixed(1),cy:t.toFixed(1),r:4,class:e}),s)}function rt(o,[t,e],s={}){return l(o,{...s,title:e||null},t)}function E(o,t){let e=typeof t=="string"?t:JSON.stringify(t);Dn.get(o)!==e&&(Dn.set(o,e),o.replaceChildren(...T(t)))}function T(o){return Rt(o).map(t=>typeof t=="string"?D(t):rt("span",t,{class:"digits"}))}var Dn=new WeakMap,ba="http://www.w3.org/1998/Math/MathML";function H(o,...t){let e=document.createElementNS(ba,o);return e.append(...t.map(D)),e}function Z(o){let t=document.createElement("template");t.innerHTML=o;let e=t.content.firstElementChild;for(let s of e.querySelectorAll("mn, mtext"))b(s,s.textContent);return e}function b(o,t){let e=In(o,t);o.textContent!==e&&(o.textContent=e)}function w(o,t){for(let[e,s]of Object.entries(t)){let i=Ei.has(e)?D(s):s;String(o[e])!==String(i)&&(o[e]=i)}}function k(o,t,e){let s=Ei.has(t)?D(e):e;o.getAttribute(t)!==String(s)&&o.setAttribute(t,s)}function N(o,t,e,s=!1){let i=s?r=>r:Ut,n=JSON.stringify(t);o.dataset.options!==n&&(o.replaceChildren(...t.map(([r,a])=>l("option",{value:r},i(String(a))))),o.dataset.options=n),o.value!==e&&(o.value=e)}var xa="running",wa=150,ya=5e3,va=200,$t=class{constructor(t){this.ask=t,this.painted=null,this.proof=null,this.element=l("div",{class:"badge",role:"status"})}show(t){t!==this.painted&&(this.painted=t,this.#t())}take(t){!t||!t.status&&t.version===this.proof?.version||(this.proof=t,this.#t())}#t(){if(clearTimeout(this.timer),this.painted===xa)return this.#s("checking","… learning: checked as soon as it pauses","One batch is then computed by NumPy, by PyTorch and by central differences");let{status:t,version:e,text:s,detail:i}=this.proof??{};if(t&&e===this.painted)return this.#s(t,s,i);this.#s("checking","… checking","NumPy, PyTorch and central differences are being compared"),this.painted!==null&&(this.timer=setTimeout(()=>this.#e(),wa))}#e(){this.timer=setTimeout(()=>this.#e(),this.ask()?ya:va)}#s(t,e,s){this.element.dataset.status=t,b(this.element,e),w(this.element,{title:s})}stop(){clearTimeout(this.timer),this.element.remove()}};var me=document.createElement("canvas").getContext("2d",{willReadFrequently:!0});function Mi(o){return me.clearRect(0,0,1,1),me.fillStyle="#888",me.fillStyle=o.trim(),me.fillRect(0,0,1,1),[...me.getImageData(0,0,1,1).data.slice(0,3)]}function A([o,t,e],s=1){return`rgb(${o} ${t} ${e} / ${s})`}var Bn=10,fe=class{constructor(t){let e=getComputedStyle(t),s=i=>Mi(e.getPropertyValue(`--${i}`));this.positive=s("positive"),this.negative=s("negative"),this.mark=s("mark"),this.update=s("update"),this.text=Mi(e.color),this.ground=Mi(e.backgroundColor),this.classes=Array.from({length:Bn},(i,n)=>s(`class-${n}`)),this.font=e.fontFamily,this.isDark=this.text[0]+this.text[1]+this.text[2]>this.ground[0]+this.ground[1]+this.ground[2],this.id=JSON.stringify([this.text,this.ground,this.positive]),this.tables=new Map}ofClass(t){return this.classes[t%Bn]}mix(t,e){return t.map((s,i)=>Math.round(this.ground[i]+(s-this.ground[i])*e))}faint(t=.6){return A(this.mix(this.text,t))}#t(t,e){let s=this.tables.get(t);if(!s){this.tables.size>400&&this.tables.clear(),s=new Uint32Array(256);let i=new Uint8Array(s.buffer);for(let n=0;n<256;n++)i.set([...e(n/255),255],4*n);this.tables.set(t,s)}return s}get#e(){return this.isDark?.36:.56}between(t,e,s=!1){return this.#t(`${t}-${e} ${s}`,i=>{let n=s?1:Math.abs(2*i-1);return this.mix(i<.5?t:e,.06+this.#e*n)})}within(t,e,[s,i],n=!1){let[r,a]=[(s+i)/2,(i-s)/2||1],h=d=>Math.round(100*Math.min(9,Math.max(-9,(d-r)/a)))/100,[c,p]=[h(t),h(e)];return this.#t(`within ${c} ${p} ${n}`,d=>{let u=c+(p-c)*d;return this.mix(u<0?this.negative:this.positive,(this.isDark?.6:.75)*(n?1:Math.min(1,Math.abs(u))))})}bySign(t,e){let s=Math.max(Math.abs(t),Math.abs(e))||1,i=Math.round(255*-t/(e-t||1)),n=[Math.max(t,0),Math.max(-e,0)].map(a=>Math.round(255*a/s)),r=`sign ${e>t} ${i} ${n.join(" ")}`;return this.#t(r,a=>{let h=(t+(e-t)*a)/s;return this.mix(h<0?this.negative:this.positive,.85*Math.min(1,Math.abs(h)))})}strength(t,e=!1){return this.#t(`strength ${t} ${e}`,s=>this.mix(t,.06+this.#e*(e?1:s*s)))}};function Vt(o){let t=atob(o),e=new Uint8Array(t.length);for(let s=0;s<t.length;s++)e[s]=t.charCodeAt(s);return e}var mt=class{constructor(){this.canvas=document.createElement("canvas"),this.context=this.canvas.getContext("2d")}#t(t,e){this.canvas.width===t&&this.canvas.height===e&&this.image||(this.canvas.width=t,this.canvas.height=e,this.image=this.context.createImageData(t,e),this.pixels=new Uint32Array(this.image.data.buffer))}paint(t,e){this.#t(t.width,t.height);let s=Vt(t.bytes);for(let i=0;i<s.length;i++)this.pixels[i]=e[s[i]];return this.context.putImageData(this.image,0,0),this.canvas}paintWinners(t,e,s){this.#t(t.width,t.height);let i=Vt(t.bytes),n=Vt(e.bytes);for(let r=0;r<i.length;r++)this.pixels[r]=s(i[r])[n[r]];return this.context.putImageData(this.image,0,0),this.canvas}};function Ne(o,t,e){let s=new mt().paint(o,e.strength(e.text)),[i,n]=[`${t}px`,`${t}px`];return Object.assign(s.style,{width:i,height:n,imageRendering:"pixelated"}),s}function Dt(o,t,e,{range:s=null,isHard:i=!1}={}){return t.bytes?o.paint(t,i?e.within(t.low,t.high,[-1,1],!0):e.bySign(t.low,t.high)):t.winner?o.paintWinners(t.winner,t.strength,n=>e.strength(e.ofClass(n),i)):t.kind==="classes"?o.paint(t.strength,e.between(e.ofClass(0),e.ofClass(1),i)):o.paint(t.strength,e.within(t.strength.low,t.strength.high,s??[t.strength.low,t.strength.high],i))}function q(o,t,e){let s=globalThis.devicePixelRatio||1,[i,n]=[Math.round(t*s),Math.round(e*s)];(o.width!==i||o.height!==n)&&(o.width=i,o.height=n);let r=o.getContext("2d");return r.setTransform(s,0,0,s,0,0),r.clearRect(0,0,t,e),r}function _e(o){let[t,e,s]=getComputedStyle(o).color.match(/[\d.]+/g).map(Number);return(t>1||e>1||s>1?255:1)/2<(t+e+s)/3}var ge={areKeys:!0};function Oi({key:o,ctrlKey:t,metaKey:e}){return!ge.areKeys&&o.length===1&&o!==" "&&!t&&!e}function it(o,t){if(Oi(t))return;let e=t.key.length===1?t.key.toLowerCase():t.key,s=t.ctrlKey||t.metaKey;return o.find(i=>!!i.isControl===s&&(i.isShifted===void 0||i.isShifted===t.shiftKey)&&(i.isAlt===void 0||i.isAlt===t.altKey)&&(i.keys?.includes(e)||i.pattern?.test(e)))}function nt(o,t){let e=new Set(o.map(({act:n})=>n)),s=[...e].filter(n=>!t[n]),i=Object.keys(t).filter(n=>!e.has(n));if(s.length||i.length)throw new Error(`keys without action: ${s}; ${i}`);return t}var Wn="mlpviz-letters",St=class{constructor(t,e){ge.areKeys=t.storage.get(Wn)!=="off";let s=l("input",{type:"checkbox",checked:ge.areKeys,onchange:()=>{ge.areKeys=s.checked,t.storage.set(Wn,s.checked?"on":"off")}}),i=({shown:n,says:r})=>l("div",{},l("dt",{},...n.map(a=>l("kbd",{},a))),l("dd",{},r));this.element=l("dialog",{class:"keys-help","aria-labelledby":"keys-title"},l("h2",{id:"keys-title"},"Keys"),l("label",{class:"letters"},s," Letters and signs are keys"),...e.flatMap(([n,r])=>[l("h3",{},n),l("dl",{},...r.map(i))]),l("button",{type:"button",class:"primary",onclick:()=>this.element.close()},"Close")),this.element.addEventListener("keydown",n=>n.stopPropagation()),this.element.addEventListener("click",n=>{n.target===this.element&&this.element.close()})}open(){this.element.open||(this.element.showModal(),this.element.scrollTop=0)}};var ka=3e3,jn=200,Ai=5e6;function $a(o){let t=JSON.stringify(o);return 3*t.length<=Ai?t.length:new TextEncoder().encode(t).length}var Kn=0;function Xt(){return Kn+=1,`${Date.now().toString(36)}-${Kn}`}var Et=class{constructor(t,{isPatient:e=i=>!1,refuse:s}){this.send=t,this.isPatient=e,this.refuse=s,this.waiting=[],this.underWay=null,this.sequence=0}add(t){let e=$a(t);if(e>Ai){let i=[(e/1e6).toFixed(1),Ai/1e6];return this.refuse(`Not changed: what you gave has ${i[0]} MB, at most ${i[1]} MB are allowed.`)}let s=this.waiting.at(-1);return t.gesture&&s?.gesture===t.gesture&&this.waiting.pop(),this.waiting.push(t),this.waiting.every(this.isPatient)||(this.waiting=this.waiting.filter(i=>!this.isPatient(i))),this.#t()}get unanswered(){return[...this.underWay?.events??[],...this.waiting]}isAwaiting(t){return this.unanswered.some(e=>e.type===t)}acknowledge(t){this.underWay?.sequence<=t&&(this.underWay=null),this.sequence=Math.max(this.sequence,t),this.#t()}retry(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),jn))}stop(){clearTimeout(this.timer)}#t(){if(!this.waiting.length||this.underWay&&(!this.underWay.events.every(this.isPatient)||this.waiting.every(this.isPatient)))return;this.sequence+=1;let t=this.waiting.splice(0);this.underWay={sequence:this.sequence,events:t,...An()},this.#e()}#e(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),this.send(this.underWay)?ka:jn))}};var Fn=["Here","What you can do","Now","Hint"],Sa=500,Tt=class{constructor({parts:t,ways:e}){this.parts=t,this.texts=Fn.map(()=>l("dd",{}));let s=([i,n])=>l("button",{type:"button",onclick:()=>n()},i);this.element=l("section",{class:"page-summary",tabindex:"-1","aria-label":"summary of this page"},l("dl",{},...Fn.map((i,n)=>l("div",{},l("dt",{},i),this.texts[n]))),l("div",{class:"choices"},...e.map(s))),this.element.addEventListener("focusin",()=>this.write()),this.element.addEventListener("keydown",i=>{i.key==="Escape"&&(i.stopPropagation(),this.#t())})}open(){this.from=B(this.element),this.element.focus()}#t(){this.from?.isConnected?this.from.focus({preventScroll:!0}):B(this.element)?.blur()}writeSoon(){this.timer??=setTimeout(()=>this.write(),Sa)}write(){this.stop(),this.parts().forEach((t,e)=>{b(this.texts[e],t)})}stop(){clearTimeout(this.timer),this.timer=null}};function It(o,t){return t.map(e=>o.find(s=>s.act===e)).map(({shown:e,says:s})=>`${e.join(" and ")}: ${s}.`).join(" ")}var Hn={x:["x","The inputs: the numbers that the network is given, one column for each sample.",[]],weight:["W","The weights: by how much each number that comes in is multiplied; these are learned.",[]],bias:["b","The bias: a number that a unit adds whatever comes in; it is learned too.",[]],z:["z","What a unit adds up: every number that comes in, times its weight, plus the bias.",[]],a:["a","The activation: what a unit passes on, made from z by the function φ of its layer.",[]],target:["t","The target: what the output should be for this sample.",[]],probabilities:["p","The probability that the loss makes of an output.",[]],loss_term:["ℓ","What one output of one sample adds to the loss.",[]],loss:["L","The loss: one number for how wrong the outputs are; learning makes it smaller.",[]],grad_a:["∂L/∂a","By how much the loss grows when a grows a little: what passing on more would cost.",[]],grad_h:["∂L/∂h","By how much the loss grows when h, the activation before dropout, grows a little.",[]],grad_z:["∂L/∂z","By how much the loss grows when z grows a little.",[]],grad_x:["∂L/∂x","By how much the loss grows when an input grows a little.",[]],grad_weight:["∂L/∂W","By how much the loss grows when a weight grows a little; the update goes the other way.",[]],grad_bias:["∂L/∂b","By how much the loss grows when a bias grows a little; the update goes the other way.",[]],new_weight:["new W","What each weight would be after one update: a small step that makes the loss fall.",[]],new_bias:["new b","What each bias would be after one update.",[]],mean:["μ","The mean: the average that a norm subtracts.",[]],var:["σ²","The variance: how far numbers spread around their mean; a norm divides by its root.",[]],normalised:["ẑ","z with its mean taken away and its spread made 1.",[]],gamma:["γ","The scale of a norm: what ẑ is multiplied by; it is learned.",[]],beta:["β","The shift of a norm: what is added to the scaled ẑ; it is learned.",[]],mask:["mask","Which units dropout keeps: 1 keeps a unit for this sample, 0 drops it.",[]],forward:["forward","Forward: from the inputs to the outputs, layer by layer.",["forward pass"]],backward:["backward","Backward: from the loss back to every weight, to find what each has to do with it.",["backward pass"]],update:["update","Update: every weight takes a small step that makes the loss fall.",[]],eta:["η","The learning rate: how far one update goes; too large overshoots, too small takes long.",["learning rate"]],optimizer:["optimizer","The rule that turns gradients into updates; SGD goes straight against the gradient.",[]],steps_taken:["t","How many updates the optimizer has made and remembers.",[]],sizes:["sizes","One colour scale for all layers, and how large each block is as a whole.",[]],sample:["sample","One example: its inputs and its target. The drawing shows the chosen one.",[]],norm:["‖·‖","The size of a whole block: the root of the sum of all its squares.",["gradient norm"]],gradient:["gradient","By how much the loss grows when a number grows a little; 0 says that it has no effect.",["gradient","gradients"]],slope:["slope","How fast a function rises at a place: what a small change is multiplied by.",["slope"]],closed:["closed","A closed gate: z is not above 0, so ReLU gives 0 and lets no gradient back (struck through).",["closed","closes"]],dead:["dead","Dead: closed for every sample, so no update can reach it and it never learns again.",["dead"]],saturated:["saturated","Saturated: so far out that the curve is flat, so that hardly any gradient comes back.",["saturated","saturates"]],logits:["logits","Logits: the raw outputs before they become probabilities; any numbers, also negative.",["logits"]],curvature:["curvature","Curvature: how fast the slope itself changes; where it is large only small steps are safe.",["curvature","curved"]],pinned:["pinned","Pinned: held at a number that you chose; no gradient flows through it.",["pinned"]],frozen:["frozen","Frozen: no update changes it.",["frozen"]],dropout:["dropout","Dropout switches some units off at random while the network learns.",["dropout"]],penalty:["penalty","What is added to the loss so that the weights stay small.",["penalty"]],epoch:["epoch","Once through all training samples.",["epoch","epochs"]],batch:["batch","The samples that one update is made from.",["batch"]],train_loss:["train loss","The loss on the samples that the network learns from.",[]],validation_loss:["validation loss","The loss on samples that it does not learn from: whether it has understood or memorised.",["validation loss"]],accuracy:["accuracy","How many of 100 samples get the right class.",[]],gradient_norm:["gradient norm","How large all gradients of a layer are together: near 0 it hardly learns.",[]],dead_units:["dead units","How many units give 0 for every sample and never learn again.",[]],overfitting:["overfitting","Learning the training samples by heart: better there, worse on new ones.",["overfitting"]],stratified:["stratified","Every part gets the same share of each class.",[]],k_fold:["k-fold","Train k times, each time with another part held back to validate.",[]],seed:["seed","The number from which chance starts: the same seed draws the same numbers.",[]],scaling:["scaling","Brings all inputs to a similar size, which makes learning easier.",[]],discretize:["discretize","Colours the map by the class alone, without how sure the network is.",[]],autograd:["autograd","PyTorch's own way to compute gradients: it records every operation and goes back.",["autograd"]],central_differences:["central differences","The gradient measured: the loss a little to the right minus a little to the left, over the distance.",["central differences","finite differences"]],tensor:["tensor","A block of numbers: a row, a matrix, or more dimensions.",["tensor"]],max_difference:["max |Δ|","The largest difference between two ways of computing the same block.",[]],relative:["relative","The largest difference, as a share of the size of the numbers.",[]]},qn={sheet:["Step through","every number of one pass through a small neural network, and why it is what it is"],train:["Train","watch a small neural network learn, stop at any moment and look inside"],check:["Check","is every number right? NumPy beside PyTorch and central differences"]};function Jt(o){let[t,e]=qn[o],s=e.endsWith("?")?"":".";return l("h1",{class:"purpose"},l("b",{},`${t}: `),e+s)}var Un=250,Gn=6,Bt=Hn,Xn=Object.entries(Bt).flatMap(([o,[,,t]])=>t.map(e=>[e,o])),Ea=new Map(Xn),Ta=new RegExp(`(?<![\\p{L}\\d])(${Xn.map(([o])=>o).sort((o,t)=>t.length-o.length).join("|")})(?![\\p{L}\\d])`,"iu");function Wt(o,t=Bt[o][0]){return l("button",{type:"button",class:"term","data-term":o,"aria-describedby":`term-${o}`},t)}function at(o,t){return l("span",{class:"term","data-term":o},t)}function Jn(o){return o in Bt}function be(o){let t=zi(o);return t?at(t,o):o}function Re(o,t,e){let s=e||(zi(t)?Bt[zi(t)][1]:"");s?o.dataset.help=s:delete o.dataset.help}function zi(o){let t=o.toLowerCase();return Object.entries(Bt).find(([s,[i,,n]])=>i===t||n.includes(t)||s===t)?.[0]??null}function Zt(o){let t=new Set;return o.flatMap(e=>typeof e=="string"?Zn(e,t):[e])}function Zn(o,t){let e=Ta.exec(o);if(!e)return[o];let[s]=e,i=Ea.get(s.toLowerCase()),n=!t.has(i),r=Zn(o.slice(e.index+s.length),t.add(i)),a=o.slice(0,e.index);return n?[a,Wt(i,s),...r].filter(h=>h!==""):[a+s,...r]}var Yn=new WeakMap;function jt(o,t){let e=JSON.stringify(t);Yn.get(o)!==e&&(Yn.set(o,e),o.replaceChildren(...Zt(T(t))))}function Vn(o){let{term:t,help:e}=o.dataset;return t?Bt[t][1]:e}var Mt=class{constructor(t,e){this.app=e,this.tip=l("div",{class:"tip",role:"tooltip",hidden:!0});let s=Object.entries(Bt).map(([a,[,h]])=>l("span",{id:`term-${a}`},h));e.append(this.tip,l("div",{hidden:!0},...s));let i=a=>a.composedPath().find(h=>h instanceof HTMLElement&&Vn(h))??null;e.addEventListener("pointerover",a=>{if(a.pointerType==="touch"||(clearTimeout(this.timer),this.tip.contains(a.target)))return;let h=i(a);h?this.timer=setTimeout(()=>this.#t(h),Un):this.isHeld||(this.timer=setTimeout(()=>this.#e(),Un))}),e.addEventListener("pointerleave",()=>{clearTimeout(this.timer),this.isHeld||this.#e()}),e.addEventListener("focusin",a=>{let h=i(a);h?.matches(":focus-visible")?this.#t(h):h||this.#e()}),e.addEventListener("focusout",()=>this.#e()),e.addEventListener("click",a=>{let h=i(a);if(!h)return this.#e();let c=this.isHeld&&this.element===h;this.#t(h),this.isHeld=!c,c&&this.#e()});let n=t.listen("keydown",a=>{a.key!=="Escape"||this.tip.hidden||(this.#e(),a.preventDefault(),a.stopImmediatePropagation())}),r=t.listen("resize",()=>this.#e());this.stopListening=()=>{n(),r()}}#t(t){this.element=t,b(this.tip,Vn(t)),w(this.tip,{hidden:!1});let e=t.getBoundingClientRect(),{style:s}=this.tip;s.left=s.top="0px";let i=this.tip.getBoundingClientRect(),n=this.app.ownerDocument.documentElement.clientWidth,r=Math.max(8,Math.min(e.left,n-i.width-8)),h=e.top<i.height+70?e.bottom+Gn:e.top-i.height-Gn;s.left=`${r-i.left}px`,s.top=`${h-i.top}px`}#e(){clearTimeout(this.timer),this.isHeld=!1,w(this.tip,{hidden:!0})}stop(){clearTimeout(this.timer),this.stopListening()}};var Qn={tensor:"tensor",torch:"max_difference",torch_relative:"relative",differences:"central_differences",differences_relative:"relative"},De=[{keys:["s"],shown:["S"],says:"a summary of this page",act:"summary"},{keys:["?"],shown:["?"],says:"the list of all keys",act:"help"}],Ma="The engine then computes with this mistake, and the check must find it. The sheet is not changed.",Pi=class{constructor(t,e){this.host=e;let s=i=>e.channel.send({page:"check",...i});this.outbox=new Et(s,{refuse:i=>this.#o(i)}),this.badge=new $t(()=>s({events:[{type:"check"}]})),this.#t(i=>this.outbox.add(i)),this.help=new Mt(e,this.element),this.actions=nt(De,{summary:()=>this.summary.open(),help:()=>this.keysHelp.open()}),this.stopListening=e.listen("keydown",i=>this.#n(i)),t.append(this.badge.element,this.element),e.channel.listen({onAnswer:i=>this.#e(i),onLost:()=>this.outbox.retry()})}#t(t){this.introduction=l("p"),this.mistake=l("select",{title:Ma,onchange:()=>t({type:"plant",key:this.mistake.value})}),this.digits=l("input",{type:"checkbox",onchange:()=>t({type:"digits",all:this.digits.checked})}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.planted=l("p",{class:"notice",hidden:!0}),this.verdict=l("p",{class:"verdict"}),this.table=l("table"),this.caption=l("p",{class:"caption"}),this.keysHelp=new St(this.host,[["Anywhere",De]]),this.summary=new Tt({parts:()=>this.#i(),ways:[["To the rows",()=>this.rows.focus()],["To the mistakes",()=>this.mistake.focus()],["All keys",()=>this.keysHelp.open()]]});let e={tabindex:"0",role:"region","aria-label":"one row per tensor"};this.rows=l("div",{class:"rows",...e},this.table),this.element=l("div",{class:"app check"},Jt("check"),this.summary.element,this.error,l("div",{class:"choices"},l("label",{},"Plant a mistake in the backward pass ",this.mistake),l("label",{},this.digits," All digits")),l("div",{role:"status"},this.verdict,this.planted),this.rows,this.caption,this.introduction,this.keysHelp.element)}#e({state:t,said:e,address:s,acknowledged:i,proof:n}){this.badge.take(n),"rows"in t&&this.#s(t,e),this.outbox.acknowledge(i),Object.keys(s).length&&this.host.address.replace(s),this.badge.show(n?.version??null),this.host.announce("painted",{version:n?.version??null})}#s(t,e){this.element.classList.toggle("dark",_e(this.element)),jt(this.introduction,t.introduction);let s=["","none: the engine as it is"];N(this.mistake,[s,...t.mistakes],t.planted),w(this.digits,{checked:t.all_digits}),this.#o(e.error??""),w(this.planted,{hidden:!t.sentence}),E(this.planted,t.sentence),b(this.verdict,t.summary),this.verdict.dataset.ok=String(t.ok);let i=t.columns.map(([r])=>r),n=t.columns.map(([r,a])=>r in Qn?Wt(Qn[r],a):a);this.table.replaceChildren(...bt(n,t.rows.map(r=>i.map(a=>r[a])))),t.rows.forEach((r,a)=>{this.table.tBodies[0].rows[a].dataset.ok=String(r.ok)}),b(this.caption,t.caption),this.summary.writeSoon()}#i(){return[`One row for each of the ${this.table.tBodies[0]?.rows.length??0} tensors of the network on the sheet: the largest difference between this program and PyTorch, and central differences.`,`Plant a mistake in the backward pass; show all digits. ${It(De,["summary","help"])}`,[this.verdict,this.planted].map(({textContent:e})=>e).join(" "),this.mistake.value?"Rows that disagree come first; choose no mistake to make all of them agree again.":"Plant a mistake: the check must find it."]}#n(t){let[e]=t.composedPath();if(!this.host.isMeantFor(this.element,t.composedPath()))return;let s=e.closest?.("input[type=text], select")?null:it(De,t);s&&(this.actions[s.act](),t.preventDefault())}#o(t){b(this.error,t),w(this.error,{hidden:!t})}stop(){this.stopListening(),this.summary.stop(),this.outbox.stop(),this.help.stop(),this.badge.stop(),this.element.remove()}};function Li(o,t){let e=new Pi(o,t);return()=>e.stop()}var Ie=`/* The colours and the type of all pages. Ground, text and type are the host's (--page-…), so that light and dark both work. */

:host {
  --bg: var(--page-background-color, #fff);
  --ground: var(--page-secondary-background-color, #f6f6f4);
  --text: var(--page-text-color, #1f2024);
  --primary: var(--page-primary-color, #0072b2);
  --code-font: var(--page-code-font, ui-monospace, "DejaVu Sans Mono", monospace);
  --rule: var(--page-border-color, color-mix(in srgb, var(--text) 14%, transparent));
  --muted: color-mix(in srgb, var(--text) 76%, var(--bg));
  /* canvases take these: plain colours only */
  --positive: #0072b2;
  --negative: #d55e00;
  --mark: #b5459a;
  --warn: #b7791f;
  /* of two classes the first is what a negative number is, the second what a positive one is */
  --class-0: var(--negative);
  --class-1: var(--positive);
  --class-2: #009e73;
  --class-3: #b5459a;
  --class-4: #b59300;
  --class-5: #56b4e9;
  --class-6: #8c564b;
  --class-7: #7f7f7f;
  --class-8: #6f4fb3;
  --class-9: #e377c2;
  --corner: #5c5c5c;
  --empty: rgb(128 128 128 / 12%);
  --forward: #0072b2;
  --loss: var(--muted);
  --backward: #b5459a;
  --update: #2e8540;
  --ring: color-mix(in srgb, var(--primary) 55%, var(--text));
  /* as text: towards the text colour until the contrast is enough */
  --forward-text: color-mix(in srgb, var(--forward) 55%, var(--text));
  --backward-text: color-mix(in srgb, var(--backward) 55%, var(--text));
  --update-text: color-mix(in srgb, var(--update) 55%, var(--text));
  display: block;
  color: var(--text);
  font-family: var(--page-font, system-ui, sans-serif);
  font-size: 14px;
  line-height: 1.4;
}

*,
::before,
::after {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}

/* saturated colours are too dim on a dark ground; what refers to them has to be said again, or it keeps the light ones */
.app.dark {
  --positive: #4aa8e8;
  --negative: #f08a3c;
  --mark: #e07cc8;
  --update: #55b86a;
  --corner: #b4b4b4;
  --class-0: var(--negative);
  --class-1: var(--positive);
  --class-2: #2fd3a2;
  --class-3: #e07cc8;
  --class-4: #e3c23c;
  --class-5: #a5dcff;
  --class-6: #c9958a;
  --class-7: #b4b4b4;
  --class-8: #ab8cf0;
  --class-9: #f7a8d8;
}

.visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

/* the page in four parts: for screen readers, and for everybody while it has the focus */
.page-summary:not(:focus-within) {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
}
.page-summary:focus-within {
  position: fixed;
  z-index: 1000002;
  top: calc(var(--page-frame, 0px) + 8px);
  left: 12px;
  width: min(640px, calc(100vw - 24px));
  max-height: calc(100dvh - var(--page-frame, 0px) - 16px);
  overflow-y: auto;
  padding: 14px 18px;
  border: 1px solid var(--rule);
  border-radius: 10px;
  background: var(--bg);
  box-shadow: 0 4px 24px rgb(0 0 0 / 28%);
  font-size: 14px;
  line-height: 1.45;
}
.page-summary dl {
  margin: 0 0 10px;
}
.page-summary dt {
  color: var(--muted);
  font-size: 13px;
  font-weight: 600;
}
.page-summary dd {
  margin: 0 0 8px;
}
.page-summary .choices {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}

/* controls */

button,
select,
input,
summary {
  color: inherit;
  font: inherit;
}

button,
select,
summary,
input[type="text"],
input[type="number"],
.rate {
  min-height: 32px;
  padding: 3px 10px;
  border: 1px solid color-mix(in srgb, var(--text) 55%, var(--bg));
  border-radius: 6px;
  background: color-mix(in srgb, var(--ground) 60%, var(--bg));
}

input[type="text"],
input[type="number"],
.rate {
  background: var(--bg);
  font-family: var(--code-font);
  font-size: 13px;
}
option {
  background: var(--bg);
  color: var(--text);
}
button,
select,
summary {
  cursor: pointer;
}
button {
  white-space: nowrap;
}
button:hover:enabled,
select:hover,
summary:hover {
  border-color: var(--muted);
  background: var(--ground);
}
button:is(:disabled, [aria-disabled="true"]) {
  opacity: 0.5;
  cursor: default;
}
button[aria-pressed="true"] {
  border-color: var(--text);
  font-weight: 700;
}
input[type="range"] {
  accent-color: var(--primary);
}
input[type="checkbox"] {
  vertical-align: middle;
}
/* the browser's button for a file, like every other one */
::file-selector-button {
  min-height: 28px;
  margin-right: 8px;
  padding: 1px 10px;
  border: 1px solid color-mix(in srgb, var(--text) 55%, var(--bg));
  border-radius: 6px;
  background: color-mix(in srgb, var(--ground) 60%, var(--bg));
  color: inherit;
  font: inherit;
  cursor: pointer;
}
:focus-visible {
  outline: 2px solid var(--ring);
  outline-offset: 2px;
}

.quiet {
  max-width: 100%;
  min-height: 24px;
  padding: 0 2px;
  border-color: transparent;
  background: transparent;
  color: var(--muted);
  font-size: 12px;
}

.pill {
  display: inline-flex;
  align-items: center;
  gap: 0.4em;
  min-height: 30px;
  padding: 2px 12px;
  border: 1px solid var(--rule);
  border-radius: 999px;
  background: var(--bg);
  white-space: nowrap;
  font-variant-numeric: tabular-nums;
}

/* no flex box: those have no first letter */
.pill.where {
  display: inline-block;
  line-height: 24px;
  text-align: center;
}

.menu {
  position: relative;
  display: inline-block;
}
.menu > summary {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  list-style: none;
  user-select: none;
}
.menu > summary::-webkit-details-marker {
  display: none;
}

.menu > div {
  position: absolute;
  z-index: 10;
  top: calc(100% + 4px);
  left: 0;
  display: flex;
  flex-direction: column;
  width: max-content;
  min-width: 160px;
  max-width: min(320px, 90vw);
  padding: 4px;
  border: 1px solid var(--rule);
  border-radius: 8px;
  background: var(--bg);
  box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
}

.menu > div > button,
.menu .group > button,
.menu > div > a {
  border-color: transparent;
  background: transparent;
  text-align: left;
}
.menu :is(div, .group) > button:focus-visible {
  outline-offset: -2px;
}

/* over the page: nothing moves when one comes or goes */
.notices {
  position: sticky;
  z-index: 20;
  top: calc(var(--page-frame, 0px) + 4px);
  height: 0;
}
.notices > .notice {
  /* what lies under it can be pressed */
  pointer-events: none;
  display: flex;
  gap: 8px;
  width: fit-content;
  max-width: min(760px, 100%);
  margin: 0 auto;
  box-shadow: 0 4px 16px rgb(0 0 0 / 22%);
}
.notices > .notice.empty {
  width: 0;
  height: 0;
  margin: 0;
  padding: 0;
  border: 0;
  overflow: hidden;
}
.notices > .notice > p {
  flex: 1 1 auto;
  margin: 0;
}
.notices button {
  pointer-events: auto;
}
.notices .close {
  flex: none;
  align-self: start;
  min-width: 28px;
  min-height: 26px;
  padding: 0 6px;
  border-color: transparent;
  background: transparent;
}
.notices .close::before {
  content: "✕" / "";
}
.notice,
.upload {
  margin: 4px 0 8px;
  padding: 8px 12px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--forward);
  border-radius: 6px;
  background: var(--ground);
  overflow-wrap: anywhere;
}

.upload.empty {
  position: absolute;
  width: 0;
  height: 0;
  margin: 0;
  padding: 0;
  border: 0;
  overflow: hidden;
}
.notice .offer {
  margin-left: 8px;
}

.notice.error {
  border-left-color: #d0342c;
  background: color-mix(in srgb, #d0342c 10%, var(--bg));
}

/* the first line of a page, and what helps on all of them */

.purpose {
  margin: 0;
  padding: 0 0 6px;
  color: var(--muted);
  font-size: 13.5px;
  font-weight: 400;
  line-height: 1.35;
}
.purpose b {
  color: var(--text);
}
button.term,
.term {
  display: inline;
  min-height: 0;
  padding: 0;
  border: 0;
  border-radius: 2px;
  background: transparent;
  color: inherit;
  font: inherit;
  letter-spacing: inherit;
  text-align: inherit;
  text-decoration: underline dotted color-mix(in srgb, currentcolor 55%, transparent);
  text-underline-offset: 3px;
  cursor: help;
}
button.term:hover:enabled {
  border: 0;
  background: transparent;
  text-decoration-style: solid;
}
/* sentence case: the first letter alone, so that names and texts stay as they are */
.words,
button.term.words,
.chart figcaption > b,
.caption > b,
.loss-value .term,
.learning .term {
  display: inline-block;
}
.words::first-letter,
.side h3:not(:has([data-term="x"]))::first-letter,
.chart figcaption > b::first-letter,
.facts dt::first-letter,
.transport .left::first-letter,
.new-network .hint::first-letter,
.caption > b::first-letter,
.transport .line > button::first-letter,
.bar button::first-letter,
.formula-of summary::first-letter,
.copy-group button::first-letter,
.comparison button::first-letter,
.check thead th::first-letter,
.menu > div > button::first-letter,
.menu .group > button::first-letter,
.headings .samples .quiet::first-letter,
.loss-value .term::first-letter,
.learning .term::first-letter,
.where::first-letter {
  text-transform: uppercase;
}
.tip {
  position: fixed;
  z-index: 1000003;
  max-width: min(320px, calc(100vw - 16px));
  padding: 8px 10px;
  border-radius: 6px;
  background: var(--text);
  color: var(--bg);
  font-size: 13px;
  line-height: 1.4;
  text-align: left;
}
dialog {
  width: min(460px, calc(100vw - 24px));
  max-height: calc(100dvh - 24px);
  overflow-y: auto;
  padding: 18px 20px;
  border: 1px solid var(--rule);
  border-radius: 10px;
  background: var(--bg);
  color: var(--text);
  font-size: 14px;
}
dialog::backdrop {
  background: rgb(0 0 0 / 40%);
}
dialog h2 {
  margin: 0 0 12px;
  padding: 0;
  font-size: 18px;
}
dialog h3 {
  margin: 14px 0 6px;
  padding: 0;
  color: var(--muted);
  font-size: 13px;
  font-weight: 600;
}
dialog dl {
  margin: 0 0 10px;
}
dialog dl > div {
  display: grid;
  grid-template-columns: 150px 1fr;
  gap: 10px;
  padding: 3px 0;
}
dialog dd {
  margin: 0;
}
.format-choices .choice {
  display: grid;
  grid-template-columns: 90px 1fr;
  align-items: center;
  gap: 10px;
  padding: 4px 0;
}
.format-choices .choice > select {
  min-width: 0;
}
.format-choices .choices {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 12px;
}
kbd {
  display: inline-block;
  margin-right: 4px;
  padding: 0 6px;
  border: 1px solid var(--rule);
  border-bottom-width: 2px;
  border-radius: 4px;
  background: var(--ground);
  font-family: inherit;
  font-size: 12.5px;
}
button.primary {
  border-color: var(--primary);
  background: var(--primary);
  color: var(--bg);
  font-weight: 600;
}

/* over the keyboard of a phone, while a number is typed (sign_key.js) */
.sign-key {
  position: fixed;
  z-index: 1000002;
  right: 8px;
  bottom: calc(max(var(--keyboard, 0px), var(--page-foot, 0px)) + 8px);
  min-width: 52px;
  min-height: 44px;
  border-radius: 8px;
  background: var(--text);
  color: var(--bg);
  font-size: 20px;
}

/* a finger needs more room than a pointer */
@media (max-width: 600px) and (pointer: coarse) {
  .train :is(button, select, summary, input[type="text"]),
  .check :is(button, select) {
    min-height: 40px;
  }
  input:is([type="checkbox"], [type="radio"]) {
    min-width: 24px;
    min-height: 24px;
  }
  input[type="range"] {
    min-height: 32px;
  }
}
`;var to=`/* What is said of a network of another tool before it opens, and files dragged over the page. */

dialog.import {
  width: min(44rem, calc(100vw - 24px));
  flex-direction: column;
}

dialog.import[open] {
  display: flex;
}

dialog.import h2 {
  overflow-wrap: anywhere;
}

/* what scrolls cuts off the ring around a focused control: this leaves room for it */
.import-body {
  overflow-y: auto;
  margin: 0 -4px;
  padding: 0 4px;
}

.import-body ul {
  margin: 0;
  padding-left: 1.2rem;
}

.import-body label {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.25rem 1rem;
  padding: 0.2rem 0;
}

.import-body select {
  max-width: 100%;
}

dialog.import .bar {
  display: flex;
  gap: 0.5rem;
  padding-top: 0.75rem;
}

.app.dropping {
  outline: 3px dashed var(--primary);
  outline-offset: -3px;
}
`;var Qt=class{constructor(t,e){this.ask=t,this.save=e,this.saving=null}take(t){if(!t)return;let{number:e,at:s,size:i,name:n,type:r}=t;s===0&&this.saving?.number!==e&&(this.saving={number:e,parts:[],size:0});let{saving:a}=this;if(a?.number!==e||s!==a.size)return;let h=Uint8Array.from(atob(t.bytes),c=>c.charCodeAt(0));if(a.parts.push(h),a.size+=h.length,a.size<i)return this.ask({type:"download_piece",number:e,at:a.size});this.save(n,new Blob(a.parts,{type:r})),this.saving={number:e,parts:[],size:1/0}}skip(t){t&&(this.saving={number:t.number,parts:[],size:1/0})}};var Ci=class{#t=new Set;subscribe(t){return this.#t.add(t),()=>this.#t.delete(t)}set(t={}){Object.assign(this,t);for(let e of this.#t)e()}};function Be(o){return Object.assign(new Ci,o)}var za=["layer","unit","product"],te=class{#t=null;constructor(t){this.granularity="layer",this.step=0,this.sample=1,this.numbers="",this.second=null,this.sizes="",this.present="",this.read(t)}read(t){let[e,s,i,n,r,a,h,c]=(t??"").split(".");za.includes(e)&&(this.granularity=e),s&&(this.step=Number(s)),i&&(this.sample=Number(i)),r&&(this.numbers=r),h&&(this.sizes=h),c&&(this.present=c),this.selection=n?n.replaceAll("-"," "):null,this.second=a?a.replaceAll("-"," "):null}get selection(){return this.#t}set selection(t){t!==this.#t&&(this.second=null),this.#t=t}toText(){let[t,e]=[this.selection,this.second].map(c=>(c??"").replaceAll(" ","-")),{granularity:s,step:i,sample:n,numbers:r,sizes:a,present:h}=this;return[s,i,n,t,r,e,a,h].join(".").replace(/\.+$/,"")}clamp(t){t.steps(this.granularity)||(this.granularity="layer",this.step=Math.min(this.step,t.steps("layer").length)),this.step=Math.max(0,Math.min(this.step,t.steps(this.granularity).length)),this.sample=Math.max(1,Math.min(this.sample,t.structure.samples)),this.selection&&!this.cell(t)&&(this.selection=null),this.second&&!(this.selection&&this.secondCell(t))&&(this.second=null)}cell(t){return eo(this.selection,t)}secondCell(t){return eo(this.second,t)}select(t){this.selection=t?lt(t):null}};function eo(o,t){if(!o)return null;let[e,s,i=1,n=1]=o.split(" ");return t.cell(`${e}.${s}`,i-1,n-1)}function lt({block:o,r:t,c:e}){return[o.tensor,o.layer,t+1,e+1].join(" ")}var je=class{constructor(t){this.cards=t,this.answers={}}get elements(){return Object.values(this.cards).filter(t=>!t.isElsewhere).map(t=>t.element)}paint(t,e,s,i){let n=so(t,e,s,i),{answers:r}=e;if(r&&r!==this.taken){this.taken=r;for(let[h,c]of Object.entries(r.cards))this.answers[h]={...We(this.cards[h],r,e,s),answer:c}}let a=this.#t(n);for(let[h,c]of Object.entries(this.cards))a.has(h)||w(c.element,{hidden:!0});for(let h of a){let c=this.cards[h],{place:p}=We(c,n.question,e,s),d=this.answers[h],u=d?.place===p?d.answer:null;c.isOpen?.(n.isSelected,i),c.show(u?.fault?null:u),Pa(c,u?.fault??""),w(c.element,{hidden:!(u||c.isOpen)})}}#t(t){let{question:e,model:s,isSelected:i,walked:n,isLossKnown:r,isUpdateKnown:a}=t,h=[e.focus,e.second,i,n,r,a].join("|");if(this.asked?.key!==h||this.asked.model!==s){let c=Object.keys(this.cards).filter(p=>La(this.cards[p],t));this.asked={key:h,model:s,names:new Set(c)}}return this.asked.names}path(t){let{why:e}=this.cards;return e.element.hidden?[]:e.path(t)}missing(t,e,s,i){let n=so(t,e,s,i);return{cards:[...this.#t(n)].filter(a=>{let h=this.cards[a];return h.isOpen?.(n.isSelected,i)??!0?this.answers[a]?.key!==We(h,n.question,e,s).key:!1}),question:n.question,...We(null,n.question,e,s)}}};function Pa(o,t){!o.fault&&!t||(o.fault??=o.element.appendChild(l("p",{class:"fault",role:"status"})),b(o.fault,t),o.element.classList.toggle("failed",t!==""))}function so(o,t,e,s){let i=s!==null&&o.isKnown(o.at(s.block,s.r,s.c),e),{second:n,sample:r}=e;return{question:{focus:i?lt(s):null,second:n,sample:r},cell:s,model:o,isSelected:e.selection!==null,second:n,walked:t.walked,isLossKnown:o.isKnown(o.byKey.get(`loss.${o.structure.layers}`).offset,e),isUpdateKnown:o.isUpdateKnown(s,e)}}function La(o,t){return o.tellsLoss&&!t.isLossKnown?!1:(t.question.focus!==null||o.isOfNoCell===!0)&&o.wants(t)}function We(o,{focus:t,second:e,sample:s},{version:i},{numbers:n}){let r=o?.isOfNoCell?"":[t,e,s].join("|");return{place:r,key:`${i}|${r}|${n}`}}var Ca=20,io=250,Na=60,Ke=class{constructor(t){this.send=t,this.hasReviewed=!1}askForCards({cards:t,question:e,key:s,place:i}){let n=t.length?`${s}|${t}`:null;if(n===null)clearTimeout(this.explaining);else if(n!==this.wanted){let r=this.place===i,a=()=>this.send({type:"explain",cards:t,...e});clearTimeout(this.explaining),this.explaining=setTimeout(a,r?io:Ca)}this.wanted=n,this.place=i}askForReview({version:t},{numbers:e}){let s=`${t}|${e}`;if(s===this.reviewed)return;this.reviewed=s,clearTimeout(this.reviewing);let i=this.hasReviewed?io:Na;this.reviewing=setTimeout(()=>this.send({type:"review"}),i)}takeReview(){this.hasReviewed=!0}stop(){clearTimeout(this.explaining),clearTimeout(this.reviewing)}};var _a=400,Ra=" ",Fe=class{constructor(){this.element=l("p",{class:"visually-hidden announcer","aria-live":"polite"})}say(t){clearTimeout(this.timer),this.timer=setTimeout(()=>{let{element:e}=this;e.textContent=e.textContent===t?t+Ra:t},_a)}stop(){clearTimeout(this.timer)}};var Ot=class{constructor({isError:t,accept:e}){let s=t?"alert":"status";this.text=l("p",{role:s}),this.offer=l("button",{type:"button",class:"offer",hidden:!0,onclick:e}),this.close=l("button",{type:"button",class:"close",title:"close","aria-label":"close this message",onclick:()=>this.say("")}),this.element=l("div",{},this.text,this.offer,this.close),this.name=t?"notice error":"notice",this.say("")}say(t,e=null){E(this.text,t),b(this.offer,e??""),w(this.offer,{hidden:!e}),w(this.close,{hidden:!t}),w(this.element,{className:t?this.name:`${this.name} empty`})}};var Da=500,Ia={".formula":"formula",".card pre":"code",".wide":"table",".import-body":"what the file holds",".formula-of .line":"formula",".tape ul":"warnings",".comparison":"networks side by side",".examine figure":"result",".wrongs > div":"misclassified samples",".below .scroll":"table"},Ba="button, a, input, select, summary, [tabindex='0']",ee=class{constructor(t){this.app=t,t.addEventListener("toggle",()=>this.settleSoon(),!0),this.observer=new ResizeObserver(()=>this.settleSoon()),this.observer.observe(t)}settleSoon(){this.timer??=setTimeout(()=>this.settle(),Da)}settle(){clearTimeout(this.timer),this.timer=null;for(let[t,e]of Object.entries(Ia))for(let s of this.app.querySelectorAll(t))Wa(s,e)}stop(){clearTimeout(this.timer),this.observer.disconnect()}};function Wa(o,t){let{scrollWidth:e,clientWidth:s,scrollHeight:i,clientHeight:n}=o;if((e>s||i>n)&&!o.querySelector(Ba))k(o,"tabindex","0"),k(o,"aria-label",t),o.matches("div, pre")&&k(o,"role","group");else if(o.hasAttribute("tabindex"))for(let a of["tabindex","aria-label","role"])o.removeAttribute(a)}function no(o){let t=Mn(o.trim()).replaceAll("−","-");return/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(t)?Number(t):null}function He(o){return/^\s*[-−]/.test(o)?o.replace(/^\s*[-−]/,""):`-${o}`}function Ni(o,{shiftKey:t,altKey:e}){return(Number.isInteger(o)?1:Math.abs(o)<10?.01:.1)*(t?10:1)*(e?.1:1)}function se(o){return Number(o.toFixed(10))}function xe(o,t,e){let s=10**Math.floor(Math.log10((e-t)/100)),i=t+Math.min(1,Math.max(0,o))*(e-t);return se(Math.round(i/s)*s)}var oo='input[inputmode="decimal"]:not(.exact)',ie=class{constructor(t,e){this.element=l("button",{type:"button",class:"sign-key","aria-label":"change the sign",hidden:!0,onpointerdown:s=>s.preventDefault(),onmousedown:s=>s.preventDefault(),onclick:()=>this.#t()},"±"),this.app=e,e.append(this.element),e.addEventListener("focusin",({target:s})=>{this.element.hidden=!s.matches(oo)||!t.matches("(pointer: coarse)")}),e.addEventListener("focusout",()=>{this.element.hidden=!0}),this.stop=t.onKeyboard(s=>{this.element.style.setProperty("--keyboard",`${s}px`)})}#t(){let t=B(this.app);t?.matches(oo)&&(t.value=He(t.value),t.dispatchEvent(new Event("input",{bubbles:!0})))}};function ct(o,t){b(o,t),_i(o,t)}function _i(o,t){o.classList.toggle("words",$i(t))}var ne=new WeakSet;function Q(o,t){let e=l("input",{type:"text",...o}),s=()=>{ne.delete(e)&&t(e.value)};return e.addEventListener("input",()=>ne.add(e)),e.addEventListener("change",s),e.addEventListener("blur",s),e.addEventListener("keydown",i=>{i.key==="Enter"&&s()}),e}function G(o,t){let e=we(o,t);!ne.has(o)&&o.value!==e&&(o.value=e)}function we(o,t){return o.inputMode==="decimal"?D(t):t}function ye(o,t){o.value=we(o,t),ne.add(o)}function qe(o,t){ne.delete(o),o.value=we(o,t)}function ro(o){let t={text:o.value,from:o.selectionStart,to:o.selectionEnd};return ne.delete(o)?t:null}function ao(o,t){ye(o,t.text),o.setSelectionRange(t.from,t.to)}function ve(o,t,e){let s=l("input",{type:"checkbox",...Ri(o,t),...e});return s.checked=t,s}function oe(o,t,e,s){let i=Q({inputmode:"decimal",...Ri(o,t),...e},s);return i.value=we(i,t),i}function Ri(o,t){return{"data-control":o,"data-value":String(t)}}function pt(o,t,e,s){let i=l("select",{...Ri(o,e),...s});return N(i,t,String(e)),i}function Ue(o){for(let t of o.querySelectorAll("[data-value]"))t.type==="checkbox"?t.checked=t.dataset.value==="true":G(t,t.dataset.value)}function At(o,t,e){return o.map(s=>{let{name:i,label:n,kind:r,sentence:a}=s,h=ja(s,`${t}.${i}`,`${n} of ${t}`,p=>e(i,p)),c=l("span");return ct(c,n),l("label",{class:`knob ${r}`,title:`${n}: ${a}`},c,h)})}function ja({kind:o,value:t,choices:e},s,i,n){let r={"aria-label":i};if(o==="bool")return ve(s,t,{...r,onchange:({target:c})=>n(c.checked)});if(o==="choice"){let h=e.map(c=>[c,c.replaceAll("_"," ")]);return pt(s,h,t,{...r,onchange:({target:c})=>n(c.value)})}let a=[t].flat().map(O).join(" ");return oe(s,a,{...r,class:"knob-number"},n)}var Ge=class{constructor(t,{send:e,setSample:s}){this.store=t,this.send=e,this.setSample=s}samples({structure:t}){let{store:e}=this;this.buttons=Array.from({length:t.samples},(i,n)=>l("button",{type:"button",class:"sample","data-control":`sample.${n+1}`,title:`show sample ${n+1} in the drawing`,onclick:()=>this.setSample(n+1)},String(n+1)));let s=(i,n,r,a=!1)=>l("button",{type:"button",class:"quiet",...{"data-control":n,title:n,"aria-label":n},disabled:a,onclick:()=>this.send(r())},i);return l("div",{class:"graph samples"},l("span",{},"sample "),...this.buttons,s("+","add a sample",()=>({type:"add_sample"})),s("−","remove this sample",()=>({type:"remove_sample",sample:e.view.sample}),t.samples<2),s("copy","copy this sample",()=>({type:"duplicate_sample",sample:e.view.sample})),l("button",{type:"button",class:"quiet","data-control":"update with this sample","aria-label":"update with this sample",title:"apply the update of this sample alone, then show the next one",hidden:t.samples<2,onclick:()=>this.#t(t.samples)},"update"))}#t(t){let{sample:e}=this.store.view;this.send({type:"update_sample",sample:e}),this.setSample(e%t+1)}mode({structure:t}){return t.hasModes?pt("mode",this.store.scene.modes,t.mode,{class:"quiet","aria-label":"training or evaluation",title:"how batch norm and dropout behave",onchange:({target:e})=>this.send({type:"set_mode",mode:e.value})}):null}paint(t){this.buttons.forEach((e,s)=>{e.classList.toggle("chosen",s===t.sample-1),k(e,"aria-pressed",String(s===t.sample-1))})}};var Kt=new Set(["weight","bias","gamma","beta","alpha","x"]),lo=new Set(["bias","gamma","beta","alpha","running_mean","running_var"]),po=new Set(["x","target","slopes"]);function Y({block:o,r:t,c:e}){return o.heat?o.canvas:o.elements[t*o.columns+e]}function Ka(o){return{block:o,r:Math.floor(o.stop/o.columns),c:o.stop%o.columns}}function Fa(o,t){let e=o.canvas.getBoundingClientRect();return{r:Math.min(o.rows-1,Math.max(0,Math.floor((t.clientY-e.top)/e.height*o.rows))),c:Math.min(o.columns-1,Math.max(0,Math.floor((t.clientX-e.left)/e.width*o.columns)))}}function tt(o,t){return o.t[t]||I(o.v[t],o.style)}function ke(o,t){return o.v[t]===null?"":O(o.v[t])}function zt(o,t){return[tt(o,t),ke(o,t)]}function ho({block:{tensor:o,layer:t},r:e,c:s},i,n){if(o==="a")return{type:"pin",layer:t,sample:s+1,unit:e+1,value:i};let r=po.has(o),a=r?{layer:uo(o,t),row:s+1,column:n?null:e+1}:{layer:t,row:e+1,column:lo.has(o)?null:s+1};return{type:"set",tensor:r||lo.has(o)?o:"weight",...a,value:i}}function uo(o,t){return o==="x"||o==="target"?null:t}function Ha({block:{tensor:o,layer:t}},e){let s=po.has(o);return{type:"paste",tensor:o,layer:uo(o,t),text:e,transposed:s}}function co({block:o,r:t,c:e}){return`${o.key} ${t} ${e}`}var Ye=class{constructor(t,e){this.store=t,this.send=e,this.sliding=null,this.sent=new Map}of(t,e=this.store.model){let s=t.composedPath(),i=s.find(a=>a.dataset?.block);if(!i)return null;let n=e.byKey.get(i.dataset.block);if(n.heat)return s[0]!==n.canvas?null:t.clientX!==void 0?{block:n,...Fa(n,t)}:Ka(n);let r=s.find(a=>a.dataset?.r!==void 0);return r?{block:n,r:Number(r.dataset.r),c:Number(r.dataset.c)}:null}placeOf(t){return t.block.heat?t.block.canvas.parentElement:Y(t)}valueOf({block:t,r:e,c:s}){let{model:i,scene:n}=this.store;return n.v[i.at(t,e,s)]??0}lastOf(t){return this.sent.get(co(t))??this.valueOf(t)}settle(){this.sent.clear()}isPinned({block:t,r:e,c:s}){if(t.tensor!=="a")return!1;let{pins:i}=this.store.scene;return i.some(([n,r,a])=>n===t.layer&&r===e&&a===s)}isEditable(t){return t.block.editable===!0||this.isPinned(t)}isClassNumber(t){return t.tensor==="target"&&this.store.scene.targetIsClasses}within({block:t},e){if(t.tensor==="running_var")return Math.max(0,e);if(t.tensor!=="target")return e;let{model:s,scene:i}=this.store;if(this.isClassNumber(t)){let n=s.structure.bands.at(-1).units-1;return Math.min(n,Math.max(0,Math.round(e)))}return i.target_is_probability?Math.min(1,Math.max(0,e)):e}set(t,e,s=null){typeof e=="number"&&this.sent.set(co(t),e);let i=ho(t,e,this.isClassNumber(t.block));this.send(s?{...i,gesture:s}:i)}setSeveral(t,e,s){let i=t.map((n,r)=>{let{type:a,...h}=ho(n,e[r],!1);return h});this.send({type:"set_numbers",numbers:i,gesture:s})}commitText(t,e){this.set(t,e)}drag(t,e,s){this.sliding!==s&&(this.gesture=Xt()),this.sliding=s,this.set(t,se(e),this.gesture)}endGesture(){this.sliding=null}paste(t,e){this.send(Ha(t,e))}toggleMask({block:t,r:e,c:s}){this.send({type:"toggle_mask",layer:t.layer,sample:s+1,unit:e+1})}togglePin(t){let{block:e,r:s,c:i}=t;return this.store.view.select(t),this.isPinned(t)?this.send({type:"unpin",layer:e.layer,sample:i+1,unit:s+1}):this.set(t,this.valueOf(t))}};var qa="(max-width: 1199px)",Ua="(max-width: 600px)",Ga="(max-height: 500px)",Di=["closed","compact","whole"],Ya=30,Ve=class{constructor(t,{app:e,body:s,store:i,panel:n,above:r,below:a,restingCell:h,deselect:c}){this.host=t,this.app=e,this.body=s,this.store=i,this.panel=n,this.restingCell=h,this.deselect=c,this.level="closed",this.isUnderWay=!1,this.dock=57,this.lifted=0;let p=d=>l("button",{type:"button","aria-controls":"explanation",onclick:d});n.id="explanation",this.more=p(()=>this.rise()),this.close=p(()=>this.level==="closed"?this.#i("compact"):this.#e()),this.grip=l("div",{class:"grip","aria-hidden":"true"}),this.card=l("div",{class:"explanation"},this.grip,l("div",{class:"levels"},this.more,this.close)),this.element=l("div",{class:"dock"},r,this.card,a),this.#a(),this.#i("closed")}watch(){this.stopListening=this.host.listen("resize",()=>this.settle()),this.stopLifting=this.host.onKeyboard(t=>this.#r(t)),this.size=new ResizeObserver(()=>this.#n()),this.size.observe(this.element),this.place()}stop(){this.stopListening(),this.stopLifting(),this.size.disconnect()}get isDocked(){return this.app.classList.contains("docked")}open(){this.isDocked&&this.level==="closed"&&this.#i("compact")}rise(){this.isDocked&&this.#i(this.level==="compact"?"whole":"compact")}showWhole(t){this.isDocked&&(this.#i("whole"),t.scrollIntoView({block:"nearest"}))}step(){this.rise(),this.level==="whole"?this.more.focus({preventScroll:!0}):this.#s()}lower(){if(!this.isDocked||this.level==="closed")return!1;if(this.level==="whole")this.#s(),this.#i("compact");else{if(this.store.view.selection!==null&&this.#t()==="compact")return!1;this.#e()}return!0}#t(){return this.host.matches(Ga)||this.host.matches(Ua)&&!this.isUnderWay?"closed":"compact"}follow(){let t=this.store.view.step>0;t!==this.isUnderWay&&(this.isUnderWay=t,this.isDocked&&this.store.view.selection===null&&this.level!=="whole"&&this.#i(this.#t()))}#e(){this.#s(),this.#i("closed"),this.deselect()}#s(){if(!this.card.contains(B(this.card)))return;let t=this.restingCell();(t?Y(t):this.close).focus({preventScroll:!0})}#i(t){this.level=t,this.isTurning=!0,k(this.element,"data-level",t);let e=t!=="closed",s=t==="whole",i=(n,r,a,h)=>{b(n,r),w(n,{title:a}),k(n,"aria-label",a),k(n,"aria-expanded",String(h))};i(this.more,s?"▾":"▴",s?"less of the explanation (E)":"the whole explanation (E)",s),i(this.close,e?"✕":"▴",e?"close the explanation (Escape)":"show the explanation (E)",e),w(this.more,{hidden:!e}),s||(this.card.scrollTop=0)}makeRoom(t){!t||this.isDocked||(this.needsRoom=!0,this.place())}settle(){this.needsRoom=!1,this.place()}place(){let{app:t,body:e}=this,s=this.host.matches(qa)||this.needsRoom===!0||t.classList.contains("comparing")||t.classList.contains("presenting");s!==this.isDocked&&(t.classList.toggle("docked",s),(s?this.card:e).append(this.panel),this.#i(s&&this.store.view.selection?"compact":this.#t()))}#n(){let{app:t}=this,{model:e,view:s}=this.store,i=this.element.offsetHeight,n=this.isTurning?1/0:i-this.height;this.height=i,this.isTurning=!1;let r=Math.round(i+this.lifted);r!==this.dock&&t.style.setProperty("--dock",`${r}px`),this.dock=r;let a=e&&this.restingCell(),h=this.level!=="closed"||s.selection===null;a&&h&&this.#o(Y(a),n)}#o(t,e){let s=t.getBoundingClientRect().bottom-this.element.getBoundingClientRect().top;if(s<=0||s>e)return;let i=this.host.matches("(prefers-reduced-motion: reduce)");t.scrollIntoView({block:"nearest",inline:"nearest",behavior:i?"auto":"smooth"})}#r(t){t!==this.lifted&&(this.lifted=t,this.element.classList.toggle("lifted",t>0),this.element.style.bottom=t?`${t}px`:"",this.isTurning=!0,this.#n())}#a(){let t=null,e=i=>i===this.grip||i.closest(".main h2")!==null;this.card.addEventListener("pointerdown",i=>{i.button!==0||!e(i.target)||(t={y:i.clientY,height:this.card.offsetHeight},this.card.setPointerCapture(i.pointerId))}),this.card.addEventListener("pointermove",i=>{t&&(this.card.style.height=`${Math.max(36,t.height+t.y-i.clientY)}px`)});let s=i=>{if(!t)return;let n=t.y-i.clientY;if(t=null,this.card.style.height="",i.type==="pointercancel")return;let r=Di.indexOf(this.level);if(Math.abs(n)<Ya)return this.rise();let a=Di[Math.min(Di.length-1,Math.max(0,r+Math.sign(n)))];return a==="closed"?this.#e():this.#i(a)};this.card.addEventListener("pointerup",s),this.card.addEventListener("pointercancel",s)}};var Va={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function vt({block:o,r:t,c:e}){let s=t*o.columns+e;s!==o.stop&&(o.heat?Object.assign(o.canvas.dataset,{r:t,c:e}):(o.elements[o.stop].tabIndex=-1,o.elements[s].tabIndex=0),o.stop=s)}function Xe(o,{block:t,r:e,c:s},{key:i}){let[n,r]=Va[i],a=o.cell(t.key,e+n,s+r);return a?(vt(a),Y(a).focus(),a):null}var Ft=[{keys:[" "],shown:["Space"],says:"play or pause",act:"play"},{keys:["ArrowRight"],shown:["→"],says:"one step forward",act:"forward"},{keys:["ArrowLeft"],shown:["←"],says:"one step back",act:"back"},{keys:["Home"],shown:["Home"],says:"to the start",act:"start"},{keys:["End"],shown:["End"],says:"to the end",act:"end"},{keys:["e"],shown:["E"],says:"more or less of the explanation, where it lies below",act:"explain"},{keys:["c"],shown:["C"],says:"the other of two networks",act:"flip"},{keys:["p"],shown:["P"],says:"show the sheet to a room",act:"present"},{keys:["l"],shown:["L"],says:"the lines of the program, or not",act:"program"},{keys:["Escape"],shown:["Esc"],says:"let go of the selected number, so that ← → step; or close",act:"letGo"},{keys:["s"],shown:["S"],says:"a summary of this page",act:"summary"},{keys:["?"],shown:["?"],says:"the list of all keys",act:"help"}],$e=[{keys:["PageDown","ArrowDown","ArrowRight"],shown:["Page ↓"],says:"one step forward",act:"forward"},{keys:["PageUp","ArrowUp","ArrowLeft"],shown:["Page ↑"],says:"one step back",act:"back"},{keys:["b","."],shown:["B"],says:"the curtain, and away again",act:"curtain"},{keys:["Escape"],shown:["Esc"],says:"leave",act:"leave"}],Se=[{keys:["z"],isControl:!0,isShifted:!1,shown:["Ctrl","Z"],says:"undo",act:"undo"},{keys:["z"],isControl:!0,isShifted:!0,shown:["Ctrl","Shift","Z"],says:"redo",act:"redo"}],kt=[{keys:["ArrowUp","ArrowDown","ArrowLeft","ArrowRight"],isShifted:!1,isAlt:!1,shown:["↑ ↓ ← →"],says:"from number to number of a matrix",act:"walk"},{keys:["Enter","F2"],shown:["Enter"],says:"type a value; in a mask, switch it",act:"type"},{pattern:/^[0-9.−-]$/,shown:["0","…","9","−"],says:"replace the value",act:"replace"},{keys:["ArrowUp"],isShifted:!0,shown:["Shift","↑"],says:"a little more",act:"more"},{keys:["ArrowDown"],isShifted:!0,shown:["Shift","↓"],says:"a little less",act:"less"},{keys:["ArrowUp"],isAlt:!0,shown:["Alt","↑"],says:"a tenth of that more",act:"more"},{keys:["ArrowDown"],isAlt:!0,shown:["Alt","↓"],says:"a tenth less",act:"less"},{keys:["PageUp"],isShifted:!0,shown:["Shift","Page ↑"],says:"ten times that more",act:"more"},{keys:["PageDown"],isShifted:!0,shown:["Shift","Page ↓"],says:"ten times less",act:"less"}],Ee=[{keys:["ArrowRight"],shown:["→"],says:"the next number",act:"next"},{keys:["ArrowLeft"],shown:["←"],says:"the number before",act:"before"},{keys:["ArrowDown"],shown:["↓"],says:"the next line with numbers",act:"below"},{keys:["ArrowUp"],shown:["↑"],says:"the line before",act:"above"},{keys:["Enter","F2"],shown:["Enter"],says:"type a given number; select the cell of a result",act:"type"}],mo=[{shown:["Drag sideways"],says:"changes a weight, an input or a target"},{shown:["Double click"],says:"types a value"},{shown:["Ctrl","V"],says:"pastes a whole matrix over the selected block"},{shown:["Ctrl","click"],says:"picks a second number: the loss over both"},{shown:["Tab"],says:"goes from matrix to matrix"}];var Xa=8,Je=class{constructor(t,{store:e,cells:s,selection:i,notify:n,say:r}){this.element=t,this.store=e,this.cells=s,this.selection=i,this.notify=n,this.say=r,this.actions=nt(kt,{walk:(a,h)=>this.#o(h),more:(a,h)=>this.#r(a,h,1),less:(a,h)=>this.#r(a,h,-1),type:(a,h)=>this.#a(a,h),replace:(a,h)=>this.#l(a,h)}),this.#t(t),this.#e(t)}#t(t){let{cells:e,selection:s}=this;t.addEventListener("pointermove",i=>{!i.buttons&&!e.sliding&&s.hoverAt(e.of(i))}),t.addEventListener("pointerleave",()=>s.hoverAt(null)),t.addEventListener("focusin",i=>{let n=e.of(i);n&&(vt(n),i.target.matches(":focus-visible")&&(s.isPicking?s.hoverAt(n):s.isAt(n)||s.select(n)))}),t.addEventListener("click",i=>{let n=e.of(i);n?.block.editable==="toggle"&&e.toggleMask(n)}),t.addEventListener("dblclick",i=>{let n=e.of(i);n&&this.#s(n)})}#e(t){let{cells:e,selection:s}=this,i=null,n=null;t.addEventListener("pointerdown",a=>{let h=e.of(a);if(n=a.pointerType==="touch"?h:null,!h||a.button!==0||a.target.closest("input"))return;if(!n){if(s.takesSecond(h,a))return;s.select(h)}if(!e.isEditable(h))return;let c=e.valueOf(h);i={cell:h,x:a.clientX,start:c,gesture:Xt(),moved:!1,pointer:a.pointerId}}),t.addEventListener("pointermove",a=>{if(!i||a.pointerId!==i.pointer)return;let h=Math.trunc((a.clientX-i.x)/Xa);if(!i.moved&&h===0)return;i.moved||t.setPointerCapture(a.pointerId),!i.moved&&n&&s.select(i.cell),n=null,i.moved=!0,a.preventDefault();let c=e.within(i.cell,se(i.start+h*Ni(i.start,a)));c!==i.last&&e.set(i.cell,c,i.gesture),i.last=c}),t.addEventListener("click",a=>{n&&!s.takesSecond(n,a)&&s.select(n),n=null});let r=()=>{i=null};t.addEventListener("pointerup",r),t.addEventListener("pointercancel",r),t.addEventListener("keydown",a=>{a.key!=="Escape"||!i?.moved||(e.set(i.cell,i.start,i.gesture),i=null,a.stopPropagation())})}#s(t,e=null){let{cells:s}=this;if(t.block.editable!==!0&&t.block.editable!=="pin")return;let i=D(O(s.valueOf(t))),n=Za(s.placeOf(t),i,e,r=>s.commitText(t,r));n&&Object.assign(n.dataset,{r:t.r,c:t.c})}key(t){let{store:e}=this,s=it(kt,t);if(!s)return!1;let i=e.view.cell(e.model);return i?this.actions[s.act](i,t):this.#i(s,t)}#i({act:t},e){let s=t==="type"?this.#n(e):null;return s&&this.selection.select(s),s!==null}#n(t){return this.element.contains(t.composedPath()[0])?this.cells.of(t):null}#o(t){let{selection:e,store:s}=this,i=this.#n(t);if(!i)return!1;let n=Xe(s.model,i,t);return n?.block.heat&&(e.isPicking?e.hoverAt(n):e.select(n),this.say(Ja(n,s))),!0}#r(t,e,s){let{cells:i}=this;if(!i.isEditable(t))return!1;let n=i.lastOf(t),r=e.key.startsWith("Page"),a=s*Ni(n,{shiftKey:r,altKey:e.altKey});return i.set(t,i.within(t,se(n+a))),!0}#a(t,e){if(t.block.editable!=="toggle")this.#s(t);else if(e.key==="Enter")this.cells.toggleMask(t);else return!1;return!0}#l(t,e){return t.block.editable==="toggle"?!1:(this.#s(t,e.key),!0)}paste(t){let{store:e,cells:s}=this,i=e.view.cell(e.model);if(!i||t.composedPath()[0].matches?.("input, textarea"))return;let n=t.clipboardData?.getData("text");if(!n)return;if(t.preventDefault(),i.block.editable===!0)return s.paste(i,n);this.notify(`Not changed: ${i.block.title} is computed. To paste a matrix, select a number that can be edited, such as a weight or an input.`,!0)}};function Ja({block:o,r:t,c:e},{model:s,scene:i,view:n}){let r=s.at(o,t,e),a=s.isKnown(r,n)?tt(i,r):"not computed yet";return`${o.rowNoun} ${t+1}, ${o.columnNoun} ${e+1}: ${a}`}function Za(o,t,e,s){if(o.querySelector("input"))return null;let i=l("input",{type:"text",inputmode:"decimal",class:"typing","aria-label":"new value"});i.value=e??t;let n=!1,r=a=>{if(n||i.dataset.moving)return;n=!0;let h=i.value,c=i.parentElement;i.remove(),(c.querySelector("canvas")??c).focus(),a&&s(h)};return i.addEventListener("keydown",a=>{a.stopPropagation(),a.key==="Enter"&&r(!0),a.key==="Escape"&&r(!1),a.key==="Tab"&&r(i.value!==t)}),i.addEventListener("blur",()=>r(i.value!==t)),o.append(i),i.focus(),e===null&&i.select(),i}var Ze=class{#t={};constructor(t,e){this.own=t,this.other=e}follow({granularity:t,step:e}){let{own:s,other:i}=this,n=i.steps(t)?t:"layer",r=n===t?4:1,a=(p,[d,...u])=>[p.blocks[d].key,...u].slice(0,r).join(" "),h=s.steps(t),c=i.steps(n);if(e>=h.length)return{granularity:n,step:c.length};this.#t[n]??=new Map(c.map((p,d)=>[a(i,p),d+1]));for(let p=e-1;p>=0;p--){let d=this.#t[n].get(a(s,h[p]));if(d!==void 0)return{granularity:n,step:d}}return{granularity:n,step:0}}};function Ii(o,t){let e=new Set;for(let[s,i]of Object.entries(o)){let{offset:n}=t.byKey.get(s);i.forEach((r,a)=>{r&&e.add(n+a)})}return e}function Bi(o){let t=l("figure",{class:`block ${o.phase}`,"data-block":o.key});if(o.figure=t,o.isBegun=null,o.norm=l("p",{class:"norm",hidden:!0}),o.fits??=1/0,o.stop=0,o.heat)return t.append(ol(o),o.norm),t;let e=l("tr",{role:"row"},l("td",{role:"gridcell"}));for(let i=0;i<o.columns;i++)e.append(l("th",{role:"columnheader",scope:"col"},o.columnNoun?`${o.columnNoun} ${i+1}`:o.symbol));let s=l("tbody",{role:"rowgroup"});o.elements=[];for(let i=0;i<o.rows;i++){let n=l("tr",{role:"row"},l("th",{role:"rowheader",scope:"row"},`${o.rowNoun} ${i+1}`.trim()));for(let r=0;r<o.columns;r++){let a=l("td",{role:"gridcell",tabindex:"-1","data-r":i,"data-c":r});o.elements.push(a),n.append(a)}s.append(n)}return o.elements[0].tabIndex=0,o.texts=o.elements.map(i=>i.appendChild(document.createTextNode(""))),o.names=o.elements.map(()=>""),t.append(l("table",{role:"grid","aria-label":o.title,"aria-readonly":o.editable?null:"true"},l("caption",{},Jn(o.tensor)?at(o.tensor,o.symbol):o.symbol,o.frozen?Qa():null,l("span",{class:"of"},o.caption.slice(o.symbol.length))),l("thead",{role:"rowgroup"},e),s),o.norm),t}function Qa(){let o="frozen: no update changes it";return l("span",{class:"frozen",role:"img","aria-label":o,title:o}," ❄")}var tl=24;function el(o,{fits:t}){return o.length>t?` long n${Math.min(tl,o.length)}`:""}function sl(o,t,e,s){let i=e.norms?.[t.key];if(w(t.norm,{hidden:!i}),!i)return;let n=o.isKnown(o.at(t,t.rows-1,t.columns-1),s);E(t.norm,n?L`‖${t.symbol.replace("h = φ","h")}‖ ${i}`:"·")}function il(o,{tensor:t,layer:e}){return t==="h"||t==="mask"?o.byKey.get(`mask.${e}`):t===o.structure.bands[e].activationInput?o.byKey.get(`slope.${e}`):null}function Qe(o,t,e,s,i,n,r){let a=o.reveals[e.granularity],h=new Set(t.pins.map(([p,d,u])=>o.at(o.byKey.get(`a.${p}`),d,u))),c=o.largestOfAll(t,!!e.sizes);for(let p of o.blocks){sl(o,p,t,e);let d=a[p.offset]<=e.step||i?.at===p.offset;if(p.isBegun!==d&&(p.isBegun=d,p.figure.classList.toggle("not-begun",!d)),p.heat){rl(o,p,t,e,s,r,c.get(p));continue}let u=c.get(p),f=il(o,p),m=p.columnNoun==="sample"&&p.columns>1?e.sample-1:-1;for(let g=0;g<p.elements.length;g++){let x=p.offset+g,y=i?.at===x,v=y||a[x]<=e.step,$=t.v[x],S=v||y?D(y?i.text:t.t[x]):"·",z=p.texts[g];z.data!==S&&(z.data=S);let M=v?$===null?"broken":$<0?"negative":$>0?"positive":"zero":"blank";v&&$&&(M+=` t${Math.ceil(Math.abs($)/u*10)}`),y&&(M+=" partial"),p.editable===!0&&(M+=" editable"),v&&f&&t.v[f.offset+g]===0&&(M+=" closed"),h.has(x)&&(M+=" pinned"),g%p.columns===m&&(M+=" chosen"),v&&n?.has(x)&&(M+=" differs"),v&&r?.has(x)&&(M+=" changed"),M+=el(S,p);let K=s.get(x);K&&(M+=` ${K}`),p.names[g]!==M&&(p.names[g]=M,p.elements[g].className=M)}}}function fo({block:o,r:t,c:e},s,i,n,r){let a=s.at(o,t,e),h=s.isKnown(a,n),[c,p]=zt(i,a),d=o.heat?p||c:p===c?"":p,u=o.heat?o.canvas:o.elements[t*o.columns+e],f=h?[d,Cn(r??"")].filter(Boolean).join(`
`):"";u.title=D(f)}var nl=150;function ol(o){let t=Math.max(2,Math.floor(nl/Math.max(o.rows,o.columns)));o.scale=t;let e=`${o.title}: ${o.rows} by ${o.columns} numbers`;return o.canvas=l("canvas",{width:o.columns*t,height:o.rows*t,tabindex:"0",role:"application","aria-roledescription":"heat map","aria-label":`${e}; the arrow keys move from number to number`}),l("div",{class:"heat"},l("span",{class:"heat-caption"},`${o.symbol} ${o.rows}×${o.columns}`),o.canvas)}function rl(o,t,e,s,i,n,r){let a=o.reveals[s.granularity],{canvas:h,scale:c,rows:p,columns:d}=t,u=getComputedStyle(h),[f,m,g,x,y]=["--positive","--negative","--empty","--mark","--corner"].map(S=>u.getPropertyValue(S)),v=h.getContext("2d");v.clearRect(0,0,h.width,h.height);let $=!1;for(let S=0;S<p;S++)for(let z=0;z<d;z++){let M=o.at(t,S,z),K=e.v[M],qt=a[M]<=s.step;v.globalAlpha=1,v.fillStyle=g,v.fillRect(z*c,S*c,c-1,c-1),qt&&K!==null&&(v.globalAlpha=r>0?Math.abs(K)/r:0,v.fillStyle=K<0?m:f,v.fillRect(z*c,S*c,c-1,c-1)),qt&&n?.has(M)&&al(v,y,z*c,S*c,Math.max(2,c/3)),i.has(M)&&($=!0,v.globalAlpha=1,v.strokeStyle=x,v.lineWidth=1.5,v.strokeRect(z*c+.5,S*c+.5,c-2,c-2))}h.toggleAttribute("data-marked",$)}function al(o,t,e,s,i){o.globalAlpha=1,o.fillStyle=t,o.beginPath(),o.moveTo(e,s),o.lineTo(e+i,s),o.lineTo(e,s+i),o.fill()}var ll=12;function go(o,t,e){let{structure:s}=o,i=s.bands.map(n=>hl(o,t,n,e));return i.push(cl(o,t,e)),i}function hl(o,t,e,s){let{layer:i}=e,n=l("div",{class:"side"},l("h3",{},i?e.label:at("x",e.label)));if(!s)n.append(i>0?xo(e.chosen):l("span",{class:"sub"},"input"));else if(i>0){let r=l("select",{class:"quiet activation","data-of":i,"data-control":`activation.${i}`,"aria-label":`activation of layer ${i}`,onchange:h=>s({type:"set_activation",layer:i,key:h.target.value})});N(r,o.structure.activations,e.activation);let a=r.selectedOptions[0]?.textContent??"";r.classList.toggle("long",a.length>ll),n.append(r,...At(e.hyperparameters,`the activation of layer ${i}`,(h,c)=>s({type:"set_activation_knob",layer:i,name:h,value:c})))}else n.append(l("span",{class:"sub"},"input"));return e.extras&&n.append(l("span",{class:"sub extras"},e.extras)),s&&n.append(fl(o,t,e,s)),wo(o,l("section",{class:"band","data-layer":i,"aria-label":bo(e.label,s)},n,l("div",{class:"graph"})),o.blocks.filter(r=>r.layer===i&&r.phase!=="loss"&&r.tensor!=="target"))}function bo(o,t){return t?o:`${o}, other network`}function xo([o,t]){return l("span",{class:"sub",title:t===o?null:t},o)}function cl(o,t,e){let s=o.structure.layers,i=l("select",{class:"quiet loss","data-of":"loss","data-control":"loss","aria-label":"loss function",onchange:a=>e({type:"set_loss",key:a.target.value})}),n=l("div",{class:"side"},l("h3",{},at("loss","loss")),e?i:xo(o.structure.lossChosen),...e?At(o.structure.lossHyperparameters,"the loss",(a,h)=>e({type:"set_loss_knob",name:a,value:h})):[],...e?pl(o,e):[],...e?dl(o,t,e):[]),r=o.blocks.filter(a=>a.layer===s&&(a.phase==="loss"||a.tensor==="target"));return wo(o,l("section",{class:"band","data-layer":"loss","aria-label":bo("loss",e)},n,l("div",{class:"graph"})),r)}function pl({structure:o},t){return o.targetForm?[pt("target form",[["numbers","targets: class numbers"],["rows","targets: a row for each"]],o.targetForm,{class:"quiet","aria-label":"how targets are written",title:"the number of the class from 0, or a row with a number for each class; from a row to a number only the place of its largest number is kept",onchange:({target:s})=>t({type:"set_target_form",form:s.value})})]:[]}function dl({structure:o},t,e){let{penalties:s,penalty:i,penaltyHyperparameters:n}=o,r=pt("penalty",[["","no penalty"],...s],i,{class:"quiet","aria-label":"penalty",title:"what is added to the loss so that weights stay small",onchange:({target:h})=>e({type:"set_penalty",key:h.value||null})});if(!i)return[r];let a=ve("penalty.biases",t.penalizeBiases,{"aria-label":"penalise biases too",onchange:({target:h})=>e({type:"penalize_biases",on:h.checked})});return[r,...At(n,"the penalty",(h,c)=>e({type:"set_penalty_knob",name:h,value:c})),l("label",{class:"knob bool",title:"whether biases are penalised too"},"biases too",a),l("span",{class:"sub penalty-value",title:"the penalty: it is added to the loss"})]}function ul(o,t){let e=new Map;for(let i of t)e.set(i.line,[...e.get(i.line)??[],i]);if(e.size<2)return l("div",{class:`column ${o}`},...t.map(i=>Bi(i)));let s=[...e].sort(([i],[n])=>i-n);return l("div",{class:`column ${o} stacked`},...s.map(([,i])=>l("div",{class:"line"},...i.map(n=>Bi(n)))))}function wo(o,t,e){for(let[s]of o.structure.columns){let i=e.filter(n=>n.column===s);t.append(ul(s,i))}return t}var ml=2**32;function fl(o,t,e,s){let{layer:i,units:n,bias:r}=e,a=(d,u,f=!1)=>l("button",{type:"button",disabled:f,onclick:m=>{wt(m.target.closest("details")),s(u)}},d),h=i?"unit":"input",c=[a(i?"add a unit":"add an input",{type:"widen",layer:i}),a(`remove the last ${h}`,{type:"narrow",layer:i},n<2),a("add a layer after this",{type:"add_layer",after:i})];i&&(c.push(a("remove this layer",{type:"remove_layer",layer:i},o.structure.layers<2)),c.push(a(r?"remove the bias":"add a bias",{type:"set_bias",layer:i,on:!r})),c.push(...xl(o,e,s),...bl(e,s),...gl(e,t,s)));let p=l("details",{class:"menu","data-menu":i},l("summary",{"data-control":`menu.${i}`,"aria-label":i?`change layer ${i}`:"change the input"},"⋯"),l("div",{},...c));return yt(p),p.addEventListener("toggle",()=>{p.open&&p.lastElementChild.scrollIntoView({block:"nearest"})}),p.addEventListener("focusout",d=>{p.isConnected&&!p.contains(d.relatedTarget)&&(p.open=!1)}),p}function gl({layer:o,parameters:t,hasRate:e,hasDecay:s,decay:i},n,r){let a=`layer ${o}`,h=t.map(([u,f,m])=>l("label",{class:"frozen-box"},f,ve(`frozen.${o}.${u}`,m,{"aria-label":`${f} of ${a} frozen`,onchange:({target:g})=>r({type:"set_frozen",layer:o,tensor:u,on:g.checked})}))),c=(u,f,m,g,x)=>l("label",{class:"knob",title:m},l("span",{},f),oe(`${u}.${o}`,g==null?"":O(g),{class:"knob-number",placeholder:"as all","aria-label":`${m} of ${a}`},y=>r({type:x,layer:o,value:y.trim()?y:null}))),p=l("div",{class:"knob frozen-boxes",title:"a frozen number keeps its value in every update"},at("frozen","frozen"),...h),d=n.rates[o-1];return[p,...e?[c("rate","own η","learning rate",d,"set_layer_rate")]:[],...s?[c("decay","own decay λ","weight decay",i,"set_layer_decay")]:[]]}function bl({layer:o,tie:t,ties:e,bias:s,units:i,oneBias:n},r){let a=[];return e.length>1&&a.push(l("label",{class:"knob",title:"a tied weight is one number with that of another layer"},l("span",{},"weight"),pt(`tie.${o}`,e,t,{"aria-label":`weight of layer ${o}`,onchange:({target:{value:h}})=>r({type:"set_tied",layer:o,to:h?Number.parseInt(h,10):null,transposed:h.endsWith("T")})}))),s&&i>1&&a.push(l("label",{class:"knob",title:"all units of the layer have one and the same bias"},l("span",{},"one bias"),ve(`onebias.${o}`,n,{"aria-label":`one bias for all units of layer ${o}`,onchange:({target:h})=>r({type:"set_one_bias",layer:o,on:h.checked})}))),a}function xl(o,t,e){let{layer:s,norm:i,normHyperparameters:n,draws:r,dropout:a,skip:h,skips:c,inner:p}=t,d=`layer ${s}`,u=(x,y,...v)=>l("label",{class:"knob",title:y},l("span",{},x),...v),f=()=>Math.floor(Math.random()*ml),m=(x,y)=>l("button",{type:"button","data-control":`${x}.${s}`,onclick:()=>e({type:x,layer:s,seed:f()})},y),g=[...r?[m("redraw_slopes","draw other slopes")]:[],u("norm","what stands between z and the activation",pt(`norm.${s}`,[["","none"],...o.structure.norms],i,{"aria-label":`norm of ${d}`,onchange:({target:x})=>e({type:"set_norm",layer:s,key:x.value||null})})),...At(n,`the norm of ${d}`,(x,y)=>e({type:"set_norm_knob",layer:s,name:x,value:y}))];return p&&(g.push(u(at("dropout","dropout"),"the chance of a unit to be dropped, from 0 to 1",oe(`dropout.${s}`,a,{class:"knob-number","aria-label":`dropout rate of ${d}`},x=>e({type:"set_dropout",layer:s,rate:x,seed:f()})))),a&&g.push(m("redraw_mask","draw another mask")),c.length>1&&g.push(u("skip","what is added to the output of this layer",pt(`skip.${s}`,c,h,{"aria-label":`skip to ${d}`,onchange:({target:x})=>e({type:"set_skip",layer:s,around:Number(x.value)})})))),g}var wl=2e3;function yo(o,t,e){let{structure:s}=o,i=[...t.querySelectorAll(".band")],n=i[0].querySelector(".graph"),r=t.getBoundingClientRect(),a=n.getBoundingClientRect(),h=a.width;e.setAttribute("width",h),e.setAttribute("height",t.scrollHeight),e.style.left=`${a.left-t.parentElement.getBoundingClientRect().left}px`;let c=[];s.bands.forEach(({units:m},g)=>{let x=i[g].getBoundingClientRect(),y=x.top-r.top+t.scrollTop+x.height/2,v=Math.min(50,(h-8)/m),$=Math.max(2,Math.min(14,v*.45,x.height/2-2));c.push(Array.from({length:m},(S,z)=>({x:h/2+(z-(m-1)/2)*v,y,radius:$})))});let p=C("g"),d=C("g"),u={nodes:[],edges:[]},f=s.bands.slice(1).reduce((m,{units:g},x)=>m+g*s.bands[x].units,0);for(let m=1;m<c.length&&f<=wl;m++){let g=o.byKey.get(`weight.${m}`);c[m].forEach((x,y)=>c[m-1].forEach((v,$)=>{let S=C("line",{x1:v.x,y1:v.y+v.radius,x2:x.x,y2:x.y-x.radius});p.append(S),u.edges.push({line:S,block:g,at:o.at(g,y,$),name:`W ${y+1},${$+1} of layer ${m}`})}))}return c.forEach((m,g)=>m.forEach(({x,y,radius:v},$)=>{let S=C("g",{transform:`translate(${x} ${y})`});S.append(C("circle",{r:v}));let z=C("text",{dy:"0.35em"}),M=C("line",{x1:-v*.7,y1:v*.7,x2:v*.7,y2:-v*.7,class:"strike"});v>=9&&S.append(z),S.append(M),d.append(S),u.nodes.push({group:S,text:z,number:g,unit:$})})),e.replaceChildren(p,yl(s,c,h),d),u}function yl(o,t,e){let s=C("g");return o.bands.forEach(({skip:i},n)=>{if(!i)return;let[r,a]=[t[n-i].at(-1),t[n].at(-1)],[h,c]=[r.x+r.radius+1,a.x+a.radius+1],p=Math.min(e-2,Math.max(h,c)+26);s.append(C("path",{class:"skip",d:`M${h} ${r.y} C${p} ${r.y} ${p} ${a.y} ${c} ${a.y}`}));let d=C("text",{class:"skip-sign",x:c+4,y:a.y-4});d.textContent="+",s.append(d)}),s}function vo(o,t,e,s,i){let n=s.sample-1,r=t.reveals[s.granularity],a=new Map;for(let{line:h,block:c,at:p}of o.edges){let d=e.v[p]??0;a.has(c)||a.set(c,t.largest(c,e)||1);let u=d<0?"negative":d>0?"positive":"zero",f=i.get(p)==="path"?"path":"marked",m=i.has(p)?`${u} ${f}`:u;k(h,"class",m),k(h,"stroke-width",(.8+1.4*(Math.abs(d)/a.get(c))).toFixed(1))}for(let{group:h,text:c,number:p,unit:d}of o.nodes){let u=p?`a.${p}`:"x.0",f=t.at(t.byKey.get(u),d,n),m=r[f]<=s.step,g=m?tt(e,f):"";b(c,g.length>7?`${g.slice(0,6)}…`:g),k(c,"class",g.length>3?"long":"");let x=t.byKey.get(`slope.${p}`),y=m&&x&&e.v[t.at(x,d,n)]===0,v=t.byKey.get(`mask.${p}`),$=v&&e.v[t.at(v,d,n)]===0,S=e.pins.some(([K,qt,na])=>K===p&&qt===d&&na===n),z=["z","n","h","a","grad_a","grad_h","grad_n","grad_z","x","grad_x"].map(K=>t.byKey.get(`${K}.${p}`)).map(K=>K&&i.get(t.at(K,d,n))).find(Boolean),M=["node",y&&!S&&"closed",$&&"dropped",S&&"pinned",z].filter(Boolean).join(" ");k(h,"class",M)}}function ko(o,t,e,s,i){let n=o.edges.find(({line:m})=>m===t),r=n?null:o.nodes.find(({group:m})=>m.contains(t));if(!n&&!r)return;let a=r?.number?`a.${r.number}`:"x.0",h=n?.at??e.at(e.byKey.get(a),r.unit,i.sample-1),c=r?.number?`a of unit ${r.unit+1}, layer ${r.number}`:`x ${r?.unit+1}`,p=n?.name??`${c}, sample ${i.sample}`,d=e.isKnown(h,i),u=n?n.line:r.group,f=u.querySelector("title")??u.appendChild(C("title"));b(f,d?`${p}: ${ke(s,h)||s.t[h]}`:p)}var vl=[[[],[52,44,38,34,31]],[["dense"],[34,31,29]]],kl=[[["tall"],[52,44,38]],[["tall","dense"],[38,34,30,26]]],$l=[[["tall","dense","deep"],[34,30,26,22]]],Sl=o=>o.flatMap(([t,e])=>e.map(s=>({classes:t,cell:s}))),Wi=[vl,kl,$l].map(Sl),Eo={classes:[],cell:38},To={classes:[],cell:22},ts=[...Wi.flat(),Eo,To],El=["dense","tall","deep"],Tl=["sparse","low"],Ml=38,Ol=44,$o=601,Al=4,zl=24,So=.6,Pl=1.3,Ll=8,es=class{constructor(t,e,{fold:s,hasHeight:i}){this.frame=t,this.sheet=e,this.fold=s,this.hasHeight=i,this.isPresented=!1,this.spread=0,this.restart()}restart(){this.at=null,this.columns=1/0,this.width=this.frame.clientWidth}hasResized(){return Math.abs(this.frame.clientWidth-this.width)>zl}space(t){let{letterSpacing:e,fontSize:s}=getComputedStyle(t),i=Math.max(0,(Number.parseFloat(e)||0)/Number.parseFloat(s));return Math.abs(i-this.spread)<.01?!1:(this.spread=i,this.sheet.style.setProperty("--pitch",i?String(So+i):""),!0)}fit(t,e){this.scale=e;let s=this.frame.closest(".beside")!==null,i=this.#t(s);for(;!i&&!s&&this.#r(t);)i=this.#t(s);this.at=ts.indexOf(i??Wi[s?2:1].at(-1)),this.#n(ts[this.at]),this.isTooWide=this.#o()>0,this.#a(t)}follow(t,e){this.at===null||this.applied===ts[Math.max(t,this.at)]||(this.#n(ts[Math.max(t,this.at)]),this.#a(e))}reapply(t){this.#a(t)}#t(t){if(this.known=new Map,this.isPresented)return To;let[e,s,i]=Wi,n=r=>r.filter(({cell:a})=>a>=Ml);return this.#s(n(e).at(-1)),this.frame.clientWidth<$o?Eo:this.#e(n(e))??this.#e(n(s),!0)??this.#e(e)??this.#e(s)??(t?this.#e(i):null)}#e(t,e=!1){let s=t.filter(r=>!this.#i(r));if(!s.length||e&&!this.hasHeight(this.sheet.scrollHeight*Pl))return null;let i=s.filter(({classes:r})=>r===this.applied?.classes),n=!e&&i.find(r=>this.#s(r));return n||(!this.#s(s.at(-1))||e&&!this.hasHeight(this.sheet.scrollHeight)?null:s.find(r=>!this.#i(r)&&this.#s(r))??null)}#s(t){return this.known.has(t)||(this.#n(t),this.known.set(t,this.#o())),this.known.get(t)<=0}#i({classes:t,cell:e}){let s=[...this.known].filter(([a,h])=>h>0&&a.classes===t).map(([a,h])=>({cell:a.cell,excess:h})).sort((a,h)=>a.cell-h.cell);if(s.some(a=>a.cell<=e))return!0;let[i,n]=s;if(!n)return!1;let r=(n.excess-i.excess)/(n.cell-i.cell);return i.excess-r*(i.cell-e)>0}#n(t){this.applied=t;let{sheet:e}=this;for(let s of El)e.classList.toggle(s,t.classes.includes(s));e.style.gridTemplateColumns="",e.style.setProperty("--cell",`${Math.round(t.cell*this.scale)}px`);for(let s of e.querySelectorAll(".block"))s.style.removeProperty("--cell")}#o(){return this.sheet.scrollWidth-this.frame.clientWidth}#r(t){return this.columns=Math.max(0,...t.filter(({heat:e})=>!e).map(({columns:e})=>e)),this.columns<=Al?!1:(this.fold(this.columns),!0)}#a(t){let{sheet:e}=this,s=Math.round(this.applied.cell*this.scale),i=Math.max(s,Ol*this.scale),n=this.frame.clientWidth<$o&&!this.isPresented,r=t.filter(({heat:p})=>!p),a=Tl.filter(p=>this.frame.classList.contains(p));this.frame.classList.remove(...a);let h=r.map(({figure:p})=>{let d=p.parentElement,u=[...d.querySelectorAll(":scope > .block > table > tbody > tr:first-child")].map(f=>f.querySelectorAll("td").length);return{width:d.clientWidth||1/0,columns:u}});this.frame.classList.add(...a),!n&&!this.isTooWide&&!this.isPresented&&(e.style.gridTemplateColumns=getComputedStyle(e).gridTemplateColumns),r.forEach((p,d)=>{let{width:u,columns:f}=h[d],m=n?p.columns:f.reduce((v,$)=>v+$,0),g=n?10:Ll*(f.length-1),x=Math.floor((u-g)/m)-2,y=n?Math.min(s,Math.max(x,22)):Math.max(s,Math.min(x,i));p.cell=y,this.isPresented?p.cell=s:y!==s&&p.figure.style.setProperty("--cell",`${y}px`)});let c=this.applied.classes.includes("dense")?6.9:7.5;this.character=c*(1+this.spread/So);for(let p of r)p.fits=Math.floor((p.cell-3)/this.character)}};var ss=class{constructor(t,e){this.structure=t,this.blocks=t.blocks,this.byKey=new Map,this.cells=0;for(let s of[...t.blocks,...e.map(([i,n,r])=>({key:i,rows:n,columns:r,hidden:!0}))])s.offset=this.cells,this.cells+=s.rows*s.columns,this.byKey.set(s.key,s);this.reveals={};for(let[s,i]of Object.entries(t.steps))this.reveals[s]=this.#t(i)}#t(t){let e=new Int32Array(this.cells);return t.forEach(([s,i,n,,...r],a)=>{for(let h of[s,...r]){let c=this.blocks[h];for(let p=0;p<c.rows;p++)if(!(i>=0&&p!==i))for(let d=0;d<c.columns;d++)(n<0||d===n)&&(e[c.offset+p*c.columns+d]=a+1)}}),e}largest({offset:t,rows:e,columns:s},i){let n=0;for(let r=t;r<t+e*s;r++)n=Math.max(n,Math.abs(i.v[r]??0));return n}largestOfAll(t,e){let s=new Map(this.blocks.map(n=>[n,this.largest(n,t)]));if(!e)return s;let i=new Map;for(let[{tensor:n},r]of s)i.set(n,Math.max(r,i.get(n)??0));return new Map(this.blocks.map(n=>[n,i.get(n.tensor)]))}at(t,e,s){return t.offset+e*t.columns+s}isKnown(t,{granularity:e,step:s}){return this.reveals[e][t]<=s}isUpdateKnown(t,e){if(!t)return!1;let{block:s,r:i,c:n}=t,r=this.byKey.get(`new_${s.tensor.replace(/^(new|grad)_/,"")}.${s.layer}`);return this.isKnown(this.at(r??s,i,n),e)}cell(t,e,s){let i=this.byKey.get(t);return i&&e>=0&&s>=0&&e<i.rows&&s<i.columns?{block:i,r:e,c:s}:null}resolve([t,e,s],{block:i,r:n,c:r},a=0){let{count:h}=i.rule,{samples:c}=this.structure,p=d=>{switch(d){case"r":return n;case"c":return r;case"k":return a;case"rk":return n*h+a;case"k/N":return Math.floor(a/c);case"k%N":return a%c;default:return d}};return{block:this.byKey.get(t),r:p(e),c:p(s)}}references(t,e=1/0){let{rule:s}=t.block,i=s.refs.map(n=>this.resolve(n,t));for(let n=0;n<Math.min(s.count,e);n++)i.push(...s.factors.map(r=>this.resolve(r,t,n)));return i.push(...s.plus.slice(0,Math.max(0,e-s.count)).map(n=>this.resolve(n,t))),i}sources(t,e=1/0){let s=this.references(t,e);for(let{count:i,sources:n}of t.block.rule.details)for(let r=0;r<Math.min(i,e);r++)s.push(...n.map(a=>this.resolve(a,t,r)));return s.filter(({block:i})=>!i.hidden)}steps(t){return this.structure.steps[t]}translate(t,e,s){if(t===0)return 0;let i=this.steps(e)[t-1][0];return this.steps(s).findLastIndex(n=>n[0]===i||n.slice(4).includes(i))+1||0}phases(t){let e=new Map;return this.steps(t).forEach(([s],i)=>{let{phase:n}=this.blocks[s],r=e.get(n)??[i+1,i+1];e.set(n,[r[0],i+1])}),this.structure.phases.filter(([s])=>e.has(s)).map(([s,i])=>[s,i,...e.get(s)])}};var re=class{constructor({title:t,controls:e,corner:s,send:i,onResize:n,hasHeight:r,isOnPaper:a}){this.corner=s,this.controls=e,this.send=i,this.hasHeight=r,this.isOnPaper=a,this.drawingLayer=C("svg",{class:"drawing","aria-hidden":"true"}),this.drawingLayer.addEventListener("pointerover",({target:h})=>this.drawing&&ko(this.drawing,h,this.model,this.scene,this.view)),this.sheet=l("div",{class:"sheet"}),this.letters=l("span",{class:"spacing-probe","aria-hidden":"true"},"0000000000"),this.element=l("div",{class:"sheet-scroll"},l("h2",{class:"visually-hidden"},t),this.letters,this.sheet),this.element.addEventListener("scroll",()=>{this.drawingLayer.style.translate=`${this.element.scrollLeft}px`,this.sheet.classList.toggle("scrolled",this.element.scrollLeft>0)},{passive:!0}),this.headings=_l,this.layout=new es(this.element,this.sheet,{fold:h=>this.#s(h),hasHeight:r}),this.spacing=new ResizeObserver(()=>{!this.layout.space(this.letters)||!this.model||(this.isFitted=!1,n())}),this.spacing.observe(this.letters),this.observer=new ResizeObserver(()=>{!this.model||!this.element.clientWidth||a()||this.#o()!==this.drawnAt&&(this.layout.hasResized()&&this.#t(),this.drawing=null,n())}),this.observer.observe(this.sheet),this.observer.observe(this.element)}take(t,e){let s=this.model?.structure.id!==t.id;if(this.scene=e,s){let i=this.model&&Mo(this.model);this.model=new ss(t,e.hidden),i===Mo(this.model)?this.#e():this.#t()}return s}restoreMenus(){let{structure:t}=this.model;for(let e of this.bands){let s=e.querySelector("select"),i=s?.dataset.of;i==="loss"?N(s,t.losses,this.scene.loss):s&&w(s,{value:t.bands[Number(i)].activation})}}#t(){for(let t of this.model.blocks)t.heat=t.isGivenAsHeat??=t.heat;this.layout.restart(),this.#i(),this.isFitted=!1}#e(){for(let t of this.model.blocks)t.isGivenAsHeat=t.heat,t.heat||=t.columns>=this.layout.columns;this.#i(),this.isKept=!0}#s(t){for(let e of this.model.blocks)e.heat||=e.columns>=t;this.#i(),Qe(this.model,this.scene,this.view,new Map)}#i(){let t=this.model.structure.columns.map(([m,g])=>l("div",{class:`heading ${m}`},Il(m,g))),e=B(this.sheet),s=this.sheet.contains(e)?e:null,i=s?.dataset.control,n=s?.closest("[data-block]")?.dataset.block,{r=0,c:a=0}=s?.dataset??{},h=s?.matches("input.typing")?s:null;h&&(h.dataset.moving="true",h.remove());let c=i?ro(s):null,p=this.sheet.querySelector("details[open]")?.dataset.menu;this.bands=go(this.model,this.scene,this.send),this.sheet.replaceChildren(this.drawingLayer,l("div",{class:"headings"},l("div",{class:"side"},this.corner?.(this.model)),this.controls(this.model),...t),...this.bands);let d=p&&i&&this.sheet.querySelector(`[data-menu="${p}"]`);d&&(d.open=!0);let u=i&&this.sheet.querySelector(`[data-control="${i}"]`);u?.focus(),u&&c&&ao(u,c);let f=n&&this.model.cell(n,Number(r),Number(a));f&&h?Dl(f,h):f&&(vt(f),queueMicrotask(()=>Y(f).focus({preventScroll:!0}))),this.drawing=null}paint(t,e,s,i,n){let{model:r,scene:a}=this;this.view=t,this.#r(a,t);let h=Cl(a,t);h!==this.look&&(this.isFitted=!1),this.look=h,this.layout.isPresented=!!t.present,Qe(r,a,t,e,s,i,n),(!this.isFitted||this.isKept)&&(this.isFitted?this.layout.reapply(r.blocks):this.layout.fit(r.blocks,Rl(t.numbers||a.number_style)),this.drawing=null,Qe(r,a,t,e,s,i,n)),this.isFitted=!0,this.isKept=!1,this.drawing||this.#n(),vo(this.drawing,r,a,t,e);let c=r.steps(t.granularity)[t.step-1],p=c&&r.blocks[c[0]],d=p&&(p.phase==="loss"?"loss":String(p.layer));for(let u of this.bands)u.classList.toggle("current",u.dataset.layer===d);return p}#n(){let{sheet:t,element:e,layout:s,model:i}=this;e.classList.toggle("too-wide",s.isTooWide);let n=t.querySelector(".headings").offsetHeight;n!==this.headings&&e.style.setProperty("--headings",`${n}px`),this.headings=n,this.drawing=yo(i,t,this.drawingLayer),e.style.setProperty(Ao,Math.min(1,Nl/e.scrollWidth).toFixed(3)),this.drawnAt=this.#o()}#o(){let{sheet:t,element:e}=this,{offsetWidth:s,offsetHeight:i}=t;return[s,i,e.clientWidth,e.clientHeight].join(" ")}#r({penalty:t},e){let s=t&&this.sheet.querySelector(".penalty-value");if(!s)return;let{model:i}=this,n=i.byKey.get(`loss.${i.structure.layers}`);E(s,i.isKnown(n.offset,e)?t:"+ R = ·")}stop(){this.observer.disconnect(),this.spacing.disconnect()}};function Mo({blocks:o}){return o.map(({key:t,rows:e,columns:s,line:i})=>[t,e,s,i]).join(" ")}function Cl(o,t){return`${t.sizes} ${t.numbers||o.number_style} ${t.present}`}var Nl=700,_l=32,Ao="--mlpviz-on-paper";try{CSS.registerProperty({name:Ao,syntax:"<number>",inherits:!1,initialValue:"1"})}catch{}var Oo=3;function Rl(o){return Math.max(1,((Number(o)||Oo)+3)/(Oo+3))}function Dl(o,t){let{selectionStart:e,selectionEnd:s}=t,i=Y(o);(o.block.heat?i.parentElement:i).append(t),t.focus({preventScroll:!0}),t.setSelectionRange(e,s),delete t.dataset.moving}function Il(o,t){let e=Wt(o,t);return _i(e,t),e}var Bl="(min-width: 1200px)",is=class{constructor(t,{app:e,store:s,own:i,cells:n,selection:r,send:a,insert:h,placed:c,paint:p}){this.host=t,this.app=e,this.store=s,this.own=i,this.cells=n,this.selection=r,this.insert=h,this.placed=c,this.paint=p;let d=(f,m,g)=>l("button",{type:"button",title:m,"aria-label":gt(f,m),onclick:g},f),u=(f,m,g)=>l("button",{type:"button",title:m,onclick:()=>this.flip(g)},f);this.differences=l("ul",{class:"differences"}),this.losses=l("b"),this.delta=l("p",{class:"delta",role:"status"}),this.here=u("Here","show the network that is edited (C)",!1),this.there=u("There","show the one beside it (C)",!0),this.together=l("input",{type:"checkbox",onchange:()=>a({type:"together"})}),this.element=l("section",{class:"comparison",hidden:!0,"aria-label":"comparison"},l("span",{class:"pill"},"loss ",this.losses),this.differences,this.delta,l("label",{},this.together,"Edits go to both"),d("⇄ Swap","swap: edit the other one",()=>a({type:"swap"})),d("Adopt the other one","go on with the other one",()=>a({type:"adopt"})),d("✕","stop comparing",()=>a({type:"stop_comparing"}))),this.choice=l("div",{class:"shown-one",role:"group","aria-label":"which network is shown"},this.here,this.there),this.view=new te,this.other=null,this.stopListening=t.listen("resize",()=>this.#t())}stop(){this.stopListening(),this.other?.stop()}take(t,e){if(this.element.hidden=!t,this.app.classList.toggle("comparing",!!t),this.placed(),!t)return this.other?.stop(),this.other?.element.remove(),this.other=this.ownDiffers=this.otherDiffers=null,this.#t();this.other??=this.#s(),this.other.take(e.get(t.structure),t);let[s,i]=[this.own.model,this.other.model];(this.lockstep?.own!==s||this.lockstep.other!==i)&&(this.lockstep=new Ze(s,i),this.#t()),this.deltas=t.deltas,this.ownDiffers=Ii(t.deltas,s),this.otherDiffers=Ii(t.deltas,i);let n=t.differences.length?t.differences:["no difference"];this.differences.replaceChildren(...n.map(r=>l("li",{},r))),w(this.together,{checked:t.together})}#t(){if(this.app.classList.toggle("beside",this.other!==null&&this.host.matches(Bl)),!this.other)this.lockstep=null;else for(let{layout:t}of[this.own,this.other])t.isTooWide=!1}#e(){let t=[this.own.layout,this.other.layout];if(t.some(({isTooWide:s})=>s))return this.app.classList.remove("beside");let e=Math.max(...t.map(s=>s.at));for(let{layout:s,model:i}of[this.own,this.other])s.follow(e,i.blocks)}#s(){let t=new re({title:"The other network, layer by layer",controls:()=>l("div",{class:"graph"}),onResize:this.paint,hasHeight:this.own.hasHeight,isOnPaper:this.own.isOnPaper});t.element.classList.add("other"),this.#i(!1),this.insert(t.element);let e=i=>{let n=this.cells.of(i,t.model);this.selection.hoverAt(n&&this.own.model.cell(n.block.key,n.r,n.c))};for(let i of["pointermove","focusin","click"])t.sheet.addEventListener(i,e);t.sheet.addEventListener("focusin",i=>{let n=this.cells.of(i,t.model);n&&vt(n)}),t.sheet.addEventListener("keydown",i=>{let n=it(kt,i)?.act==="walk"&&this.cells.of(i,t.model);n&&(Xe(t.model,n,i),e(i),i.preventDefault())}),t.sheet.addEventListener("pointerleave",()=>this.selection.hoverAt(null));let s=(i,n)=>i.addEventListener("scroll",()=>{n.scrollLeft=i.scrollLeft},{passive:!0});return s(this.own.element,t.element),s(t.element,this.own.element),t}flip(t=!this.app.classList.contains("there")){this.other&&this.#i(t)}#i(t){this.app.classList.toggle("there",t),k(this.here,"aria-pressed",String(!t)),k(this.there,"aria-pressed",String(t))}elementOf({block:t,r:e,c:s}){if(!this.other?.element.offsetParent||this.own.element.offsetParent)return null;let i=this.other.model.cell(t.key,e,s);return i?Y(i):null}render(t,e){let{other:s}=this,{model:i}=s,n=Math.min(t.sample,i.structure.samples);Object.assign(this.view,this.lockstep.follow(t),{sample:n});let r=e&&i.cell(e.block.key,e.r,e.c),a=new Map(r?[[i.at(r.block,r.r,r.c),"focus"]]:[]);s.paint(this.view,a,null,this.otherDiffers),this.app.classList.contains("beside")&&this.#e();let h=(c,p)=>{let d=c.model.byKey.get(`loss.${c.model.structure.layers}`);return ji(c,{block:d,r:0,c:0},p)};E(this.losses,L`${h(this.own,t)} | ${h(s,this.view)}`),E(this.delta,e?this.#n(e,r,t):"")}#n(t,e,s){let i=ji(this.own,t,s);if(F(i)==="·")return"";if(!e)return L`here ${i}; the other one has no such number`;let n=this.deltas[t.block.key]?.[t.r*t.block.columns+t.c];return n?L`here ${i}, there ${ji(this.other,e,this.view)}: Δ ${n}`:L`${i} in both`}};function ji({model:o,scene:t},{block:e,r:s,c:i},n){let r=o.at(e,s,i);return o.isKnown(r,n)?_t(zt(t,r)):"·"}function _(o,t){let[e,s]=o,[i,n]=t,r=s===e?0:(n-i)/(s-e),a=s===e?(i+n)/2:i,h=c=>a+r*(c-e);return h.invert=c=>{let p=n===i?.5:(c-i)/(n-i);return e+(s-e)*Math.min(1,Math.max(0,p))},h.domain=o,h}function ns(o,t){let e=_(o.map(Math.log10),t),s=i=>e(Math.log10(i));return s.invert=i=>10**e.invert(i),s.domain=o,s}function et(o){let[t,e]=[1/0,-1/0];for(let s of o)s!=null&&(s<t&&(t=s),s>e&&(e=s));return t<=e?[t,e]:null}function Ki([o,t],e){return t>o?[o,t]:[o-e,t+e]}function dt(o,t,e){if(!(t>o))return[o];let s=(t-o)/e,i=10**Math.floor(Math.log10(s)),n=[1,2,5,10].find(a=>a*i>=s)*i,r=[];for(let a=Math.ceil(o/n-1e-9);a*n<=t+n*1e-9;a++)r.push(a*n);return r}function zo(o,t){let e=[],[s,i]=[Math.ceil(Math.log10(o)-1e-9),Math.floor(Math.log10(t)+1e-9)],n=Math.max(1,Math.ceil((i-s)/4));for(let r=s;r<=i;r+=n)e.push(10**r);return e.length?e:[o,t]}function ut(o,t,{values:e,write:s=I,right:i,baseline:n}){o.textAlign=i===void 0?"center":"right",o.textBaseline=i===void 0?"alphabetic":"middle";for(let r of e){let a=D(s(r));i===void 0?o.fillText(a,t(r),n):o.fillText(a,i,t(r))}o.textBaseline="alphabetic"}function X(o,t,e,s,i){o.beginPath();let n=!1;for(let r=0;r<e.length;r++){let a=e[r]==null?Number.NaN:i(e[r]);if(!Number.isFinite(a)){n=!1;continue}let h=s(t?t[r]:r);n?o.lineTo(h,a):o.moveTo(h,a),n=!0}o.stroke()}function os(o,t,e,s){o.beginPath(),o.moveTo(t,e),o.lineTo(t,s),o.stroke()}function Fi(o){return o.filter(Boolean).map(e=>e.map(s=>s.toFixed(1)).join()).join(" ")}function rs(o,{width:t,height:e,edge:s=4,title:i}){let[n,r]=et(o)??[0,0],a=_([0,Math.max(1,o.length-1)],[s,t-s]),h=_([n,r],[e-s,s]),c=o.map((d,u)=>d===null?null:[a(u),h(d)]),p=C("svg",{viewBox:`0 0 ${t} ${e}`,class:"curve",role:"img","aria-label":i});return n<0&&r>0&&p.append(C("line",{x1:s,x2:t-s,y1:h(0),y2:h(0),class:"axis"})),p.append(C("polyline",{points:Fi(c)})),{plot:p,points:c}}var W=240,Po=46,as=class{constructor({set:t,back:e,isDark:s}){this.isDark=s,this.canvas=l("canvas",{width:W,height:W,"aria-hidden":"true"}),this.over=C("svg",{viewBox:`0 0 ${W} ${W}`,role:"img"}),this.axes=l("p",{class:"muted axes"}),this.sentence=l("p",{class:"sentence"}),this.element=l("section",{class:"card"},l("h2",{},"What would nudging two do?"),l("div",{class:"contour"},this.canvas,this.over),this.axes,this.sentence,l("button",{type:"button",onclick:e},"Back to one number"));let i=null;this.over.addEventListener("pointerdown",n=>{this.over.setPointerCapture(n.pointerId),i=Xt(),this.box=this.over.getBoundingClientRect(),t(this.#e(n),i)}),this.over.addEventListener("pointermove",n=>{n.buttons&&i&&t(this.#e(n),i)}),this.over.addEventListener("pointerup",()=>{i=null})}get tellsLoss(){return!0}wants({isSelected:t,second:e}){return t&&e!==null}show(t){if(!t||this.shown===t)return;this.shown=t,this.#t(t);let{x:e,y:s,point:i,slope:n,updated:r,names:a,ends:h,sentence:c}=t,p=_([e[0],e.at(-1)],[0,W]),d=_([s[0],s.at(-1)],[W,0]),u=[p(i[0]),d(i[1])],f=[],m=Math.hypot(...n);if(m>0){let y=[u[0]-n[0]/m*Po,u[1]+n[1]/m*Po],v=`the negative gradient: ${Hi(n.map($=>-$))}`;f.push(Lo(u,y,"down",v))}if(r&&(r[0]!==i[0]||r[1]!==i[1])){let y=[p(r[0]),d(r[1])],v=Hi(r);f.push(Lo(u,y,"update",`the update of these two, to ${v}`)),f.push(Yt(y,"updated",`after the update: ${v}`))}f.push(Yt(u,"here",`here: ${Hi(i)}`)),this.over.replaceChildren(...f),k(this.over,"aria-label",F(L`the loss over two numbers. ${c}`));let[g,x]=a.map((y,v)=>L`${y} from ${h[v][0]} to ${h[v][1]}`);E(this.axes,L`→ ${g}, ↑ ${x}; drag to set both`),E(this.sentence,c)}#t({losses:t,levels:e}){let s=Wl(t,e),i=this.canvas.getContext("2d"),n=i.createImageData(W,W),r=this.isDark(),a=r?[74,168,232]:[0,92,150],h=r?[38,40,46]:[246,247,248];for(let c=0;c<s.length;c++){let p=s[c]<0?1:s[c]/Math.max(1,e.length),u=c%W&&s[c]!==s[c-1]||c>=W&&s[c]!==s[c-W]?r?26:-34:0;for(let f=0;f<3;f++)n.data[c*4+f]=a[f]+(h[f]-a[f])*p**.7+u;n.data[c*4+3]=255}i.putImageData(n,0,0)}#e(t){let{x:e,y:s}=this.shown,{box:i}=this;return[xe((t.clientX-i.left)/i.width,e[0],e.at(-1)),xe(1-(t.clientY-i.top)/i.height,s[0],s.at(-1))]}};function Wl(o,t){let[e,s]=[o.length,o[0].length],i=new Int8Array(W*W);for(let n=0;n<W;n++){let r=(1-n/(W-1))*(e-1),a=Math.min(e-2,Math.floor(r)),h=r-a;for(let c=0;c<W;c++){let p=c/(W-1)*(s-1),d=Math.min(s-2,Math.floor(p)),u=p-d,[f,m,g,x]=[o[a][d],o[a][d+1],o[a+1][d],o[a+1][d+1]];if(f===null||m===null||g===null||x===null){i[n*W+c]=-1;continue}let y=(f*(1-u)+m*u)*(1-h)+(g*(1-u)+x*u)*h,v=0;for(;v<t.length&&y>t[v];)v++;i[n*W+c]=v}}return i}function Lo(o,t,e,s){let i=Math.hypot(t[0]-o[0],t[1]-o[1])||1,[n,r]=[(t[0]-o[0])/i,(t[1]-o[1])/i],a=Math.min(7,i),h=[t[0]-n*a,t[1]-r*a],c=[-1,1].map(x=>[h[0]+x*r*a*.55,h[1]-x*n*a*.55]),p=x=>x.map(y=>y.toFixed(1)).join(),[[d,u],[f,m]]=[o,t].map(x=>x.map(y=>y.toFixed(1))),g=Ti(C("g",{class:e}),s);return g.append(C("line",{x1:d,y1:u,x2:f,y2:m})),g.append(C("polyline",{points:`${p(c[0])} ${p(t)} ${p(c[1])}`})),g}function Hi(o){return`(${o.map(O).join(", ")})`}var jl={nan:"nan",infinity:"inf"};function qi(o,{nan:t,infinity:e}=jl){return o===null||Number.isNaN(o)?t:Number.isFinite(o)?O(o).replaceAll("−","-"):o<0?`-${e}`:e}var Te=(o,t,e=qi)=>o.map(s=>s.map(i=>e(i)).join(t)),Co=o=>`[${Te(o,", ").map(t=>`[${t}]`).join(`,
 `)}]`,Ui=[{key:"tsv",label:"spreadsheet (tabs)",write:o=>Te(o,"	",t=>D(qi(t))).join(`
`),named:(o,t)=>`${o}
${t}
`},{key:"numpy",label:"NumPy",write:o=>`np.array(${Co(o)})`,named:(o,t)=>`${o} = ${t}`},{key:"pytorch",label:"PyTorch",write:o=>`torch.tensor(${Co(o)}, dtype=torch.float64)`,named:(o,t)=>`${o} = ${t}`},{key:"matlab",label:"MATLAB",write:o=>`[${Te(o," ").join("; ")}]`,named:(o,t)=>`${o} = ${t};`},{key:"latex",label:"LaTeX",write:o=>`\\begin{pmatrix}
${Te(o," & ",Kl).join(` \\\\
`)}
\\end{pmatrix}`,named:(o,t)=>`% ${o}
${t}
`},{key:"markdown",label:"Markdown",write:o=>{let[t]=o;return[...[`|${"   |".repeat(t.length)}`,`|${" ---: |".repeat(t.length)}`],...Te(o," | ").map(s=>`| ${s} |`)].join(`
`)},named:(o,t)=>`${o}

${t}
`}];function Kl(o){let t=qi(o,{nan:"\\text{nan}",infinity:"\\infty"}),[e,s]=t.split("e");return s===void 0?t:`${e} \\cdot 10^{${Number(s)}}`}var ls=["number","block","layer"],[Fl]=Ui,hs=class{constructor(t,{cell:e,notify:s}){this.store=t,this.cell=e,this.notify=s,this.extent=null,this.menu=this.#t()}#t(){let t=(i,n)=>l("button",{type:"button","data-control":`copy.${n}.${i.key}`,onclick:()=>this.#e(i,n)},i.label),e=(i,n)=>l("div",{class:"copy-group",role:"group","aria-label":n},l("b",{},n),...Ui.map(r=>t(r,i))),s=l("details",{class:"menu copy-menu"},l("summary",{title:"numbers for other programs; Ctrl+C copies for a spreadsheet","aria-label":"Copy as"},"Copy",l("span",{class:"wide"}," as")),l("div",{},e("block","This block"),e("layer","This layer")));return yt(s)}copy(t){let{target:e}=t,s=this.cell(),i=t.composedPath(),n=i.some(d=>d.getSelection?.()?.toString());if(!s||n||i[0].matches?.("input, textarea, select")||!e)return;let r=[s.block.key,s.r,s.c].join(" "),a=this.extent?.place===r?ls.indexOf(this.extent.name)+1:0,h=ls[Math.min(a,ls.length-1)],c=this.#s(s,Fl,h);if(c.problem)return this.notify(c.problem,!0);t.preventDefault(),t.clipboardData.setData("text/plain",c.text),this.extent={place:r,name:h};let p=h==="layer"?"":` Once more copies its ${ls[a+1]}.`;this.notify(`Copied for a spreadsheet: ${c.what}.${p}`)}async#e(t,e){wt(this.menu);let s=this.cell();if(!s)return this.notify("Select a number first: its block or its layer is copied.",!0);let i=this.#s(s,t,e);if(i.problem)return this.notify(i.problem,!0);try{return await navigator.clipboard.writeText(i.text),this.notify(`Copied for ${t.label}: ${i.what}.`)}catch{return this.notify("The browser keeps the clipboard closed here: press Ctrl+C on the number instead.",!0)}}#s(t,e,s){let{model:i}=this.store,{block:n,r,c:a}=t;if(s==="number"){let c=this.#i(n,[r],[a]);return c?{text:e.write(c),what:`one number of ${n.title}`}:Gi(n)}if(s==="block"){let c=this.#i(n),p=`${n.title}, ${n.rows} × ${n.columns}`;return c?{text:e.write(c),what:p}:Gi(n)}let h=i.blocks.filter(({layer:c})=>c===n.layer).map(c=>[c,this.#i(c)]).filter(([,c])=>c).map(([c,p])=>e.named(`${c.tensor}_${c.layer}`,e.write(p)));return h.length?{text:h.join(`
`),what:`${h.length} blocks of layer ${n.layer}`}:Gi(n)}#i(t,e=No(t.rows),s=No(t.columns)){let{model:i,scene:n,view:r}=this.store,a=(h,c)=>i.isKnown(i.at(t,h,c),r);return e.every(h=>s.every(c=>a(h,c)))?e.map(h=>s.map(c=>Hl(n,i.at(t,h,c)))):null}};function No(o){return Array.from({length:o},(t,e)=>e)}function Hl(o,t){if(o.v[t]!==null)return o.v[t];let e=tt(o,t);return e.includes("∞")?/^[−-]/.test(e)?-1/0:1/0:Number.NaN}function Gi({title:o}){return{problem:`Not copied: ${o} is not computed yet at this step.`}}var cs=class{constructor(){this.verdict=l("p",{class:"sentence verdict"}),this.paths=l("ol",{class:"paths"}),this.rest=l("p",{class:"muted"}),this.uses=l("p",{class:"sentence uses"}),this.element=l("section",{class:"card why"},l("h2",{},"Why?"),this.verdict,this.paths,this.rest,this.uses)}wants({cell:t,isSelected:e}){return e&&t.block.tensor.startsWith("grad_")}show(t){!t||this.shown===t||(this.shown=t,this.element.dataset.cause=t.cause,jt(this.verdict,t.verdict),jt(this.uses,t.uses),this.paths.replaceChildren(...t.paths.map(({product:e,equals:s,route:i,factors:n})=>l("li",{},rt("b",e),` ${s} `,...n.flatMap(([r,a,h,c],p)=>[p?" · ":"",l("span",{class:"factor",title:a?`${h}: ${a}`:h},p&&r.startsWith("−")?`(${r})`:r,l("small",{},c))]),l("span",{class:"route"},i)))),this.rest.replaceChildren(...t.paths.length?[...T(t.rest&&L`${t.rest}; `),"together ",rt("span",t.sum,{class:"sum"})]:[]))}path(t){return(this.shown?.paths[0]?.edges??[]).map(([s,i,n])=>t.cell(`weight.${s}`,i,n)).filter(Boolean).map(({block:s,r:i,c:n})=>t.at(s,i,n))}};var ql="input[type=text], textarea, select",Ul="button, summary, a, input[type=checkbox]",ps=class{constructor({cellKey:t,actions:e,room:s,scrubber:i,second:n,edits:r}){this.cellKey=t,this.actions=nt(Ft,e),this.edits=nt(Se,r),this.room=s,this.scrubber=i,this.second=n}key(t){let[e]=t.composedPath();if(e.matches?.(ql))return;let s=it(Se,t);if(s)return this.edits[s.act](),t.preventDefault();t.ctrlKey||t.metaKey||t.defaultPrevented||this.#t(t,e)&&t.preventDefault()}#t(t,e){let{second:s,scrubber:i}=this,n=this.room.isOn()&&!Oi(t)&&this.room.actions[t.key];if(n)return n(),!0;if(s.isPicking()&&t.key==="Escape")return s.clear(),!0;if(s.isPicking()&&t.key==="Enter")return s.take(t);let r=e.matches?.(Ul)??!1,a=e.matches?.("input[type=range]")??!1;if(!r&&!a&&this.cellKey(t))return!0;if(a&&e!==i||r&&(t.key===" "||t.key==="Enter"))return!1;let h=it(Ft,t);return h&&this.actions[h.act](),h!==void 0}};var Pt=class{constructor(t,e,s,...i){this.chosen=null,this.summary=l("summary",{},l("h2",{},e)),this.element=l("details",{class:`card folding ${s}`},this.summary,...i),this.summary.addEventListener("click",n=>{n.preventDefault(),this.chosen=!this.element.open,t()})}isOpen(t){let e=this.chosen??t;return w(this.element,{open:e}),e}};var Gl=new Set(["loss","loss_term","probabilities"]),ds=class extends Pt{constructor(t){let e=l("div",{});super(t,"The loss, taken apart","loss-parts",e),this.parts=e}get tellsLoss(){return!0}wants({cell:{block:t},model:e,isSelected:s}){let{layers:i}=e.structure;return t.layer===i&&(Gl.has(t.tensor)||s&&(t.tensor==="grad_a"||t.tensor==="grad_z"))}show(t){if(!t||this.shown===t)return;this.shown=t;let e=t.samples.map(([n,r,a])=>[n,T(r),rt("td",a,{class:"sum"})]),s=xt({class:"parts"},null,e),i=l("dl",{class:"factors"},...t.factors.flatMap(([n,r])=>[l("dt",{},Z(n)),l("dd",{},...T(r))]));this.parts.replaceChildren(s,l("p",{class:"total"},...T(t.total)),i,...t.slope?[l("p",{class:"sentence"},...T(t.slope))]:[],...t.ways?Yl(t.ways):[])}};function Yl({heading:o,outerName:t,columns:e,marked:s,rows:i,long:n,short:r,over:a,equal:h,sentence:c}){let p=($,S)=>$.map((z,M)=>rt("td",z,{class:`${S}${M===s?" marked":""}`})),d=$=>l("th",{scope:"row",colspan:"2"},$),u=r.map(({result:$})=>$),f=xt({class:"ways"},[l("td"),t,...e.map($=>`∂/∂${$}`)],[...i.map(({name:$,outer:S,cells:z})=>[$,rt("td",S,{class:"outer"}),...p(z,"")]),[d("long way"),...p(n,"")],[d("short way"),...p(u,"")]]),[m,g]=[...f.rows].slice(-2);m.className="long",g.className="short";let x=a?`(p − t)${F(a)}`:"p − t",y=r.map(({text:$,equals:S,result:z},M)=>l("li",{},`${e[M]}: `,...T(a?L`(${$})${a}`:$),` ${S} `,rt("b",z))),v=l("p",{class:"sentence verdict"},c);return v.dataset.equal=String(h),[l("h3",{},o),l("div",{class:"wide"},f),l("p",{class:"muted"},`short way: ${x}`),l("ul",{class:"paths"},...y),v]}var us=260,_o=120,ae=10,ms=class{constructor({drag:t,endDrag:e,pickSecond:s}){let i=`0 0 ${us} ${_o}`;this.plot=C("svg",{viewBox:i,class:"nudge",role:"img"}),this.low=l("span"),this.high=l("span"),this.sentence=l("p",{class:"sentence"});let n=l("span",{},"drag to set the value"),r={type:"button",title:"or hold Ctrl and click it",onclick:s};this.element=l("section",{class:"card"},l("h2",{},"What would nudging do?"),this.plot,l("div",{class:"ends","aria-hidden":"true"},this.low,n,this.high),this.sentence,l("button",r,"Pick a second number"));let a=h=>t(this.#t(h),this.plot);this.plot.addEventListener("pointerdown",h=>{this.plot.setPointerCapture(h.pointerId),a(h)}),this.plot.addEventListener("pointermove",h=>{h.buttons&&a(h)}),this.plot.addEventListener("pointerup",e)}get tellsLoss(){return!0}wants({cell:t,isSelected:e,second:s}){return e&&s===null&&Kt.has(t.block.tensor)}show(t){if(!t||this.shown===t)return;this.shown=t;let{values:e,losses:s,value:i,loss:n,slope:r,updated:a,lossUpdated:h}=t,[c,p]=[e[0],e.at(-1)],d=_([c,p],[ae,us-ae]),u=_(et([...s,n]),[_o-ae,ae]),f=e.map((z,M)=>s[M]===null?null:[d(z),u(s[M])]),m=(p-c)/6,[g,x]=[i-m,i+m],y=z=>u(n+r*(z-i)).toFixed(1),v=`${O(i)}, loss ${O(n)}`,$=[C("polyline",{points:Fi(f)}),C("line",{x1:d(g),y1:y(g),x2:d(x),y2:y(x),class:"tangent"}),Yt([d(i),u(n)],"here",`here: ${v}`)];if(h!==null&&a!==null&&a!==i){let M=`after one step of this number alone: ${`${O(a)}, loss ${O(h)}`}`;$.push(Yt([d(a),u(h)],"updated",M))}this.plot.replaceChildren(...$);let S=L`the loss from ${t.low} to ${t.high}. ${t.sentence}`;k(this.plot,"aria-label",F(S)),E(this.low,t.low),E(this.high,t.high),jt(this.sentence,t.sentence)}#t(t){let{values:e}=this.shown,s=this.plot.getBoundingClientRect(),i=(t.clientX-s.left)/s.width*us;return xe((i-ae)/(us-2*ae),e[0],e.at(-1))}};var Vl="2-3-2",Xl="relu",Jl="identity",Zl="mse",Ql=/[^\d]+/,th=0,fs=class{constructor({send:t,openFile:e}){this.send=t,this.attempt=null,this.layers=[],this.#t(e)}#t(t){this.errors=new Map;let e=l("input",{type:"text",autocomplete:"off",value:Vl,oninput:()=>this.#i()}),s=p=>l("input",{type:"text",inputmode:"numeric",value:p});this.controls={widths:e,all:l("select",{onchange:()=>this.#n()}),biases:l("input",{type:"checkbox",checked:!0}),loss:l("select",{onchange:()=>this.#o()}),start:l("select"),seed:s("0"),samples:s("2")};let{all:i,biases:n,loss:r,start:a,seed:h,samples:c}=this.controls;this.each=l("div",{class:"each"}),this.element=l("dialog",{class:"new-network","aria-labelledby":"new-network-title"},l("form",{novalidate:!0,onsubmit:p=>this.#r(p)},l("h2",{id:"new-network-title"},"New network"),this.#e("widths","Layers",e,"inputs, then the units of each layer"),this.#e("","Activation of all hidden layers",i),l("details",{},l("summary",{},"Each layer by itself"),this.each),this.#s("activations"),l("label",{class:"row check"},n,"Biases"),this.#e("loss","Loss",r),this.#e("start","Weights begin as",a),this.#e("seed","Seed",h,"the same seed draws the same numbers"),this.#e("samples","Samples",c),l("div",{class:"choices"},l("button",{type:"submit",class:"primary"},"Create"),l("button",{type:"button",onclick:()=>this.element.close()},"Cancel"),l("button",{type:"button",onclick:()=>{this.element.close(),t()}},"Open a file …")))),this.element.addEventListener("keydown",p=>p.stopPropagation()),this.element.addEventListener("paste",p=>p.stopPropagation())}#e(t,e,s,i=""){let n=l("label",{class:"row"},l("span",{},e),s),r=i&&l("p",{class:"hint"},i);return l("div",{class:"field"},n,r||null,t?this.#s(t,s):null)}#s(t,e=null){let s=l("p",{class:"field-error",id:`new-network-${t}`,hidden:!0});return this.errors.set(t,{line:s,control:e}),s}offer(t){if(this.choices)return;this.choices=t;let{all:e,loss:s,start:i}=this.controls;N(e,t.activations,Xl),N(s,t.losses,Zl),N(i,t.starts,t.starts[0][0]),this.#i()}open(){this.#a("",""),this.element.showModal(),this.controls.widths.focus(),this.controls.widths.select()}#i(){let t=this.controls.widths.value.split(Ql).filter(Boolean).slice(1,40),e=this.layers.map(i=>i.value),{activations:s}=this.choices;this.layers=t.map((i,n)=>{let r=n===t.length-1,a=l("select",{"aria-label":`activation of layer ${n+1}`}),h=r===(n===e.length-1)?e[n]:null;return N(a,s,h??(r?Jl:this.controls.all.value)),a}),this.each.replaceChildren(...this.layers.map((i,n)=>l("label",{class:"row"},l("span",{},`Layer ${n+1}: ${t[n]} ${t[n]==="1"?"unit":"units"}`),i))),this.#o()}#n(){for(let t of this.layers.slice(0,-1))t.value=this.controls.all.value}#o(){let t=this.layers.at(-1),e=this.choices.fits[this.controls.loss.value];t&&e&&!e.includes(t.value)&&([t.value]=e)}#r(t){t.preventDefault();let{widths:e,biases:s,loss:i,start:n,seed:r,samples:a}=this.controls;this.attempt=th+=1,this.send({type:"new_network",attempt:this.attempt,widths:e.value,activations:this.layers.map(h=>h.value),biases:s.checked,loss:i.value,start:n.value,seed:r.value,samples:a.value})}take(t){this.attempt===null||t?.attempt!==this.attempt||(this.attempt=null,t.field?this.#a(t.field,t.problem):this.element.close())}#a(t,e){for(let[s,{line:i,control:n}]of this.errors){let r=s===t;b(i,r?`${e[0].toUpperCase()}${e.slice(1)}.`:""),w(i,{hidden:!r}),n?.setAttribute("aria-invalid",String(r)),r?n?.setAttribute("aria-describedby",i.id):n?.removeAttribute("aria-describedby"),r&&(n??this.layers.at(-1))?.focus()}}};var gs=class{constructor(t,{goesBackOnEnter:e}){this.cells=t,this.goesBackOnEnter=e,this.slider=l("input",{type:"range","aria-label":"value",oninput:()=>t.drag(this.cell,Number(this.slider.value),this.slider),onchange:()=>t.endGesture()});let s={inputmode:"decimal",enterkeyhint:"done","aria-label":"exact value",class:"exact",onfocus:()=>{this.typed=this.cell}};this.number=Q(s,i=>this.typed&&t.commitText(this.typed,i)),this.number.addEventListener("keydown",i=>this.#e(i)),this.sign=l("button",{type:"button",class:"sign","aria-label":"change the sign",onmousedown:i=>i.preventDefault(),onclick:()=>this.#s()},"±"),this.pin=l("button",{type:"button",onclick:()=>this.cell&&t.togglePin(this.cell)}),this.element=l("div",{class:"editor"},this.slider,this.number,this.sign,this.pin)}held(t){let{block:e,r:s,c:i}=this.#t()&&this.typed||{};return this.typed=e?t.cell(e.key,s,i):null,this.typed}hide(t){this.cell=t,this.element.hidden=!0}paint(t,e){this.cell=t;let{cells:s}=this,{block:i}=t,n=s.isPinned(t),r=s.isEditable(t);if(this.element.hidden=!r&&i.editable!=="pin",this.slider.hidden=this.number.hidden=this.sign.hidden=!r,this.pin.hidden=i.editable!=="pin"||!n&&!e,b(this.pin,n?"Unpin":"Pin to this value"),!r||s.sliding===this.slider)return;let a=s.valueOf(t),h=2**Math.ceil(Math.log2(Math.max(4,Math.abs(a)*1.5))),[c,p]=[s.within(t,-h),s.within(t,h)],d=s.isClassNumber(i)||h>=64?1:p/400;w(this.slider,{min:c,max:p,step:d,value:a}),G(this.number,O(a))}#t(){return B(this.element)===this.number}#e(t){t.key!=="Escape"&&!(t.key==="Enter"&&this.goesBackOnEnter())||(t.key==="Escape"&&qe(this.number,O(this.cells.valueOf(this.typed))),t.preventDefault(),t.stopPropagation(),Y(this.typed).focus({preventScroll:!0}))}#s(){let{cell:t,cells:e,number:s}=this;this.#t()?ye(s,He(s.value)):e.set(t,e.within(t,-e.lastOf(t)))}};function Vi(o,t){let e=Z(o);for(let s of e.querySelectorAll("mo"))b(s,On(s.textContent));for(let s of e.querySelectorAll("mtext")){let i=/^ref(\d+)$/.exec(s.textContent);if(!i)continue;let[n,r]=t(i[1]);if(s.parentElement.localName==="msup"&&s===s.parentElement.firstElementChild&&/^−|e/.test(n)){s.replaceWith(H("mrow",he("("),le(n,r),he(")")));continue}s.replaceWith(le(n,r,/^[·−+-]$/.test(s.previousElementSibling?.textContent??"")))}return e}function le(o,t,e=!1,s=""){let i=H("mn",o);return t&&t!==o&&k(i,"data-exact",t),s&&i.setAttribute("class",s),e&&o.startsWith("−")?H("mrow",he("("),i,he(")")):i}function j(...o){return H("math",...o)}function Bo(o){o.addEventListener("pointermove",t=>{let[e]=t.composedPath(),s=e.closest?.("math")?.parentElement;s&&k(s,"title",e.getAttribute("data-exact")??"")})}var Yi=8,bs=class{constructor(t,e,s){this.model=t,this.scene=e,this.isPinned=s}#t({block:t,r:e,c:s}){return zt(this.scene,this.model.at(t,e,s))}#e(t,e=!1,s=""){let[i,n]=this.#t(t);return le(i,n,e,s)}#s(t){let{model:e,scene:s}=this,i=({block:n,r,c:a})=>{let h=e.at(n,r,a),[c,p]=[s.v[h],tt(s,h)];return c===null||p.includes("/")?!0:Math.abs(Number(p.replaceAll("−","-"))-c)<=1e-12*Math.abs(c)};return H("mo",t.every(i)?"=":"≈")}#i(t,e,s,i=0){return Vi(t,n=>this.#t(this.model.resolve(e[n],s,i)))}details(t){let{model:e}=this,s=[];for(let{symbol:i,template:n,refs:r,value:a,pin:h,count:c}of t.block.rule.details){let p=Math.min(c,Yi);for(let d=0;d<p;d++){if(h&&this.isPinned(e.resolve(h,t,d)))continue;let u=e.resolve(a,t,d),f=this.#s([u,...r.map(m=>e.resolve(m,t,d))]);s.push(l("div",{class:"formula"},j(this.#i(i,r,t,d)),j(H("mo","=")),this.#i(n,r,t,d),j(f,this.#e(u))))}p<c&&s.push(Io(`and ${c-p} more like these`))}return s}live(t,e,s){let{model:i}=this,{rule:n}=t.block,r=s?le(s.text,s.exact,!1,"result"):this.#e(t,!1,"result"),a=this.#s([t,...i.references(t)]),h=()=>H("mo","=");if(e)return[j(H("mi","a"),h(),r)];if(!n.count&&!n.template)return[j(h(),r)];if(n.template)return[j(h()),this.#i(n.template,n.refs,t),j(a,r)];let c=this.#n(t,s?s.term+1:n.terms);if(!n.divisor)return[j(h()),...c,j(a,r)];let p=H("mfrac",H("mn","1"),this.#e(i.resolve(n.divisor,t))),d=j(p,Do(),he("("));return[j(h()),d,...c,j(he(")")),j(a,r)]}#n(t,e){let{model:s}=this,{rule:i}=t.block,n=Math.min(i.count,e),r=n>Yi?Yi-2:n,a=[];for(let h=0;h<r;h++){let c=H("mrow");h>0&&c.append(Ro()),i.factors.forEach((p,d)=>{d>0&&c.append(Do()),c.append(this.#e(s.resolve(p,t,h),d>0||h>0))}),a.push(j(c))}r<n&&a.push(Io(`+ … ${n-r} more`));for(let h of i.plus.slice(0,Math.max(0,e-i.count)))a.push(j(Ro(),this.#e(s.resolve(h,t),!0)));return a}};function Xi(o,t){let e=H("mo",o),s={form:"infix",stretchy:"false",lspace:t,rspace:t};for(let[i,n]of Object.entries(s))k(e,i,n);return e}var Ro=()=>Xi("+","0.25em"),Do=()=>Xi("·","0.1em"),he=o=>Xi(o,"0");function Io(o){return l("span",{class:"folded"},o)}var eh="a[sample, unit] = value  # pinned: whatever the activation gives",sh="This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it.",xs=class{constructor(t,{cards:e,lastEdit:s,program:i,goesBackOnEnter:n,welcome:r}){this.cells=t,this.welcome=r,this.title=l("h2",{}),this.value=l("p",{class:"value"}),this.change=l("p",{class:"value change"}),this.sentence=l("p",{class:"sentence"}),this.formula=l("div",{class:"formula"}),this.live=l("div",{class:"formula live"}),this.details=l("div",{class:"details"}),this.editor=new gs(t,{goesBackOnEnter:n}),this.hint=l("p",{class:"hint"}),this.numpy=l("code"),this.torch=l("code"),this.code=l("section",{class:"card"},l("h2",{},"The same line in code"),l("pre",{},this.numpy,this.torch)),this.element=l("aside",{class:"panel",tabindex:"-1","aria-label":"explanation"},i,l("section",{class:"card main"},l("div",{class:"told"},this.title,this.value,this.change,this.sentence),r.element,l("div",{class:"shown"},this.formula,this.live,this.details,this.editor.element,this.hint)),...e,s,this.code),Bo(this.element)}paint(t,e,s,i,{partial:n,changeOf:r,isPeek:a}){let h=this.editor.held(t),c=h??i;if(this.element.classList.toggle("peek",a&&!h),this.code.hidden=!c,this.welcome.paint(!c,e.story),!c)return this.#s();let{block:p,r:d,c:u}=c,{rule:f}=p,m=t.at(p,d,u),g=t.isKnown(m,s),x=this.cells.isPinned(c),y=n?.at===m?n:null;b(this.title,Ji(c)),this.#t(x?sh:f.sentence);let v=x?null:f;this.shown!==v&&(this.shown=v,this.formula.replaceChildren(...v?.formula?[Z(v.formula)]:[]));let $=new bs(t,e,qt=>this.cells.isPinned(qt));this.live.replaceChildren(...g||y?$.live(c,x,y):[]),this.details.replaceChildren(...g&&!x?$.details(c):[]);let S=g?ke(e,m):"",z=S&&S!==tt(e,m)?`All digits: ${S}`:"";b(this.value,g||y?z:"Not computed yet at this step.");let[M,K]=x?[eh,""]:[f.numpy,f.torch];return b(this.numpy,M&&`# NumPy
${M}
`),b(this.torch,K&&`# PyTorch
${K}`),a&&!h?this.editor.hide(null):this.editor.paint(c,g),b(this.hint,ih(c,g,this.cells)),this.#e(c,t,s,r)}#t(t){this.said!==t&&(this.said=t,this.sentence.replaceChildren(...Zt([t])))}#e(t,e,s,i){let r=t&&e.isKnown(e.at(t.block,t.r,t.c),s)?i(t):"";w(this.change,{hidden:!r}),E(this.change,r&&L`Last edit: ${r}`)}#s(){this.shown=null,b(this.title,"Start here"),b(this.value,""),this.#t(""),b(this.hint,""),w(this.change,{hidden:!0}),this.editor.hide(null);for(let t of[this.formula,this.live,this.details])t.replaceChildren()}};function ih(o,t,e){let{block:s}=o;if(s.editable==="toggle")return"Click it, or press Enter, to switch it.";if(s.editable==="pin"&&!e.isPinned(o))return t?"Pinning holds it at this value, to see what would follow.":"";if(!e.isEditable(o))return"";let i="Paste a whole matrix with Ctrl+V.",r=Kt.has(s.tensor)?" Ctrl and a click on a second number shows the loss over both.":"";return`Drag it sideways, or type over it. ${s.editable===!0?i:""}${r}`}function Ji({block:{title:o,rowNoun:t,columnNoun:e},r:s,c:i}){let n=[t&&`${t} ${s+1}`,e&&`${e} ${i+1}`];return[o,...n].filter(Boolean).join(" · ")}var Wo=[34,30,26,24,22,20,18,16,14,12],nh=22,oh=.6,rh=4,ws=class{constructor(t,{store:e,sheet:s,placed:i,shown:n,stepBy:r}){this.app=t,this.store=e,this.sheet=s,this.placed=i,this.shown=n,this.involved=new Set;let a={type:"button",class:"leave",title:"leave (Escape)","aria-label":"leave"};this.leave=l("button",{...a,onclick:()=>this.turn(!1)}),this.curtain=l("div",{class:"curtain",hidden:!0,onclick:()=>this.#t()});let h=nt($e,{forward:()=>r(1),back:()=>r(-1),curtain:()=>this.#t(),leave:()=>this.curtain.hidden?this.turn(!1):this.#t()});this.actions=Object.fromEntries($e.flatMap(({keys:c,act:p})=>c.map(d=>[d,h[p]])))}isOn=()=>!!this.store.view.present;turn(t){this.store.view.present=t?"p":"",this.store.set({hover:null}),this.shown()}#t(){this.curtain.hidden=!this.curtain.hidden}paint(t){let e=this.isOn();if(e!==this.wasOn&&this.#i(e),!e||!t)return;let{model:s,scene:i,view:n}=this.store,r=[...new Set([t,...s.sources(t)].map(({block:d})=>d))],a=r.map(d=>[d.key,ah(d,s,i,n)]),h=JSON.stringify([a,this.app.clientWidth,this.app.clientHeight]);if(h===this.shownFor&&this.sheet.querySelector(".large"))return;this.shownFor=h;let c=new Set(r.map(({column:d})=>d));for(let d of s.blocks){let u=r.includes(d);u||d.figure.style.removeProperty("--cell"),d.figure.classList.toggle("large",u)}for(let d of this.sheet.querySelectorAll(".heading"))d.classList.toggle("large",[...c].some(u=>d.matches(`.${u}`)));for(let d of this.sheet.querySelectorAll(".band"))d.classList.toggle("large",d.querySelector(".block.large")!==null);let p=d=>this.#e(d,r,a);this.app.classList.remove("alone"),!Wo.some(d=>d>=nh&&p(d))&&(this.app.classList.add("alone"),Wo.some(p))}#e(t,e,s){return this.app.style.setProperty("--type",`${t}px`),e.forEach(({figure:i},n)=>{let r=Math.max(2,s[n][1])*t*oh+rh;i.style.setProperty("--cell",`${Math.ceil(r)}px`)}),this.sheet.scrollWidth<=this.sheet.parentElement.clientWidth&&this.#s()}#s(){let t=[...this.sheet.querySelectorAll(".band.large")],[e,s]=[t[0],t.at(-1)];if(!e)return!0;let i=s.getBoundingClientRect().bottom-e.getBoundingClientRect().top,n=this.app.querySelector(".dock").offsetHeight,r=this.sheet.querySelector(".headings").offsetHeight;return i<=this.app.clientHeight-n-r}#i(t){this.wasOn=t;let{app:e}=this;if(e.classList.toggle("presenting",t),e.showPopover&&(k(e,"popover","manual"),t?e.showPopover():e.matches(":popover-open")&&e.hidePopover()),!t){e.classList.remove("alone"),e.removeAttribute("popover"),this.curtain.hidden=!0;for(let s of e.querySelectorAll(".large"))s.classList.remove("large")}this.placed()}};function ah(o,t,e,s){let i=1;if(o.heat)return i;for(let n=0;n<o.rows;n++)for(let r=0;r<o.columns;r++){let a=t.at(o,n,r);t.isKnown(a,s)&&(i=Math.max(i,e.t[a].length))}return i}var Zi=[["numpy","NumPy"],["torch","PyTorch"]],lh="…",ys=class{constructor(t,{cells:e,showPlace:s,goTo:i,onToggle:n}){this.store=t,this.cells=e,this.showPlace=s,this.goTo=i,this.onToggle=n,this.isOpen=!1,this.lines=[],this.language=l("select",{"aria-label":"language of the program",onchange:n},...Zi.map(([r,a])=>l("option",{value:r},a))),this.problem=l("p",{class:"sentence",role:"status"}),this.listing=l("div",{class:"listing",role:"group","aria-label":"program"}),this.listing.addEventListener("click",r=>this.#o(r)),this.listing.addEventListener("dblclick",r=>this.#a(this.#n(r.target))),this.listing.addEventListener("keydown",r=>this.#l(r)),this.actions=nt(Ee,{type:r=>this.#a(r),next:r=>this.#h(r,1,0),before:r=>this.#h(r,-1,0),below:r=>this.#h(r,0,1),above:r=>this.#h(r,0,-1)}),this.faults=Zi.map(()=>l("div",{})),this.element=l("section",{class:"card program",hidden:!0,"aria-label":"program of the network"},l("div",{class:"program-head"},l("div",{class:"program-title"},"Program"),this.language,l("button",{type:"button",onclick:()=>this.toggle()},"Close")),this.problem,...this.faults,this.listing)}get cards(){return Object.fromEntries(Zi.map(([t],e)=>[t,{element:this.faults[e],isElsewhere:!0,isOfNoCell:!0,wants:()=>!0,isOpen:()=>this.isOpen&&this.language.value===t,show:s=>this.language.value===t&&this.#t(s)}]))}toggle(){this.isOpen=!this.isOpen,w(this.element,{hidden:!this.isOpen}),this.onToggle()}#t(t){if(!t||t===this.shown||this.listing.querySelector("input"))return;this.shown=t,E(this.problem,t.problem);let e=this.lines;this.lines=t.lines.map((s,i)=>ch(e[i],s)??hh(s));for(let[s,i]of this.lines.entries()){let n=this.listing.children[s];n!==i.element&&(n?n.replaceWith(i.element):this.listing.append(i.element))}for(;this.listing.children.length>this.lines.length;)this.listing.lastChild.remove();this.marked=null}paint(t){if(!this.isOpen)return;let{model:e,view:s}=this.store,i=e.steps(s.granularity)[s.step-1],n=i?[i[0],...i.slice(4)].map(c=>e.blocks[c].key):[],r=t&&s.selection!==null?lt(t):"",a=[n,s.step,s.granularity,r].join("|");if(a===this.marked)return;this.marked=a;let h=null;for(let c of this.lines){let p=n.includes(c.data.block);c.element.classList.toggle("now",p),p&&(h??=c.element);for(let d of c.numbers){let u=this.#e(d),f=u&&e.isKnown(e.at(u.block,u.r,u.c),s),m=!!u&&lt(u)===r;b(d.element,d.given||f?d.text:lh),d.element.classList.toggle("chosen",m),k(d.element,"aria-current",String(m)),m&&(d.given||!h)&&(h=d.element)}}this.#s(this.listing.querySelector(".chosen")??this.listing.querySelector("button")),this.listing.contains(this.element.getRootNode().activeElement)||this.#i(h)}#e({at:[t,e,s]}){return this.store.model.cell(t,e,s)}#s(t){for(let e of this.listing.querySelectorAll("button[tabindex='0']"))e.tabIndex=-1;t&&(t.tabIndex=0)}#i(t){if(!t)return;let{listing:e}=this,[s,i]=[e.getBoundingClientRect(),t.getBoundingClientRect()];(i.top<s.top||i.bottom+2*i.height>s.bottom)&&(e.scrollTop+=i.top-s.top-s.height/3)}#n(t){let e=t.closest?.("button");for(let s of this.lines)for(let i of s.numbers)if(i.element===e)return i;return null}#o(t){if(t.target.matches("input"))return;let e=this.#n(t.target);if(e)return this.#r(e);let s=t.target.closest(".code-line"),{block:i}=this.lines.find(c=>c.element===s)?.data??{},{model:n,view:r}=this.store,a=n.byKey.get(i),h=a&&n.reveals[r.granularity][a.offset];h&&this.goTo(h)}#r(t){let e=this.#e(t);e&&this.showPlace(lt(e)),this.#s(t.element),t.element.focus({preventScroll:!0})}#a(t){let e=t&&this.#e(t);if(!e)return;if(!t.given)return this.#r(t);if(e.block.editable==="toggle")return this.cells.toggleMask(e);let s=l("input",{class:"typing",inputmode:"decimal","aria-label":"new value"});s.value=O(this.cells.valueOf(e));let i=s.value,n=!1,r=a=>{n||(n=!0,s.replaceWith(t.element),t.element.focus({preventScroll:!0}),a&&s.value!==i&&this.cells.commitText(e,s.value))};return s.addEventListener("keydown",a=>{a.stopPropagation(),a.key==="Enter"&&r(!0),a.key==="Escape"&&r(!1)}),s.addEventListener("blur",()=>r(!0)),t.element.replaceWith(s),s.focus(),s.select()}#l(t){let e=this.#n(t.target),s=e&&it(Ee,t);s&&(this.actions[s.act](e),t.preventDefault(),t.stopPropagation())}#h(t,e,s){let i=this.lines.filter(c=>c.numbers.length),n=i.findIndex(c=>c.numbers.includes(t)),r=i.flatMap(c=>c.numbers),a=i[n].numbers.indexOf(t),h=s?i[n+s]?.numbers[Math.min(a,i[n+s].numbers.length-1)]:r[r.indexOf(t)+e];h&&(this.#s(h.element),h.element.focus())}};function hh(o){let t=[],e=o.parts.map(s=>{if(typeof s=="string")return document.createTextNode(s);let[i,n,r]=s,a=l("button",{type:"button",tabindex:-1},i);return a.classList.toggle("given",o.given),t.push({element:a,text:i,at:[o.block,n,r],given:o.given}),a});return{data:o,numbers:t,nodes:e,element:l("div",{class:"code-line"},...e)}}function ch(o,t){if(!o||jo(o.data)!==jo(t))return null;let e=o.numbers.values();for(let[s,i]of t.parts.entries())typeof i=="string"?b(o.nodes[s],i):e.next().value.text=i[0];return o.data=t,o}function jo({block:o,given:t,parts:e}){let s=e.map(i=>typeof i=="string"?"":i.slice(1).join(" "));return[o,t,...s].join("|")}var Ko="mlpviz.closed-findings",ph=50,vs=class{constructor({storage:t,send:e,showPlace:s,open:i,closed:n}){this.storage=t,this.send=e,this.showPlace=s,this.wasClosed=n,this.closed=new Set(JSON.parse(t.get(Ko)??"[]")),this.found=[],this.shown="[]",this.list=l("ul",{}),this.card=l("section",{class:"card",hidden:!0,"aria-label":"findings"},this.list),this.element=l("div",{class:"findings",role:"status"},this.card),this.named=l("span",{}),this.chip=l("button",{type:"button",class:"finding-chip",hidden:!0,onclick:i},"△",this.named)}take(t){this.found=t}paint(t,e){let s=this.found.filter(h=>dh(h,t,e)&&!this.closed.has(Fo(h))),i=JSON.stringify(s);if(i===this.shown)return;this.shown=i,V(this.list,...s.map(h=>this.#t(h)));for(let h of[this.card,this.chip])w(h,{hidden:!s.length});let[n,...r]=s.map(({label:h})=>h),a=` ${n}${r.length?` and ${r.length} more`:""}`;b(this.named,a),k(this.chip,"aria-label",`△${a}`)}get names(){return JSON.parse(this.shown).map(({label:t})=>t)}#t(t){let{key:e,label:s,sentence:i,detail:n,place:r,remedy:a}=t,h=(p,d,u,f)=>l("button",{type:"button",class:p,title:d,onclick:f},u);return l("li",{"data-key":e},l("h2",{},s),l("button",{type:"button",class:"close",title:"close until it changes","aria-label":`close: ${s}`,onclick:()=>this.#e(t)},"✕"),l("p",{class:"sentence"},...Zt(T(i))),n&&l("details",{},l("summary",{},"In symbols"),l("p",{class:"muted"},...Zt(T(n)))),l("div",{class:"choices"},h("finding","select the cell that it is about","Show the place",()=>this.showPlace(r)),a&&h("remedy","a suggestion; undo takes it back",a.label,()=>this.send(a.event))))}#e(t){this.closed.add(Fo(t)),this.storage.set(Ko,JSON.stringify([...this.closed].slice(-ph))),this.wasClosed()}};function Fo({key:o,place:t,sentence:e,detail:s}){return JSON.stringify([o,t,e,s])}function dh({after:o},t,e){let s=t.byKey.get(o);if(!s)return!0;for(let i=s.offset;i<s.offset+s.rows*s.columns;i++)if(!t.isKnown(i,e))return!1;return!0}var ks=class{constructor(t){this.say=t.say,this.lastEdit=new Qi,this.findings=new vs(t),this.changed=null}take({review:t,version:e},s,i){e!==this.version&&(this.changed=null),this.version=e,t&&(this.model=s,this.changed=uh(t.edit?.cells??{},s),this.lastEdit.show(t.edit,t.fault),this.findings.take(t.wrong),this.#t(t.edit,e,s,i))}#t(t,e,s,i){let n=this.told!==void 0&&e!==this.told;this.told=e,t&&n&&this.say(F(Ho(s,i)?t.told:t.early))}paint(t,e){this.lastEdit.paint(t,e),this.findings.paint(t,e)}changeOf({block:t,r:e,c:s}){return this.changed?.get(this.model.at(t,e,s))??""}};function uh(o,{byKey:t}){let e=new Map;for(let[s,[i,n]]of Object.entries(o)){let{offset:r}=t.get(s);i.forEach((a,h)=>{e.set(r+a,n[h]??"")})}return e}var Qi=class{constructor(){this.parts=l("div",{}),this.whole=this.early=[],this.element=l("section",{class:"card last-edit",hidden:!0},l("h2",{},"Your last edit"),this.parts)}paint(t,e){let i=Ho(t,e)?this.whole:this.early;i!==this.shown&&(this.shown=i,this.parts.replaceChildren(...i))}show(t,e){if(w(this.element,{hidden:!t&&!e}),e&&(this.whole=this.early=[l("p",{class:"sentence"},e)]),!t)return;this.early=[l("p",{class:"edited"},...T(t.early)),l("p",{class:"muted"},"What it changes is told here when the pass is computed (End).")];let[s,i,n,r]=t.loss,{forecast:a}=t,h=(c,p)=>l("div",{},l("dt",{},c),l("dd",{},...T(p)));this.whole=[l("p",{class:"edited"},...T(t.title)),l("p",{class:"sentence"},l("span",{class:"corner","aria-hidden":"true"}),t.summary,"; loss ",l("b",{},...T(s))," → ",l("b",{},...T(i))," (Δ ",...T(n),")."),...[r,t.note,t.unreached].filter(Boolean).map(c=>l("p",{class:"muted"},...T(c))),l("ul",{class:"reach"},...t.reach.map(c=>l("li",{},...T(c)))),...a?[l("dl",{class:"forecast"},h("gradient · Δ",a.promised),h("the loss did",a.true)),l("p",{class:"sentence"},...T(a.reason))]:[l("p",{class:"muted"},"The network itself changed, so there is no gradient that could have foretold it.")]],a&&(this.element.dataset.cause=a.cause)}};function Ho(o,{granularity:t,step:e}){let s=o.phases(t).find(([i])=>i==="update");return e>=(s?s[2]-1:o.steps(t).length)}var mh="Pick the second number: click a weight, a bias or an input, or walk to it with Tab and the arrow keys, and press Enter. Escape cancels.",$s=class{constructor(t,{notify:e,changeOf:s,opened:i,shown:n,pause:r}){this.store=t,this.notify=e,this.changeOf=s,this.opened=i,this.shown=n,this.pause=r,this.isPicking=!1}cell(){return this.store.hover??this.restingCell()}isPeeking(){let{hover:t}=this.store,e=t&&this.restingCell();return!!t&&!(e&&lt(t)===lt(e))}restingCell(){return this.store.view.cell(this.store.model)??this.stepCell()}stepCell(){return this.#t(this.store.view.step)}firstCell(){return this.#t(1)}#t(t){let{model:e,view:s}=this.store,i=e.steps(s.granularity)[t-1];if(!i)return null;let n=e.blocks[i[0]],r=n.columnNoun==="sample"?s.sample-1:0;return{block:n,r:Math.max(i[1],0),c:i[2]>=0?i[2]:r}}partial(){let{model:t,scene:e,view:s}=this.store;if(s.granularity!=="product")return null;let[i,n,r,a]=t.steps("product")[s.step-1]??[],h=t.blocks[i];if(!h||h.rule.terms<2||a===h.rule.terms-1)return null;let c=e.partials?.[h.key],p=c?c[(n*h.columns+r)*h.rule.terms+a]:"…",[d,u]=[Rt(p)[0]].flat();return{at:t.at(h,n,r),term:a,text:d,exact:u}}hoverAt(t){let{hover:e,model:s,scene:i,view:n}=this.store;n.present&&t||t?.block===e?.block&&t?.r===e?.r&&t?.c===e?.c||(t&&fo(t,s,i,n,this.changeOf(t)),this.store.set({hover:t}))}isAt(t){return this.store.view.selection===lt(t)}select(t){let{view:e}=this.store;t&&vt(t),e.select(t),t?.block.columnNoun==="sample"&&(e.sample=t.c+1),this.store.set({hover:null}),t&&this.opened()}showPlace(t){let{model:e,view:s}=this.store;s.selection=t;let i=s.cell(e);if(!i)return this.select(null);this.pause();let n=e.at(i.block,i.r,i.c);return s.step=Math.max(s.step,e.reveals[s.granularity][n]),this.select(i),this.shown(i)}pickSecond(){this.isPicking=!0,this.notify(mh),this.store.set()}clearSecond(){this.store.view.second=null,this.#e(),this.store.set()}#e(){this.isPicking&&this.notify(""),this.isPicking=!1}takesSecond(t,e){let{view:s,model:i}=this.store,n=s.cell(i);if(!n||!(this.isPicking||e.ctrlKey||e.metaKey))return!1;if(!Kt.has(n.block.tensor)||!Kt.has(t.block.tensor))return this.isPicking;let r=lt(t);return r===s.selection?this.isPicking:(s.second=r,this.#e(),this.store.set(),!0)}pair(){let{view:t,model:e}=this.store,s=t.secondCell(e);return s?[t.cell(e),s]:[]}};function qo({model:o,view:t},e,s,i){let n=new Map,r=({block:a,r:h,c})=>o.at(a,h,c);if(e){let a=r(e),h=i?.at===a;if(h||o.isKnown(a,t)){let c=h?i.term+1:1/0;for(let p of o.sources(e,c))n.set(r(p),"source")}n.set(a,"focus")}for(let a of s)n.set(r(a),"focus");return n}function Uo({model:o,scene:t,view:e},{cell:s,findings:i,proof:n}){return[gh(o,t),fh,bh(o,t,e,{cell:s,findings:i,proof:n}),wh(o,t,e)]}var fh=["Tab goes from matrix to matrix.",It(kt,["walk","type","more"]),It(Ft,["forward","play","letGo","summary","help"])].join(" ");function gh({structure:o,blocks:t},{name:e}){let[s,...i]=o.bands.map(({units:h})=>h),n=`${o.samples} ${o.samples===1?"sample":"samples"}`,r=`${s} ${s===1?"input":"inputs"}, then layers of ${i.join(", ")} units`,a=o.lossChosen[0];return`${e||"A network without a name"}: ${r}; ${n}; loss: ${a}. Its numbers are ${t.length} matrices, layer by layer; a dot is not computed yet.`}function bh(o,t,e,{cell:s,findings:i,proof:n}){let r=o.steps(e.granularity).length,a=o.byKey.get(`loss.${o.structure.layers}`).offset;return[`Step ${e.step} of ${r}.`,o.isKnown(a,e)?`The loss is ${tt(t,a)}.`:"The loss is not computed yet.",s?`Explained: ${Ji(s)}${xh(o,t,e,s)}.`:"",i.length?`To note: ${i.join("; ")}.`:"",`${n}.`].filter(Boolean).join(" ")}function xh(o,t,e,{block:s,r:i,c:n}){let r=o.at(s,i,n);return o.isKnown(r,e)?`, ${tt(t,r)}`:", not computed yet"}function wh(o,{story:t},e){return e.step<o.steps(e.granularity).length?"Press End to compute everything, or the right arrow key for the next numbers.":t?`Try it: ${t.question}`:"Change a weight, and hear what becomes of the loss."}var yh={block:"nearest",inline:"nearest"},Go=[[],["sparse"],["sparse","low"]],Ss=class{constructor(t,{dock:e,elementOf:s}){this.frame=t,this.dock=e,this.elementOf=s,this.involved=new Set,this.isSettled=!1}show(t,e){let s=new Set([t,...e].map(({block:r})=>r));for(let{figure:r}of this.involved)r.classList.remove("involved");for(let{figure:r}of s)r.classList.add("involved");this.involved=s;let[i,n]=[this.elementOf(t),e.map(this.elementOf)];for(let r of Go)if(this.#t(r),vh(i,n),!this.isSettled||[i,...n].every(this.#e()))return}clear(){this.#t([])}#t(t){for(let e of Go.at(-1))this.frame.classList.toggle(e,t.includes(e))}#e(){let t=this.frame.querySelector(".headings").getBoundingClientRect().bottom-1,e=this.dock.getBoundingClientRect().top+1;return s=>{let i=s.getBoundingClientRect();return i.top>=t&&i.bottom<=e}}};function vh(o,t){for(let e of[...kh(t),o])e.scrollIntoView(yh)}function kh(o){let t=o.map(i=>({element:i,box:i.getBoundingClientRect()})),e=["left","top"].map(i=>Yo(t,(n,r)=>n.box[i]<r.box[i])),s=["right","bottom"].map(i=>Yo(t,(n,r)=>n.box[i]>r.box[i]));return new Set([...e,...s].filter(Boolean).map(({element:i})=>i))}function Yo(o,t){return o.reduce((e,s)=>!e||t(s,e)?s:e,null)}var $h={layer:1.5,unit:3,product:6},Es=class{constructor(t,{send:e,stepCell:s,shown:i,say:n}){this.store=t,this.send=e,this.stepCell=s,this.shown=i,this.timer=null,this.speed=1,this.say=n}get isPlaying(){return this.timer!==null}steps(){return this.store.model.steps(this.store.view.granularity)}goTo(t,e=!1){let{view:s}=this.store;e||this.pause(),s.step=Math.max(0,Math.min(t,this.steps().length)),s.select(null);let i=this.#t(this.steps()[s.step-1]);i!==null&&(s.sample=i+1);let n=this.stepCell();this.#i(n),this.store.set({hover:null}),n&&this.shown(n)}show(){let t=this.store.view.selection===null?this.stepCell():null;t&&this.shown(t)}#t(t){let{model:e}=this.store,[s,i,n,r]=t??[];if(!(n>=0))return null;let a=e.blocks[s];if(a.columnNoun==="sample")return n;let h={block:a,r:Math.max(i,0),c:n};return r>=0&&r<a.rule.count?a.rule.factors.map(p=>e.resolve(p,h,r)).find(p=>p.block.columnNoun==="sample")?.c??null:null}goBy(t,e=!1){this.goTo(this.store.view.step+t,e)}setGranularity(t){let{model:e,scene:s,view:i}=this.store;i.step=e.translate(i.step,i.granularity,t),i.granularity=t,this.store.set(),this.show(),t==="product"&&!s.partials&&this.send({type:"view"})}setSample(t){this.store.view.sample=t,this.store.set()}toggle(){return this.isPlaying?(this.pause(),this.store.set()):(this.#e()&&this.goTo(0,!0),this.timer=setTimeout(()=>this.#s(),0),this.store.set())}pause(){clearTimeout(this.timer),this.timer=null}#e(){return this.store.view.step>=this.steps().length}#s(){this.goBy(1,!0);let t=1e3/($h[this.store.view.granularity]*this.speed);this.timer=this.#e()?null:setTimeout(()=>this.#s(),t),this.isPlaying||this.store.set()}#i(t){if(!t)return this.say("start: nothing is computed yet");let[,e]=this.steps()[this.store.view.step-1],{rowNoun:s}=t.block,i=s&&e>=0?` · ${s} ${e+1}`:"";return this.say(`${t.block.title}${i}. ${t.block.rule.sentence}`)}};var Sh=/^(weight|bias)$/,Ts=class{constructor(t){this.send=t,this.sentence=l("p",{class:"sentence"}),this.actions=l("p",{class:"tie-actions"}),this.element=l("section",{class:"card"},l("h2",{},"One number in several places"),this.sentence,this.actions)}wants({cell:t,isSelected:e}){return e&&Sh.test(t.block.tensor)}show(t){!t||this.shown===t||(this.shown=t,E(this.sentence,t.sentence),this.actions.replaceChildren(...t.actions.map(({label:e,event:s})=>l("button",{type:"button",onclick:()=>this.send(s)},e))))}};var Eh=0,Th=1,Ms=2,ce=class{constructor({label:t,names:e,formats:s},i){this.formats=s,this.save=i,this.title=`Save ${t}`,this.menus=e.map((n,r)=>{let a=l("select",{"data-choice":n,onchange:()=>this.#t(r)}),h=[...new Set(s.map(c=>c[Ms+r]))];return N(a,h.map(c=>[c,c]),h[0]),a}),this.sentence=l("p",{class:"muted","aria-live":"polite"}),this.element=l("dialog",{class:"format-choices","aria-label":this.title},l("h2",{},this.title),...e.map((n,r)=>l("label",{class:"choice"},l("span",{class:"words"},n),this.menus[r])),this.sentence,l("div",{class:"choices"},l("button",{type:"button",class:"primary",onclick:()=>this.#e()},"Save"),l("button",{type:"button",onclick:()=>this.element.close()},"Cancel"))),this.element.addEventListener("keydown",n=>n.stopPropagation()),this.#t(0)}open(){this.element.showModal()}get chosen(){return this.formats.find(t=>this.menus.every((e,s)=>e.value===t[Ms+s]))}#t(t){if(!this.chosen){let e=this.formats.find(s=>s[Ms+t]===this.menus[t].value);this.menus.forEach((s,i)=>{s.value=e[Ms+i]})}b(this.sentence,this.chosen[Th])}#e(){this.element.close(),this.save(this.chosen[Eh])}};var tn=9e5;function Mh(o){let t="";for(let e=0;e<o.length;e+=8192)t+=String.fromCharCode(...o.subarray(e,e+8192));return btoa(t)}var pe=class{constructor({send:t,complain:e,done:s=()=>{}}){this.send=t,this.complain=e,this.done=s,this.waiting=[],this.file=null,this.text=l("span",{}),this.cancel=l("button",{type:"button",class:"quiet",hidden:!0,onclick:()=>this.#e()},"Cancel"),this.element=l("p",{class:"upload empty",role:"status"},this.text,this.cancel)}openAll(t){this.waiting=[...t].slice(1),this.open(t[0])}open(t,e){this.file=t,this.purpose=e,this.at=-1,this.#t(0)}take({arrived:t},e){this.file&&(e||t===null&&this.at>0?this.#e():t>this.at&&this.#t(t))}async#t(t){let{file:e,purpose:s}=this;this.at=t,this.#s();try{let i=new Uint8Array(await e.slice(t,t+tn).arrayBuffer());if(this.file!==e)return;let{name:n,size:r}=e,a={name:n,size:r,at:t,bytes:Mh(i)};if(this.send({type:"upload_piece",...s?{purpose:s}:{},...a}),t+tn<r)return;let h=this.waiting.shift();if(h)return this.open(h,s);this.#e(),this.done()}catch{this.#e(),this.complain(`${e.name} cannot be read any more: open it again.`)}}#e(){this.file=null,this.waiting=[],this.#s()}#s(){let{file:t}=this,e=t!==null&&t.size>tn;w(this.element,{className:e?"upload":"upload empty"}),w(this.cancel,{hidden:!e});let s=e?J(this.at/t.size):"";b(this.text,e?`${t.name}: ${s} has arrived `:"")}};var Os=class{constructor({send:t,notify:e}){this.send=t,this.notify=e,this.upload=new pe({send:t,complain:i=>e(i,!0),done:()=>t({type:"open_files"})}),this.input=l("input",{type:"file",hidden:!0,multiple:!0,"aria-label":"file to open",onchange:()=>{this.open(this.input.files),this.input.value=""}}),this.title=l("h2",{id:"import-title"}),this.body=l("div",{class:"import-body"});let s=(i,n,r)=>l("button",{type:"button",class:r,onclick:()=>t({type:n})},i);this.dialog=l("dialog",{class:"import","aria-labelledby":"import-title",oncancel:i=>{i.preventDefault(),t({type:"cancel_import"})}},this.title,this.body,l("div",{class:"bar"},s("Open on the sheet","finish_import","primary"),s("Cancel","cancel_import",""))),this.elements=[this.input,this.upload.element,this.dialog]}offer(t){this.input.accept=t.join(",")}choose(){this.input.click()}open(t){t.length&&this.upload.openAll([...t])}watch(t){let e=s=>s.dataTransfer?.types.includes("Files");t.addEventListener("dragover",s=>{e(s)&&(s.preventDefault(),t.classList.add("dropping"))}),t.addEventListener("dragleave",s=>{t.contains(s.relatedTarget)||t.classList.remove("dropping")}),t.addEventListener("drop",s=>{e(s)&&(s.preventDefault(),t.classList.remove("dropping"),this.open(s.dataTransfer.files))})}take({importing:t,arrived:e},s){if(this.upload.take({arrived:e},s),!t){this.dialog.open&&this.dialog.close();return}b(this.title,`${t.file}: ${t.tool}`),V(this.body,...this.#t(t.guesses),...Vo("Understood",t.understood),...Vo("Not held",t.left_out)),w(this.dialog,{hidden:!1}),this.dialog.open||this.dialog.showModal()}#t(t){if(!t.length)return[];let e=t.map(({key:s,question:i,choices:n,chosen:r})=>{let a=l("select",{"aria-label":i,"data-control":`import.${s}`,onchange:()=>this.send({type:"answer_import",key:s,choice:a.value})});for(let[h,c]of n)a.append(new Option(c,h,!1,h===r));return l("label",{},l("span",{},i),a)});return[l("h3",{},"Guessed: please check"),l("div",{class:"guesses"},...e)]}};function Vo(o,t){return t.length?[l("h3",{},o),l("ul",{},...t.map(e=>l("li",{},e)))]:[]}var Oh=[["1","× 1"],["10","× 10"],["100","× 100"]],As=class{constructor(t,e){this.send=t,this.choice=l("select",{class:"optimizer","aria-label":"optimizer",title:"how the update uses the gradient",onchange:()=>t({type:"set_optimizer",key:this.choice.value})}),this.sentence=l("p",{class:"muted"}),this.inputs=new Map,this.fields=l("div",{class:"knobs"}),this.menu=l("details",{class:"menu knobs-menu"},l("summary",{"aria-label":"knobs of the optimizer, and the schedule",title:"knobs of the optimizer, and the schedule of the learning rate"},"⚙"),l("div",{},this.fields,e.element)),yt(this.menu),this.times=l("select",{class:"times","aria-label":"updates at once",title:"updates at once"},...Oh.map(([s,i])=>l("option",{value:s},i))),this.apply=l("button",{type:"button",title:"make the new numbers the current ones","aria-label":"Apply update",onclick:()=>t({type:"update",times:Number(this.times.value)})},"Apply",l("span",{class:"wide"}," update")),this.count=l("span",{class:"steps-taken","data-term":"steps_taken"}),this.elements=[this.choice,this.menu,this.apply,this.times,this.count]}paint({structure:t},e){let{optimizers:s,optimizer:i}=t;N(this.choice,s,i.key),b(this.count,e.steps_taken?`t = ${e.steps_taken}`:""),w(this.count,{hidden:!e.steps_taken}),this.shown?.key!==i.key&&this.#t(i),this.shown=i;for(let{name:n}of i.hyperparameters)this.#s(n)}#t({sentence:t,hyperparameters:e}){let s=this.inputs;this.inputs=new Map;let i=e.map(n=>{let r=`${n.name} ${n.kind}`,a=s.get(n.name),h=a?.key===r?a:this.#e(n,r);return w(h.label,{title:n.sentence}),ct(h.label.firstChild,n.label),this.inputs.set(n.name,h),h.label});b(this.sentence,t),ht(this.fields,[this.sentence,...i])}#e({name:t,kind:e},s){let i=e==="bool",n=a=>{this.send({type:"set_optimizer_knob",name:t,value:a}),this.#s(t)},r=i?l("input",{type:"checkbox",onchange:()=>n(r.checked)}):Q({inputmode:"decimal"},n);return{key:s,input:r,label:l("label",{class:"knob"},l("span",{}),r)}}#s(t){let e=this.shown.hyperparameters.find(i=>i.name===t),s=this.inputs.get(t)?.input;!e||!s||(s.type==="checkbox"?s.checked=e.value:G(s,O(e.value)))}};var Ah="the schedule",zs=class{constructor(t){this.send=t,this.choice=l("select",{"aria-label":"schedule of the learning rate",title:"how the learning rate changes from update to update",onchange:()=>t({type:"set_schedule",key:this.choice.value||null})}),this.sentence=l("p",{class:"muted"}),this.fields=l("div",{class:"schedule-fields"}),this.element=l("div",{class:"schedule"},l("label",{class:"knob"},l("span",{},"Schedule of η"),this.choice),this.sentence,this.fields),this.rate=l("span",{class:"scheduled-rate"})}paint({structure:t},{schedule:e}){if(N(this.choice,[["","none: constant"],...t.schedules],e?.key??""),b(this.sentence,e?.sentence??""),this.rate.hidden=!e,e){let[i,n]=e.rate;b(this.rate,`now ${i}`),this.rate.title=`the learning rate of the next update, after ${e.step} steps: ${n||i}`}let s=JSON.stringify(e);this.shown!==s&&(this.shown=s,this.#t(e))}#t(t){let e=this.#e();ht(this.fields,t?this.#s(t):[]),e&&this.fields.querySelector(`[data-control="${CSS.escape(e)}"]`)?.focus()}#e(){let{activeElement:t}=this.fields.getRootNode();return this.fields.contains(t)?t.dataset.control:""}#s(t){let e=(s,i)=>this.#r({type:"set_schedule_knob",name:s,value:i});return[...At(t.hyperparameters,Ah,e),...t.parts.map((s,i)=>this.#i(t,s,i)),this.#n(t.changes),this.#o("steps done","set_schedule_step",t.step,"the next update has the rate after them"),this.#o("count as one","set_schedule_every",t.every,"steps that count as one, as the batches of an epoch do")]}#i({whole:t,place:e,part_choices:s},{key:i,sentence:n,hyperparameters:r,without:a},h){let c=u=>this.#r({type:"set_schedule",key:{...t,[e]:t[e].map((f,m)=>m===h?u:f)}}),p=t[e][h],d=`schedule ${h+1}`;return l("fieldset",{class:"part"},l("div",{class:"knob"},pt(d,s,i,{"aria-label":d,title:n,onchange:({target:u})=>c(u.value)}),a&&l("button",{type:"button",title:`remove ${d}`,"aria-label":`remove ${d}`,onclick:()=>this.send({type:"set_schedule",key:a})},"×")),...At(r,d,(u,f)=>c({...typeof p=="string"?{key:p}:p,[u]:f})))}#n(t){let e=t.map(([s,i])=>l("button",{type:"button",onclick:()=>this.send({type:"set_schedule",key:i})},s));return l("div",{class:"changes",hidden:!e.length},...e)}#o(t,e,s,i){let n={"aria-label":t,class:"knob-number"},r=oe(e,String(s),n,a=>this.#r({type:e,value:a}));return l("label",{class:"knob",title:i},l("span",{},t),r)}#r(t){this.send(t),Ue(this.fields)}};var zh="(max-width: 600px)",Ps=class{constructor(t){this.element=l("div",{class:"tool-sheet",id:"tools",onclick:e=>this.#t(e),onchange:({target:e})=>e.closest(".more")&&this.turn(!1)},...t),this.shade=l("div",{class:"shade",onclick:()=>this.turn(!1)}),this.button=l("button",{type:"button",class:"open-tools","aria-controls":"tools","aria-expanded":"false",onclick:()=>this.turn(!this.isOpen)},"Tools"),this.isOpen=!1,this.element.addEventListener("keydown",e=>{e.key!=="Escape"||!this.isOpen||(this.turn(!1),e.stopPropagation())})}turn(t){let e=!t&&this.element.contains(B(this.element));this.isOpen=t,k(this.button,"aria-expanded",String(t));for(let s of[this.element,this.shade])s.classList.toggle("open",t);e&&this.button.focus({preventScroll:!0})}#t(t){this.isOpen&&t.target.closest("button:not(.term)")&&this.turn(!1)}watch(t,e,s){let i=()=>{let n=t.matches(zh),r=n?this.element:e;s.parentElement!==r&&r.append(s),n||this.turn(!1)};return i(),t.listen("resize",i)}};var Ls=class{constructor({send:t,notify:e,link:s,openNew:i,setNumbers:n,setSizes:r,present:a,program:h,copyMenu:c}){this.send=t,this.notify=e,this.link=s;let p=(m,g,x)=>l("button",{type:"button",title:g,"aria-label":gt(m,g),onclick:x},m);this.preset=en({class:"preset","aria-label":"example network"},m=>m&&t({type:"preset",key:m})),this.compare=en({class:"compare","aria-label":"compare with",title:"a second network beside this one"},m=>m&&t({type:"compare",key:m}));let d="how numbers are written";this.numbers=en({"aria-label":d,title:d},n),this.sizes=l("button",{type:"button",class:"sizes",title:"one colour scale per kind of number, the same in every layer, and the norm of each block","aria-pressed":"false",onclick:()=>r(this.sizes.getAttribute("aria-pressed")!=="true")},"Sizes"),this.program=l("button",{type:"button",title:"the program of this network, line by line (L)","aria-pressed":"false",onclick:h},"Code"),this.rate=Q({class:"rate",inputmode:"decimal","aria-label":"learning rate"},m=>t({type:"set_learning_rate",value:m})),this.schedule=new zs(t),this.optimizer=new As(t,this.schedule),this.loss=l("b"),this.files=new sn({send:t,notify:e,copyLink:()=>this.#t()}),this.undo=p("↶","undo (Ctrl+Z)",()=>t({type:"undo"})),this.redo=p("↷","redo (Ctrl+Shift+Z)",()=>t({type:"redo"})),this.linkField=l("input",{class:"link-field",readonly:!0,hidden:!0,"aria-label":"link to this page",onblur:()=>{this.linkField.hidden=!0}});let u=p("Reset","back to the example as it came",()=>t({type:"reset"})),f=p("Present","large type for a room, without tools (P)",a);this.more=l("details",{class:"menu more",onchange:()=>wt(this.more)},l("summary",{},"More"),l("div",{onclick:m=>m.target.closest("button")&&wt(this.more)},Xo("Numbers",this.numbers),Xo("Compare with",this.compare),this.sizes,this.program,f,u)),this.sheet=new Ps([l("button",{type:"button",title:"a network of your own",onclick:i},"New …"),l("span",{class:"rate-label"},Wt("eta","η")," ",this.rate,this.schedule.rate),...this.optimizer.elements,l("span",{class:"pill loss-value"},at("loss","loss")," ",this.loss),Lh(()=>t({type:"train_network"})),yt(this.more),c,...this.files.elements]),this.element=l("div",{class:"toolbar",role:"group","aria-label":"network"},this.preset,this.undo,this.redo,this.sheet.button,this.sheet.shade,this.sheet.element,this.linkField)}paint(t,e,s){let i=e.presets.map(([r,a])=>[r,a]);N(this.preset,[["",e.name||"Untitled"],...i],"",!0),N(this.compare,[["","None"],...e.variants],""),N(this.numbers,e.number_styles,s.numbers||e.number_style),k(this.sizes,"aria-pressed",String(!!s.sizes)),G(this.rate,Ph(e.learningRate)),this.optimizer.paint(t,e),this.schedule.paint(t,e),e.files&&this.files.offer(e.files,e.imports);let n=t.byKey.get(`loss.${t.structure.layers}`).offset;E(this.loss,t.isKnown(n,s)?_t(zt(e,n)):"·"),w(this.undo,{disabled:!e.can_undo}),w(this.redo,{disabled:!e.can_redo})}showProgram(t){k(this.program,"aria-pressed",String(t))}twinOf(t){return t===this.undo?this.redo:t===this.redo?this.undo:null}async#t(){let{url:t,problem:e}=this.link();if(e)return this.send({type:"ask_for_link"});try{await navigator.clipboard.writeText(t),this.notify("The link is copied: it holds the whole network and where you stand.")}catch{this.linkField.hidden=!1,this.linkField.value=t,this.linkField.select()}}};function Ph(o){let t=o.toFixed(8).replace(/\.?0+$/,"");return Number(t)===o?t:O(o)}function en(o,t){let e=l("select",{...o,onchange:()=>t(e.value)});return e}function Lh(o){let t="learn these samples from these weights on",e=gt("Train this network",t),s=["Train",l("span",{class:"wide"}," this network")];return l("button",{type:"button",title:t,"aria-label":e,onclick:o},...s)}function Xo(o,t){return l("label",{class:"named"},l("span",{},o),t)}var sn=class{constructor({send:t,notify:e,copyLink:s}){this.send=t,this.notify=e,this.copyLink=s,this.opener=new Os({send:t,notify:e}),this.items=l("div"),this.menu=l("details",{class:"menu file"},l("summary",{},"File"),this.items),this.elements=[yt(this.menu),...this.opener.elements]}choose(){this.opener.choose()}offer(t,e){this.files||(this.files=t,this.opener.offer([...t.open,...e]),this.items.append(this.#s("Copy link","copy a link to exactly this",this.copyLink),this.#s("Open a file …","a network saved here, or one of PyTorch, Keras, ONNX, scikit-learn, R and others; dropping it onto the page does the same",()=>this.choose()),...this.#e(t)))}#t(t){let e=new ce(t,s=>this.send({type:"save",format:s}));return this.menu.after(e.element),this.#s(`${e.title} …`,"choose how it is to be",()=>e.open())}#e({save:t,groups:e,choose:s}){let i=[...t];return e.map(([n,r],a)=>{let h=`save-group-${a}`,c=i.splice(0,r).map(([d,u,f])=>this.#s(`Save ${u}`,f,()=>this.send({type:"save",format:d}))),p=s.filter(({group:d})=>d===n);return l("div",{class:"group",role:"group","aria-labelledby":h},l("p",{id:h,class:"group-name"},n),...c,...p.map(d=>this.#t(d)))})}#s(t,e,s){return l("button",{type:"button",title:e,onclick:()=>{wt(this.menu),s()}},t)}};var Jo={width:260,height:64,edge:6},Cs=class extends Pt{constructor({onToggle:t,rewind:e}){let s=l("div",{class:"walk-plot"}),i=l("output",{class:"where-walk"}),n=l("input",{type:"range",min:0,step:1,"aria-label":"go back to a step that was taken"}),r=l("button",{type:"button"},"Go back to this step"),a=l("p",{class:"sentence"});super(t,"Steps taken","walk",s,l("div",{class:"walk-where"},n,i),r,a),this.plot=s,this.where=i,this.slider=n,this.back=r,this.sentence=a,n.addEventListener("input",()=>this.#t()),r.addEventListener("click",()=>{r.ariaDisabled!=="true"&&e(Number(n.value))})}get isOfNoCell(){return!0}get tellsLoss(){return!0}wants({walked:t}){return t>1}isOpen(){return super.isOpen(!1)}show(t){if(!t||this.shown===t)return;this.shown=t;let{losses:e,starts:s,here:i}=t,{plot:n,points:r}=rs(e,{...Jo,title:`the loss at each step. ${F(t.sentence)}`});for(let[a]of s.slice(1).map(h=>r[h]??[]))a!==void 0&&n.append(C("line",{x1:a,x2:a,y1:0,y2:Jo.height,class:"start"}));this.marker=C("circle",{r:4,class:"here"}),this.points=r,n.append(this.marker),this.plot.replaceChildren(n),w(this.slider,{max:e.length-1,value:i<0?e.length-1:i}),E(this.sentence,t.sentence),this.#t()}#t(){let{steps:t,texts:e,here:s}=this.shown,i=Number(this.slider.value),n=this.points[i];this.marker.setAttribute("visibility",n?"visible":"hidden"),n&&(this.marker.setAttribute("cx",n[0].toFixed(1)),this.marker.setAttribute("cy",n[1].toFixed(1))),E(this.where,L`step ${t[i]} · loss ${e[i]}`),this.slider.setAttribute("aria-valuetext",this.where.textContent),w(this.back,{ariaDisabled:i===s}),b(this.back,i===s?"You are at this step":`Go back to step ${t[i]}`)}};var Ch=[["0.5","½×"],["1","1×"],["2","2×"],["4","4×"],["8","8×"]],Nh=[["layer","Layer"],["unit","Unit"],["product","Single product"]],Ns=class{constructor(t,e){this.stepping=t;let s=(n,r,a)=>l("button",{type:"button",title:r,"aria-label":gt(n,r),onclick:a},n);this.play=s("▶ Play","play (Space)",()=>t.toggle()),this.play.classList.add("play"),this.range=l("input",{type:"range",class:"scrubber",min:0,step:1,"aria-label":"step",oninput:()=>t.goTo(Number(this.range.value))}),this.phases=l("div",{class:"phases","aria-hidden":"true"}),this.where=l("output",{class:"pill where"});let i=n=>n.map(([r,a])=>l("option",{value:r,selected:r==="1"},a));this.speed=l("select",{"aria-label":"speed",title:"speed",onchange:()=>{t.speed=Number(this.speed.value)}},...i(Ch)),this.granularity=l("select",{"aria-label":"granularity",title:"how much one step shows",onchange:()=>t.setGranularity(this.granularity.value)},...i(Nh)),this.element=l("div",{class:"transport",role:"group","aria-label":"steps"},s("|◀◀","to the start (Home)",()=>t.goTo(0)),s("◀","one step back (←)",()=>t.goBy(-1)),this.play,s("▶|","one step forward (→)",()=>t.goBy(1)),s("▶▶|","to the end (End)",()=>t.goTo(1/0)),l("div",{class:"track"},this.phases,this.range),e,this.where),this.pace=l("div",{class:"pace"},l("label",{class:"named"},l("span",{},"Speed"),this.speed),l("label",{class:"named"},l("span",{},"One step shows"),this.granularity))}paint(t,e){b(this.play,this.stepping.isPlaying?"❚❚ Pause":"▶ Play");let s=t.steps(e.granularity);w(this.range,{max:s.length,value:e.step});let i=t.phases(e.granularity),n=i.join();this.phases.dataset.signature!==n&&(this.phases.dataset.signature=n,this.phases.replaceChildren(...i.map(c=>_h(c,s.length))));let r=i.find(([,,c,p])=>e.step>=c&&e.step<=p),a=r?`${r[1].toLowerCase()} ${e.step-r[2]+1} / ${r[3]-r[2]+1}`:"start";b(this.where,a),k(this.range,"aria-valuetext",a),w(this.granularity,{value:e.granularity});let h=this.granularity.options[2];w(h,{disabled:!t.steps("product"),title:t.structure.noProducts})}};function _h([o,t,e,s],i){let n=s-e+1,r=l("span",{class:o,"data-term":o},n/i>.06?t:"");return r.style.flexGrow=String(n),r}var Rh=/^(new_|grad_)?(weight|bias|gamma|beta|alpha)$/,_s=class extends Pt{constructor(t){let e=l("div",{});super(t,"The update, taken apart","update-parts",e),this.parts=e}wants({cell:{block:t},isSelected:e,isUpdateKnown:s}){return s?Rh.test(t.tensor)&&(e||t.phase==="update"):!1}isOpen(t,{block:e}){return super.isOpen(t&&e.phase==="update")}show(t){if(!t||this.shown===t)return;this.shown=t;let{title:e,sentence:s,uses:i,lines:n,rounds:r,head:a,rows:h,series:c}=t;this.parts.replaceChildren(l("h3",{},e),...s?[l("p",{class:"sentence"},s)]:[],...i?[l("p",{class:"sentence uses"},...T(i))]:[],l("ol",{class:"step-lines"},...n.map(Dh)),...r?Ih(r):[],...h.length>1?[l("h3",{},"The last steps"),Bh(a,h),l("div",{class:"series"},...c.map(Wh))]:[])}};function Dh({symbol:o,formula:t,template:e,numbers:s,value:i,isWhole:n,isTheta:r}){let a=l("div",{class:"formula general"},Z(o),j(H("mo",r?"←":"=")),Z(t)),h=le(i[0],i[1],!1,r?"result":""),c=Vi(e,d=>s[d]);c.prepend(H("mo","="));let p=l("div",{class:"formula live"},c,j(H("mo",n?"=":"≈"),h));return s.length===1&&s[0][0]===i[0]?l("li",{},l("div",{class:"formula general"},...a.childNodes,j(H("mo","="),h))):l("li",{},a,p)}function Ih({sentence:o,head:t,rows:e}){let s=t.map((n,r)=>r>1?Z(n):n),i=e.map(([n,...r])=>[n,...r.map(a=>rt("td",a))]);return[l("h3",{},"The rounds"),l("p",{class:"sentence"},o),l("div",{class:"wide"},xt({class:"steps"},s,i))]}function Bh(o,t){let e=o.map((i,n)=>n?Z(i):i),s=t.map(([i,...n])=>[i,...n.map(r=>rt("td",r))]);return l("div",{class:"wide"},xt({class:"steps"},e,s))}function Wh({symbol:o,values:t,last:e}){let s=l("span",{class:"name"},Z(o)),{plot:i}=rs(t,{width:150,height:34,title:`${s.textContent} over the last ${t.length} points, now ${F(e)}`});return l("div",{class:"one"},s,i,l("span",{class:"last"},...T(e)))}var Rs=class{constructor(t){let e="Learn on with the weights as they are here, in a branch: what was learned before stays.",s=()=>t({type:"go",page:"train"}),i=()=>t({type:"take_weights_back"});this.back=l("button",{type:"button",onclick:s}),this.element=l("p",{class:"way-back",hidden:!0},this.back,l("button",{type:"button",title:e,onclick:i},"← back with these weights")),this.openedFrom=""}show(t){this.openedFrom=t,b(this.back,`← back to the ${t}`),w(this.element,{hidden:!t})}};var jh="This is a small neural network with every number on screen: how it computes (forward), how wrong it is (loss), what each weight has to do with that (backward), and how it learns (update).",Kh="Point at any number, or tap it, to see what it is made of. Drag a weight, an input or a target to change it. ",Ds=class{constructor({watch:t,train:e,open:s,keys:i}){let n=(r,a,h)=>l("button",{type:"button",title:a,onclick:h},r);this.story=l("p",{class:"words"}),this.question=l("p",{class:"words"}),this.source=l("p",{class:"muted"}),this.about=l("div",{},l("h3",{},"This example"),this.story,this.question,this.source),this.element=l("div",{class:"welcome"},l("p",{class:"words"},jh),l("div",{class:"ways"},n("▶ Watch a pass","the network computes in front of you (Space)",t),n("Train a network","opens the page on which a network learns",e),n("Open my own","a new network, or one from a file",s)),this.about,l("p",{class:"muted"},Kh,l("button",{type:"button",class:"link",onclick:i},"All keys (?)")))}paint(t,e){w(this.element,{hidden:!t}),w(this.about,{hidden:!e}),!(!t||!e)&&(b(this.story,e.description),b(this.question,`Try it: ${e.question}`),b(this.source,Ut(e.source)))}};var Fh=124,Zo=globalThis.requestIdleCallback??(o=>setTimeout(o,200)),Is=class{constructor(t,{store:e,send:s,link:i,proof:n}){this.host=t,this.store=e,this.proof=n,this.#t(s,i)}#t(t,e){let{host:s,store:i}=this,n=(m,g)=>this.notify(m,g),r=()=>this.stepping.pause(),a=m=>this.#n(m),h=()=>i.set();this.app=l("div",{class:"app"}),this.announcer=new Fe;let c=m=>this.announcer.say(m);this.cells=new Ye(i,t),this.selection=new $s(i,{notify:n,pause:r,shown:a,changeOf:m=>this.review.changeOf(m),opened:()=>this.bottomSheet.open()});let{cells:p,selection:d}=this;this.stepping=new Es(i,{send:t,shown:a,say:c,stepCell:()=>d.stepCell()}),this.review=new ks({say:c,send:t,showPlace:m=>d.showPlace(m),storage:s.storage,open:()=>this.bottomSheet.showWhole(this.review.findings.element),closed:()=>{this.paint(),this.transport.play.focus({preventScroll:!0})}}),this.program=new ys(i,{cells:p,showPlace:m=>d.showPlace(m),goTo:m=>{d.select(null),this.stepping.goTo(m)},onToggle:()=>this.#i()}),this.cards=new je({why:new cs,nudge:new ms({drag:(m,g)=>p.drag(i.view.cell(i.model),m,g),endDrag:()=>p.endGesture(),pickSecond:()=>d.pickSecond()}),contour:new as({set:(m,g)=>p.setSeveral(d.pair(),m,g),back:()=>d.clearSecond(),isDark:()=>this.app.classList.contains("dark")}),tie:new Ts(t),loss:new ds(h),update:new _s(h),walk:new Cs({onToggle:h,rewind:m=>t({type:"rewind",to:m})}),...this.program.cards}),this.newNetwork=new fs({send:t,openFile:()=>this.toolbar.files.choose()});let u=()=>this.newNetwork.open();this.welcome=new Ds({watch:()=>this.stepping.isPlaying||this.stepping.toggle(),train:()=>t({type:"go",page:"train"}),open:u,keys:()=>this.keysHelp.open()}),this.panel=new xs(p,{welcome:this.welcome,cards:[this.review.findings.element,...this.cards.elements],lastEdit:this.review.lastEdit.element,program:this.program.element,goesBackOnEnter:()=>this.bottomSheet.isDocked}),this.batch=new Ge(i,{send:t,setSample:m=>this.stepping.setSample(m)}),this.network=new re({title:"The numbers, layer by layer",controls:m=>this.batch.samples(m),corner:m=>this.batch.mode(m),send:t,onResize:()=>this.paint(),isOnPaper:()=>s.matches("print"),hasHeight:m=>s.matches(`(min-height: ${m+Fh}px)`)}),this.copying=new hs(i,{cell:()=>d.restingCell(),notify:n}),this.toolbar=new Ls({send:t,openNew:u,copyMenu:this.copying.menu,notify:n,link:e,setNumbers:m=>{i.view.numbers=m,t({type:"view"})},present:()=>this.present.turn(!0),program:()=>this.program.toggle(),setSizes:m=>{i.view.sizes=m?"k":"",t({type:"view"})}}),this.transport=new Ns(this.stepping,this.review.findings.chip),this.comparison=new is(s,{app:this.app,store:i,own:this.network,cells:p,selection:d,send:t,insert:m=>this.network.element.after(m),placed:()=>this.bottomSheet.place(),paint:()=>this.paint()}),this.wayBack=new Rs(t),this.body=l("div",{class:"body"},this.network.element,this.panel.element),this.bottomSheet=new Ve(s,{app:this.app,body:this.body,store:i,panel:this.panel.element,above:this.comparison.choice,below:this.transport.element,restingCell:()=>d.restingCell(),deselect:()=>d.select(null)}),this.sight=new Ss(this.network.element,{dock:this.bottomSheet.element,elementOf:m=>this.comparison.elementOf(m)??Y(m)}),this.input=new Je(this.network.sheet,{store:i,cells:p,selection:d,notify:n,say:c}),this.present=new ws(this.app,{store:i,sheet:this.network.sheet,placed:()=>this.bottomSheet.place(),shown:()=>this.stepping.show(),stepBy:m=>this.stepping.goBy(m)}),this.keyboard=this.#s(t),this.keysHelp=new St(s,[["Anywhere",[...Ft,...Se]],["On the selected number",kt],["On a number of the program",Ee],["Presenting",$e],["Pointer and clipboard",mo]]),this.summary=this.#e();let f=()=>this.#o(t);this.notice=new Ot({isError:!1,accept:f}),this.error=new Ot({isError:!0,accept:f}),this.app.append(Jt("sheet"),this.summary.element,l("div",{class:"notices"},this.error.element,this.notice.element),this.wayBack.element,this.toolbar.element,this.comparison.element,this.body,this.bottomSheet.element,this.announcer.element,this.present.leave,this.present.curtain,this.newNetwork.element,this.keysHelp.element),this.help=new Mt(s,this.app),this.scrollers=new ee(this.app),this.signKey=new ie(s,this.app)}#e(){let{bottomSheet:t,network:e,panel:s,review:i,selection:n,transport:r}=this,a=()=>({cell:n.restingCell(),findings:i.findings.names,proof:this.proof()});return new Tt({parts:()=>Uo(this.store,a()),ways:[["To the numbers",()=>e.sheet.querySelector("[data-block] [tabindex='0']").focus()],["To the steps",()=>r.play.focus()],["To the explanation",()=>{t.open(),s.element.focus()}],["All keys",()=>this.keysHelp.open()]]})}#s(t){let{bottomSheet:e,cells:s,comparison:i,input:n,selection:r,stepping:a}=this;return new ps({cellKey:h=>n.key(h),scrubber:this.transport.range,room:this.present,second:{isPicking:()=>r.isPicking,clear:()=>r.clearSecond(),take:h=>{let c=s.of(h);return c!==null&&r.takesSecond(c,h)}},actions:{forward:()=>a.goBy(1),back:()=>a.goBy(-1),start:()=>a.goTo(0),end:()=>a.goTo(1/0),play:()=>a.toggle(),explain:()=>e.step(),flip:()=>i.flip(),present:()=>this.present.turn(!this.present.isOn()),program:()=>this.program.toggle(),letGo:()=>e.lower()||r.select(null),summary:()=>this.summary.open(),help:()=>this.keysHelp.open()},edits:{undo:()=>t({type:"undo"}),redo:()=>t({type:"redo"})}})}watch(){let{host:t}=this;this.bottomSheet.watch(),this.toolbar.files.opener.watch(this.app);let{sheet:e}=this.toolbar,s=e.watch(t,this.transport.element,this.transport.pace),i=n=>this.store.model&&t.isMeantFor(this.app,n.composedPath());this.stopListening=[s,t.listen("keydown",n=>i(n)&&this.keyboard.key(n)),t.listen("copy",n=>i(n)&&this.copying.copy(n)),t.listen("paste",n=>i(n)&&this.input.paste(n))]}#i(){let{isOpen:t,element:e}=this.program;this.app.classList.toggle("with-program",t),this.toolbar.showProgram(t),this.bottomSheet.settle(),t&&this.bottomSheet.showWhole(e),this.store.set()}#n(t){let{model:e}=this.store,s=this.selection.partial(),i=s?.at===e.at(t.block,t.r,t.c),n=e.sources(t,i?s.term+1:1/0);this.sight.show(t,n)}take(t,e){let{store:s}=this;s.scene=t,this.network.take(e.get(t.structure),t)&&this.bottomSheet.settle(),s.model=this.network.model;let{comparison:i}=this;(t.other||i.other||!i.element.hidden)&&i.take(t.other,e),t.new_network&&this.newNetwork.offer(t.new_network),this.newNetwork.take(t.made_network),t.opened_from!==this.wayBack.openedFrom&&this.wayBack.show(t.opened_from),this.review.take(t,s.model,s.view),this.network.restoreMenus(),Zo(()=>{this.app.isConnected&&this.app.classList.toggle("dark",_e(this.app))})}begin(){Zo(()=>{this.app.isConnected&&this.stepping.show(),this.sight.isSettled=!0})}restore(){Ue(this.app)}notify(t,e=!1,s=null){(e?this.error:this.notice).say(t,s)}#o(t){let e=this.selection.restingCell();e&&Y(e).focus({preventScroll:!0}),t({type:"accept"})}keepFocus(t){if(!this.app.contains(t)&&t?.isConnected)return;let e=B(this.app);if(!t||e===t&&!e.matches("button, select, summary"))return;let s=n=>n&&this.app.contains(n)&&!n.disabled&&n.checkVisibility();if(s(e))return;[t,this.toolbar.twinOf(t),this.transport.play].find(s).focus({preventScroll:!0})}paint(){let{store:t,selection:e,review:s}=this,{model:i,scene:n,view:r}=t,a=e.cell(),h=e.partial(),c=qo(t,a,e.pair(),h);this.panel.paint(i,n,r,a,{partial:h,changeOf:d=>s.changeOf(d),isPeek:e.isPeeking()}),this.cards.paint(i,n,r,e.restingCell()),this.program.paint(e.restingCell());for(let d of this.cards.path(i))c.has(d)||c.set(d,"path");let p=this.network.paint(r,c,h,this.comparison.ownDiffers,s.changed);k(this.app,"data-phase",p?.phase??"start"),s.paint(i,r),(r.selection!==null||r.step===0)&&this.sight.clear(),this.present.paint(e.restingCell()??e.firstCell()),this.batch.paint(r),this.toolbar.paint(i,n,r),this.transport.paint(i,r),this.comparison.other&&this.comparison.render(r,a),this.bottomSheet.follow(),this.bottomSheet.makeRoom(this.network.layout.isTooWide),this.summary.writeSoon(),this.scrollers.settleSoon()}missingCards(){let{model:t,scene:e,view:s}=this.store;return this.cards.missing(t,e,s,this.selection.restingCell())}stop(){for(let t of this.stopListening)t();this.stepping.pause(),this.announcer.stop(),this.summary.stop(),this.scrollers.stop(),this.help.stop(),this.signKey.stop(),this.network.stop(),this.comparison.stop(),this.bottomSheet.stop(),this.app.remove()}};var Hh=200,Bs=new Map,nn=class{constructor(t,e){this.host=e,this.store=Be({scene:null,model:null,view:new te,hover:null});let s=()=>this.store.scene?{view:this.store.view.toText()}:{},i=h=>e.channel.send({page:"sheet",...h,...s()}),n=h=>this.layout.notify(h,!0);this.outbox=new Et(i,{refuse:n}),this.send=h=>this.outbox.add(h),this.questions=new Ke(this.send),this.saver=new Qt(this.send,(h,c)=>e.saveFile(h,c)),this.address={};let r={page:"sheet",events:[{type:"check"}]};this.badge=new $t(()=>e.channel.send(r));let a=()=>this.#n();this.layout=new Is(e,{store:this.store,send:this.send,link:a,proof:()=>this.badge.element.textContent}),t.append(this.badge.element,this.layout.app),this.layout.watch(),this.store.subscribe(()=>this.layout.paint()),this.store.subscribe(()=>this.#s()),e.channel.listen({onAnswer:h=>this.#t(h),onLost:()=>this.outbox.retry()})}#t({state:t,said:e,address:s,file:i,acknowledged:n,proof:r}){let{store:a,layout:h}=this;if(this.badge.take(r),!("structure"in t))return t.unshown&&this.outbox.acknowledge(n),a.scene&&this.#e(e),a.scene??this.send({type:"resend"});for(let m of[t.structure_data,t.other?.structure_data])m&&Bs.set(m.id,m);if(!Bs.has(t.structure)||t.other&&!Bs.has(t.other.structure))return this.outbox.acknowledge(n),this.send({type:"resend"});let c=!a.scene,p=B(h.app);h.take(t,Bs),t.review&&this.questions.takeReview();let d=c||t.view_number!==this.viewNumber,u=c&&this.#o(t.view_number,t.structure)||t.view;u!=null&&d&&a.view.read(u),this.viewNumber=t.view_number,a.view.clamp(a.model),Object.assign(this.address,s),h.toolbar.files.opener.take(t,e.error),this.#e(e),c?this.saver.skip(i):i&&this.saver.take(i),a.set(),c?h.begin():h.keepFocus(p),this.outbox.acknowledge(n),this.outbox.isAwaiting("set")||h.cells.settle();let f=r?.version??null;this.badge.show(f),this.host.announce("painted",{version:f})}#e({number:t,error:e,notice:s,offer:i}){t!==this.said&&(this.said=t,e&&this.layout.restore(),this.layout.notify(e??"",!0,e?i:null),this.layout.notify(s??"",!1,e?null:i))}#s(){let{scene:t,view:e}=this.store;this.questions.askForCards(this.layout.missingCards()),this.questions.askForReview(t,e),clearTimeout(this.following),this.following=setTimeout(()=>this.host.address.replace(this.#i()),Hh)}#i(){return{...this.address,v:this.store.view.toText()}}#n(){let t=this.store.scene.link_problem;return{problem:t,url:t?"":this.host.address.link(this.#i())}}#o(t,e){let s=this.host.memo.get("view");return s?.number===t&&s.structure===e?s.text:null}#r(){let{model:t,view:e}=this.store;if(!t)return;let[s,i,n]=[this.viewNumber,t.structure.id,e.toText()];this.host.memo.set("view",{number:s,structure:i,text:n})}stop(){this.#r(),clearTimeout(this.following),this.outbox.stop(),this.questions.stop(),this.badge.stop(),this.layout.stop()}};function on(o,t){let e=new nn(o,t);return()=>e.stop()}var Qo=`/* the sheet */

.body {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 300px;
  gap: 20px;
  align-items: start;
}
/* the page scrolls, so that headings and title can stay; a sheet that is too wide scrolls in a box of its own */
.sheet-scroll {
  --over: var(--frame);
  min-width: 0;
  min-height: 400px;
  overflow-x: clip;
}
.sheet-scroll.too-wide {
  --over: 0px;
  max-height: calc(100dvh - var(--frame) - var(--under) - 8px);
  overflow: auto;
  scroll-margin: var(--frame) 0 var(--under);
}

.sheet {
  position: relative;
  display: grid;
  grid-template-columns: 84px minmax(130px, 240px) repeat(7, minmax(max-content, auto));
  column-gap: 8px;
  padding-right: 8px;
}

.headings,
.band {
  display: grid;
  grid-column: 1 / -1;
  grid-template-columns: subgrid;
  align-items: center;
}
.headings {
  position: sticky;
  z-index: 5;
  top: var(--over);
  background: var(--bg);
  min-height: 32px;
  border-bottom: 1px solid var(--rule);
  font-size: 12px;
  color: var(--muted);
}
.heading {
  padding: 4px 0;
  text-align: center;
  white-space: nowrap;
  color: var(--forward-text);
}
.heading.grad_a,
.heading.grad_z,
.heading.grad_weight {
  color: var(--backward-text);
}
.heading.new_weight {
  color: var(--update-text);
}
.headings .graph {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: center;
  gap: 2px;
}
.headings .graph span {
  display: none;
}
.headings .side::after {
  content: "Sample";
}
.headings .graph button {
  min-width: 24px;
  min-height: 24px;
  padding: 0 4px;
  border-radius: 999px;
  font-size: 12px;
}

.headings .graph button[aria-pressed="true"] {
  border-color: var(--text);
  background: var(--text);
  color: var(--bg);
}

.band {
  min-height: 50px;
  padding: 5px 0;
  border-bottom: 1px solid var(--rule);
  transition: background-color 0.15s;
}
.band:last-child {
  border-bottom: 0;
}
.band.current {
  background: linear-gradient(
    90deg,
    transparent,
    color-mix(in srgb, var(--phase) 9%, transparent) 45%
  );
}

/* a wide sheet scrolls sideways: its labels stay */
.side {
  position: sticky;
  z-index: 4;
  left: 0;
  min-width: 0;
  padding-left: 2px;
  background: var(--bg);
}
@media (min-width: 601px) {
  .band > .side {
    display: flex;
    flex-direction: column;
    justify-content: center;
    align-items: flex-start;
    align-self: stretch;
  }
  .side .menu {
    top: calc(50% - 24px);
  }
}
.side:has(details[open]) {
  z-index: 12;
}
/* and so does its drawing, on a ground that hides the numbers behind it */
@media (min-width: 601px) {
  .graph {
    position: sticky;
    z-index: 3;
    left: 92px;
    align-self: stretch;
  }
  .scrolled .graph {
    background: var(--bg);
    box-shadow: -8px 0 0 var(--bg);
  }
}

.side h3 {
  margin: 0;
  padding: 0;
  color: inherit;
  font-size: 13px;
  font-weight: 700;
  line-height: 1.3;
}
.side .sub {
  display: block;
  color: var(--muted);
  font-size: 12px;
}
.side .quiet {
  display: block;
  margin-left: -3px;
}
.side select.quiet {
  min-height: 24px;
}
/* the hundreds of entries of its menus need no new style with each width of a cell that is tried (layout.js) */
.side {
  --cell: initial;
}
.rate-label .term {
  text-align: center;
  display: inline-block;
  min-width: 24px;
  min-height: 24px;
}
.side .menu {
  position: absolute;
  top: -5px;
  right: 0;
}
.side summary {
  min-width: 28px;
  min-height: 24px;
  padding: 0 6px;
  border-color: transparent;
  background: transparent;
  color: var(--muted);
}

/* the menus of the last layers open upwards, or the scrolling sheet would cut them off */
.band:nth-of-type(n + 4):nth-last-of-type(-n + 3) .menu > div {
  top: auto;
  bottom: calc(100% + 4px);
}

/* the loss has no drawing: its long names may stand there */
@media (min-width: 601px) {
  .band[data-layer="loss"] > .side {
    width: max-content;
  }
  .side .loss {
    field-sizing: content;
    width: auto;
    max-width: 244px;
  }
  /* a long name reaches into the room beside the drawing rather than being cut */
  .band > .side > select.activation {
    field-sizing: content;
    width: auto;
    max-width: 132px;
  }
  .side .activation.long {
    padding-right: 0;
    font-size: 11px;
  }
}

.column {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
}
`;var tr=`/* Blocks of numbers: their captions, cells of one width, texts made smaller to fit. */

/* a number that changes must not lay out the other blocks again; nothing is clipped, for the field in which one types */
.block {
  position: relative;
  margin: -6px;
  padding: 6px;
  contain: layout style;
}
.block:focus-within {
  z-index: 2;
}

table {
  display: block;
  margin: 0 auto;
  font-family: var(--code-font);
  font-size: 12.5px;
  line-height: 1;
}
tbody {
  display: block;
}
tr {
  display: flex;
  gap: 2px;
}
tbody tr + tr {
  margin-top: 2px;
}
thead {
  position: absolute;
}

caption {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

/* headers are read out, not seen; no clipping: hundreds of clips cost more than the rest of a repaint */
th,
thead td {
  position: absolute;
  width: 0;
  height: 0;
  padding: 0;
  border: 0;
  font-size: 0;
  line-height: 0;
  white-space: nowrap;
}

/* the width comes from the layout (layout.js), so that a new text moves nothing around its cell. No containment here: it
   would make each of hundreds of cells a layer of its own to paint */
tbody td {
  flex: none;
  width: var(--cell, 28px);
  height: 23px;
  padding: 0 2px;
  border: 0 solid transparent;
  border-bottom-width: 2px;
  border-radius: 3px;
  line-height: 21px;
  text-align: center;
  white-space: nowrap;
  font-variant-numeric: tabular-nums;
  cursor: default;
}
/* a finger needs a pixel more */
@media (max-width: 600px) {
  tbody td {
    height: 24px;
  }
}
tbody td,
canvas {
  scroll-margin: calc(var(--over) + var(--headings) + 6px) 40px calc(var(--under) + 8px) 100px;
}
.too-wide :is(td, canvas) {
  scroll-margin-bottom: 12px;
}

/* a text that is too long for its cell: smaller, letters a little closer */
.app .sheet tbody td.long {
  padding: 0;
  font-size: calc((var(--cell) - 1px) / (var(--n) * var(--pitch, 0.56)));
  letter-spacing: -0.04em;
}
/* unseen: as wide as the reader sets ten letters */
.spacing-probe {
  position: absolute;
  visibility: hidden;
  height: 0;
  font-family: var(--code-font);
  font-size: 12.5px;
  white-space: nowrap;
}
.n3 {
  --n: 3;
}
.n4 {
  --n: 4;
}
.n5 {
  --n: 5;
}
.n6 {
  --n: 6;
}
.n7 {
  --n: 7;
}
.n8 {
  --n: 8;
}
.n9 {
  --n: 9;
}
.n10 {
  --n: 10;
}
.n11 {
  --n: 11;
}
.n12 {
  --n: 12;
}
.n13 {
  --n: 13;
}
.n14 {
  --n: 14;
}
.n15 {
  --n: 15;
}
.n16 {
  --n: 16;
}
.n17 {
  --n: 17;
}
.n18 {
  --n: 18;
}
.n19 {
  --n: 19;
}
.n20 {
  --n: 20;
}
.n21 {
  --n: 21;
}
.n22 {
  --n: 22;
}
.n23 {
  --n: 23;
}
.n24 {
  --n: 24;
}

tbody td.positive {
  border-bottom: 2px solid color-mix(in srgb, var(--positive) 45%, transparent);
  background-clip: padding-box;
}

tbody td.negative {
  border-bottom: 2px dashed var(--negative);
  background-clip: padding-box;
}
`;var er=`/* cards that fold, and the tables in cards: plain ones, not those of the sheet */
.folding > summary {
  display: flex;
  align-items: center;
  min-height: 0;
  margin: -12px -14px;
  padding: 12px 14px;
  border: 0;
  background: transparent;
  list-style: none;
}
.folding > summary::-webkit-details-marker {
  display: none;
}
.folding > summary::before {
  content: "▸";
  content: "▸" / "";
  width: 1.2em;
  color: var(--muted);
}
.folding[open] > summary::before {
  content: "▾";
  content: "▾" / "";
}
.folding[open] > summary {
  margin-bottom: 0;
  padding-bottom: 6px;
}
.folding > summary h2 {
  margin: 0;
}
.card h3 {
  margin: 10px 0 4px;
  padding: 0;
  color: inherit;
  font-size: 13px;
  font-weight: 700;
}
.wide {
  overflow-x: auto;
}
.card table,
.card tbody,
.card thead {
  position: static;
  display: revert;
}
.card table {
  width: 100%;
  border-collapse: collapse;
  font-size: 11.5px;
  line-height: 1.35;
}
.card tr {
  display: table-row;
}
.card :is(th, td) {
  vertical-align: baseline;
}
.card tbody tr + tr {
  margin: 0;
}
.card th,
.card thead td {
  position: static;
  width: auto;
  height: auto;
  padding: 2px 4px;
  font-size: 12px;
  line-height: 1.35;
  font-weight: 400;
  text-align: left;
  color: var(--muted);
}
.card tbody td {
  position: static;
  width: auto;
  height: auto;
  padding: 2px 4px;
  border: 0;
  line-height: 1.35;
  text-align: right;
  white-space: normal;
  contain: none;
}
.card .parts td,
.card .ways td,
.card .ways thead th {
  text-align: right;
}
.card .parts .sum,
.card .long td,
.card .short td {
  font-weight: 700;
  white-space: nowrap;
}
.card .long > *,
.card .short > * {
  border-top: 1px solid var(--rule);
}
.card .ways td.marked {
  background: color-mix(in srgb, var(--mark) 14%, transparent);
}
.card .total {
  padding-top: 4px;
  border-top: 1px solid var(--rule);
  font-family: var(--code-font);
  font-size: 12.5px;
  text-align: right;
}
.factors {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 6px 10px;
  margin: 0 0 8px;
}
.factors dt {
  font-size: 15px;
}
.factors dd {
  margin: 0;
  color: var(--muted);
}
.knobs-menu > summary {
  min-width: 36px;
}
.toolbar .knobs-menu > div {
  right: auto;
  left: 0;
  gap: 6px;
  width: 300px;
  max-height: min(70vh, 620px);
  padding: 10px;
  overflow-y: auto;
}
.knobs,
.schedule,
.schedule-fields,
.schedule .part {
  display: grid;
  gap: 6px;
}
.schedule {
  padding-top: 8px;
  border-top: 1px solid var(--rule);
}
.schedule select {
  min-width: 0;
  max-width: 172px;
}
.schedule > .knob span {
  white-space: nowrap;
}
.schedule .part {
  margin: 0;
  padding: 8px;
  border: 1px solid var(--rule);
  border-radius: 6px;
}
.schedule .changes {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}
.schedule .changes[hidden] {
  display: none;
}
.scheduled-rate {
  margin-left: 6px;
  color: var(--muted);
  font-size: 13px;
  white-space: nowrap;
}
.knobs p,
.schedule p {
  margin: 0 0 4px;
  color: var(--muted);
  font-size: 13px;
}
.toolbar .knob {
  display: flex;
  justify-content: space-between;
  gap: 12px;
}
.knob input[type="text"] {
  width: 7em;
}
.knob input[type="checkbox"] {
  width: 20px;
  height: 20px;
  accent-color: var(--primary);
}
.toolbar .times {
  field-sizing: content;
  width: auto;
}
.toolbar .optimizer {
  field-sizing: content;
  width: auto;
}
.rate-label {
  display: inline-flex;
  align-items: center;
  gap: 4px;
}
/* as wide as the name that it shows */
.toolbar .preset {
  field-sizing: content;
  width: auto;
  min-width: 164px;
  max-width: 340px;
}
/* it keeps its first space, beside the word before, also where the two are laid out as boxes */
.toolbar .wide {
  white-space: pre;
}
/* one line also where there is less room */
@media (min-width: 601px) and (max-width: 1439px) {
  .toolbar :is(button, select, summary, .loss-value) {
    padding-inline: 7px;
    font-size: 13px;
  }
  .toolbar {
    gap: 5px;
  }
}
@media (min-width: 601px) and (max-width: 1199px) {
  .toolbar :is(button, select, summary, .loss-value) {
    padding-inline: 5px;
    font-size: 12.5px;
  }
  .toolbar {
    gap: 3px;
  }
  .toolbar .knobs-menu > summary {
    min-width: 32px;
  }
  .toolbar .rate {
    width: 5em;
  }
  .toolbar .preset {
    min-width: 0;
  }
  .toolbar .wide {
    display: none;
  }
}
.steps-taken {
  color: var(--muted);
  font-size: 13px;
  white-space: nowrap;
}
.step-lines {
  margin: 0 0 6px;
  padding: 0;
  list-style: none;
}
.step-lines li {
  padding: 4px 0;
  border-top: 1px solid var(--rule);
}
/* tall fractions must not be cut off, so these break instead of scrolling */
.step-lines .formula {
  margin: 2px 0;
  padding: 1px 0;
  overflow: visible;
  font-size: 15px;
}
.step-lines .general {
  color: var(--muted);
}
.card .steps td {
  white-space: nowrap;
}
.card .steps thead th {
  text-align: right;
}
.series {
  margin-top: 8px;
}
.series .one {
  display: grid;
  grid-template-columns: 3em 1fr max-content;
  align-items: center;
  gap: 8px;
}
.series .last {
  min-width: 5em;
  font-family: var(--code-font);
  font-size: 12px;
  text-align: right;
}
.curve {
  display: block;
  width: 100%;
  height: auto;
}
.curve polyline {
  fill: none;
  stroke: var(--text);
  stroke-width: 1.5px;
}
.curve .axis {
  stroke: var(--rule);
}
.curve .start {
  stroke: var(--muted);
  stroke-dasharray: 2 3;
}
.curve .here {
  fill: var(--update);
}
.walk-plot {
  border-radius: 6px;
  background: var(--ground);
}
.walk-where {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  margin: 6px 0;
}
.walk-where input {
  flex: 1 1 120px;
  min-width: 0;
  height: 32px;
}
.walk-where output {
  font-family: var(--code-font);
  font-size: 12.5px;
}
.walk > button {
  margin-bottom: 8px;
}
.route {
  display: block;
  color: var(--muted);
  font-family: var(--page-font, system-ui, sans-serif);
  font-size: 12px;
}
`;var sr=`/* What a cell looks like: its sign and size, whether it can be edited, what it is in the step. */

/* the larger a number within its block, the stronger its ground */
tbody td.positive.t1 {
  background-color: color-mix(in srgb, var(--positive) 4%, transparent);
}
tbody td.negative.t1 {
  background-color: color-mix(in srgb, var(--negative) 4%, transparent);
}
tbody td.positive.t2 {
  background-color: color-mix(in srgb, var(--positive) 8%, transparent);
}
tbody td.negative.t2 {
  background-color: color-mix(in srgb, var(--negative) 8%, transparent);
}
tbody td.positive.t3 {
  background-color: color-mix(in srgb, var(--positive) 13%, transparent);
}
tbody td.negative.t3 {
  background-color: color-mix(in srgb, var(--negative) 13%, transparent);
}
tbody td.positive.t4 {
  background-color: color-mix(in srgb, var(--positive) 17%, transparent);
}
tbody td.negative.t4 {
  background-color: color-mix(in srgb, var(--negative) 17%, transparent);
}
tbody td.positive.t5 {
  background-color: color-mix(in srgb, var(--positive) 21%, transparent);
}
tbody td.negative.t5 {
  background-color: color-mix(in srgb, var(--negative) 21%, transparent);
}
tbody td.positive.t6 {
  background-color: color-mix(in srgb, var(--positive) 25%, transparent);
}
tbody td.negative.t6 {
  background-color: color-mix(in srgb, var(--negative) 25%, transparent);
}
tbody td.positive.t7 {
  background-color: color-mix(in srgb, var(--positive) 29%, transparent);
}
tbody td.negative.t7 {
  background-color: color-mix(in srgb, var(--negative) 29%, transparent);
}
tbody td.positive.t8 {
  background-color: color-mix(in srgb, var(--positive) 34%, transparent);
}
tbody td.negative.t8 {
  background-color: color-mix(in srgb, var(--negative) 34%, transparent);
}
tbody td.positive.t9 {
  background-color: color-mix(in srgb, var(--positive) 38%, transparent);
}
tbody td.negative.t9 {
  background-color: color-mix(in srgb, var(--negative) 38%, transparent);
}
tbody td.positive.t10 {
  background-color: color-mix(in srgb, var(--positive) 42%, transparent);
}
tbody td.negative.t10 {
  background-color: color-mix(in srgb, var(--negative) 42%, transparent);
}

tbody td.zero {
  border-bottom-color: var(--empty);
  color: var(--muted);
}
tbody td.blank {
  background: color-mix(in srgb, var(--text) 3.5%, transparent);
  color: var(--muted);
}

tbody td.broken {
  border: 1px solid #d0342c;
  background: repeating-linear-gradient(
    135deg,
    color-mix(in srgb, #d0342c 26%, transparent) 0 3px,
    transparent 3px 7px
  );
  font-weight: 700;
}

/* a stroke from corner to corner, as in the drawing: a line through the middle would hide the minus sign */
tbody td.closed {
  position: relative;
}
tbody td.closed::after {
  content: "";
  position: absolute;
  inset: 0;
  background: linear-gradient(
    to bottom right,
    transparent calc(50% - 0.7px),
    color-mix(in srgb, currentcolor 45%, transparent) calc(50% - 0.7px) calc(50% + 0.7px),
    transparent calc(50% + 0.7px)
  );
  pointer-events: none;
}
tbody td.partial {
  outline: 2px dotted var(--mark);
  outline-offset: -1px;
  font-style: italic;
}
tbody td.chosen {
  box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--text) 14%, transparent);
}
tbody td.editable {
  cursor: ew-resize;
  touch-action: pan-y;
  user-select: none;
}
tbody td.editable:hover {
  box-shadow: inset 0 0 0 1px var(--muted);
}
tbody td.pinned,
tbody td:focus-within {
  position: relative;
}
tbody td.pinned {
  box-shadow: inset 0 0 0 1.5px var(--text);
}

tbody td.pinned::after {
  content: "";
  content: "" / "pinned";
  position: absolute;
  z-index: 1;
  top: -4px;
  right: -4px;
  width: 9px;
  height: 9px;
  border: 1.5px solid var(--bg);
  border-radius: 50% 50% 50% 0;
  background: var(--text);
  transform: rotate(-45deg);
  pointer-events: none;
}

tbody td.source {
  z-index: 1;
  outline: 1.5px solid var(--mark);
  outline-offset: 0;
  font-weight: 700;
  color: var(--text);
}
tbody td.focus {
  z-index: 2;
  outline: 2px solid var(--mark);
  outline-offset: 0;
  font-weight: 700;
  color: var(--text);
}
tbody td.path {
  outline: 1.5px dashed var(--mark);
  outline-offset: -1.5px;
}
tbody td.focus.partial {
  outline-style: dotted;
}
tbody td:focus-visible {
  z-index: 3;
  outline: 2px solid var(--ring);
  outline-offset: 1px;
}
tbody td.focus:focus-visible {
  box-shadow: 0 0 0 2px var(--mark);
  outline-offset: 2px;
}
td input,
.heat input {
  position: absolute;
  z-index: 4;
  top: -1px;
  left: calc(50% - 3.5ch);
  width: 7ch;
  min-height: 19px;
  padding: 0 2px;
  border-radius: 2px;
  font-size: 12.5px;
  text-align: center;
}

/* a step whose cell and operands have no room together (sight.js): what it does not need goes, then its rows get low */
.sparse .block:not(.involved) {
  display: none;
}
.low tr,
.low tbody tr + tr {
  gap: 2px;
  margin-top: 1px;
}
.low tbody td {
  height: 10px;
  border-bottom-width: 1px;
  font-size: 8.5px;
  line-height: 9px;
}
.app .low .sheet tbody td.long {
  font-size: min(8.5px, calc((var(--cell) - 1px) / (var(--n) * 0.56)));
}

.heat {
  position: relative;
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 3px;
}
.heat-caption {
  color: var(--muted);
  font-size: 11px;
  white-space: nowrap;
}
canvas {
  display: block;
  max-width: 100%;
  cursor: crosshair;
}

/* how large the block is as a whole: there only while all layers share one colour scale */
.norm {
  margin: 2px 0 0;
  color: var(--muted);
  font-size: 11px;
  line-height: 14px;
  text-align: right;
  white-space: nowrap;
}
.norm[hidden] {
  display: none;
}
.toolbar .sizes[aria-pressed="true"] {
  border-color: var(--mark);
  color: var(--mark);
}

/* three kinds of block meet in the loss band: there the captions show */
[data-layer="loss"] caption {
  position: static;
  width: auto;
  height: auto;
  clip-path: none;
  padding-bottom: 2px;
  color: var(--muted);
  font-size: 11px;
  line-height: 1.2;
}
`;var ir=`/* two networks side by side */

.comparison {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 10px;
  padding: 4px 0 8px;
}
.comparison p,
.differences {
  margin: 0;
  padding: 0;
}
.differences {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 14px;
  list-style: none;
  color: var(--muted);
  font-size: 13px;
}
.differences li {
  padding-left: 10px;
  border-left: 2px solid var(--rule);
}
.delta {
  flex: 1 1 14em;
  min-height: 1.4em;
  font-family: var(--code-font);
  font-size: 12.5px;
  text-align: right;
}
/* floats over the sheet */
.shown-one {
  position: absolute;
  right: 8px;
  bottom: calc(100% + 8px);
  display: flex;
  border-radius: 999px;
  box-shadow: 0 2px 10px rgb(0 0 0 / 25%);
}
.shown-one button {
  min-height: 40px;
  background: var(--bg);
}
.shown-one button:first-child {
  padding-left: 16px;
  border-radius: 999px 0 0 999px;
}
.shown-one button:last-child {
  margin-left: -1px;
  padding-right: 16px;
  border-radius: 0 999px 999px 0;
}
.shown-one button[aria-pressed="true"] {
  background: var(--text);
  color: var(--bg);
}
/* what is explained are the numbers of the network that is edited */
.comparing.there:not(.beside) .main h2::before {
  content: "here: ";
}

/* one of the two at a time, each as wide as the window, where both have no room (comparison.js) */
.docked .body {
  grid-template-columns: minmax(0, 1fr);
}
.comparing:not(.beside, .there) .other,
.comparing.there:not(.beside) .sheet-scroll:not(.other) {
  display: none;
}

.app:not(.comparing) .shown-one,
.beside .shown-one {
  display: none;
}
.beside .body {
  grid-template-columns: repeat(2, minmax(0, 1fr));
}
.beside .other {
  border-left: 1px solid var(--rule);
}
.beside .other .side {
  padding-left: 12px;
}
.beside .other .sub {
  display: -webkit-box;
  overflow: hidden;
  max-width: 100%;
  line-height: 1.2;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}
.beside .band > .graph,
.beside .drawing {
  display: none;
}
.beside .headings .graph {
  left: 0;
  grid-column: 1;
  flex-wrap: nowrap;
}
.beside .headings .graph button.quiet,
.beside .headings .side {
  display: none;
}
.beside :is(.column, .heading).weight {
  grid-column: 3;
}
.beside .column {
  gap: 3px;
}
.app.beside .sheet {
  grid-template-columns: 76px 0 repeat(7, minmax(max-content, auto));
  column-gap: 4px;
}
.app.beside .sheet.tall {
  grid-template-columns: 76px 0 repeat(4, minmax(max-content, auto));
}
.beside .sheet tbody td {
  padding: 0 1px;
  font-size: 11.5px;
}
.beside .sheet.dense tbody td {
  font-size: 11px;
}

/* a corner, so that what differs is not told by colour alone */
tbody td.differs {
  background-image: linear-gradient(225deg, var(--mark) 5.5px, transparent 6px);
  background-repeat: no-repeat;
}

/* another corner for what the last edit changed: text colour, so that it belongs to no sign */
/* a number that is not finite keeps its stripes */
tbody td.changed:not(.broken) {
  background-image: linear-gradient(135deg, var(--corner) 4.5px, transparent 5px);
  background-size: 7px 7px;
  background-repeat: no-repeat;
}
tbody td.changed.differs:not(.broken) {
  background-image:
    linear-gradient(135deg, var(--corner) 4.5px, transparent 5px),
    linear-gradient(225deg, var(--mark) 5.5px, transparent 6px);
  background-size:
    7px 7px,
    auto;
}
.corner {
  display: inline-block;
  width: 8px;
  height: 8px;
  margin-right: 5px;
  background: linear-gradient(135deg, var(--corner) 5.5px, transparent 6px);
}
`;var nr=`/* the explanation above the transport bar, where it has no room beside the sheet (bottom_sheet.js) */

.told > p:last-child {
  margin-bottom: 6px;
}
.sign {
  display: none;
}

.docked .dock {
  display: flex;
  flex-direction: column;
  /* the frame above, and a piece of the sheet with the cell that is explained */
  max-height: calc(100dvh - 200px);
}

.explanation {
  position: relative;
  flex: 0 1 auto;
  min-height: 36px;
  contain: layout style;
  border: 1px solid var(--rule);
  border-bottom: 0;
  border-radius: 12px 12px 0 0;
  background: var(--bg);
  box-shadow: 0 -6px 18px rgb(0 0 0 / 12%);
  overflow: hidden auto;
  overscroll-behavior: contain;
}

.dark .explanation {
  box-shadow: 0 -6px 18px rgb(0 0 0 / 50%);
}
.explanation .grip {
  position: sticky;
  z-index: 2;
  top: 0;
  height: 12px;
  background: var(--bg);
  cursor: ns-resize;
  touch-action: none;
}
.explanation .grip::after {
  content: "";
  position: absolute;
  top: 5px;
  left: calc(50% - 20px);
  width: 40px;
  height: 4px;
  border-radius: 2px;
  background: color-mix(in srgb, var(--text) 30%, transparent);
}
.explanation .levels {
  position: sticky;
  z-index: 2;
  top: 6px;
  display: flex;
  justify-content: flex-end;
  gap: 4px;
  height: 0;
  margin: -8px 6px 8px;
}
.explanation .levels button {
  min-width: 36px;
  padding: 3px;
}
.explanation h2 {
  top: 12px;
  margin: 0;
  cursor: ns-resize;
  touch-action: none;
  user-select: none;
}
.explanation .panel {
  position: static;
  display: block;
  max-height: none;
  overflow: visible;
}
.explanation .card {
  margin: 0 10px 10px;
}
.explanation .main {
  margin: 0;
  padding: 0 14px 8px;
  border: 0;
  border-radius: 0;
}
.explanation .main .formula {
  margin: 4px 0;
}
.explanation .main .live {
  flex-wrap: wrap;
}
.explanation .editor {
  margin-top: 4px;
}
.explanation .sign {
  display: block;
  min-width: 36px;
  padding: 3px;
  font-size: 16px;
}
[data-level="closed"] .explanation {
  height: 44px;
}
[data-level="closed"] :is(.main > :not(.told), .told > :not(h2), .panel > :not(.main)) {
  display: none;
}
[data-level="closed"] h2 {
  overflow: hidden;
  padding-right: 90px;
  line-height: 24px;
  text-overflow: ellipsis;
  white-space: nowrap;
}
[data-level="compact"] .explanation {
  height: 116px;
}
[data-level="compact"] .main .value {
  margin: 0;
}
[data-level="compact"] :is(.panel > :not(.main), .details) {
  display: none;
}
[data-level="compact"] .explanation,
[data-level="whole"] .explanation {
  animation: rise 0.16s ease-out;
}
/* its height is its own, whatever the cards say; the flex box takes from it what there is not */
[data-level="whole"] .explanation {
  height: 100dvh;
}
[data-level="whole"] .panel {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
  align-items: start;
  column-gap: 0;
}
[data-level="whole"] .main {
  grid-column: 1 / -1;
}
.lifted .transport {
  display: none;
}

@keyframes rise {
  from {
    translate: 0 12px;
    opacity: 0.5;
  }
}

@media (min-width: 601px) {
  .explanation .main {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
    column-gap: 28px;
  }
  .explanation .shown {
    padding-right: 90px;
  }
}

@media (max-width: 600px) {
  .explanation {
    margin: 0 -10px;
    border-right: 0;
    border-left: 0;
  }
  .explanation .main {
    display: flex;
    flex-direction: column;
    padding: 0 12px 8px;
  }
  .explanation .main > * {
    display: contents;
  }
  .explanation .main > * > * {
    flex: none;
    order: 2;
  }
  .explanation .main h2 {
    order: 0;
    padding-right: 92px;
  }
  .explanation .main :is(.formula, .live) {
    order: 1;
  }
  .explanation .editor:has(.exact:not([hidden])) {
    order: 1;
  }
  [data-level="compact"] .explanation {
    height: 164px;
  }
  .explanation .formula {
    font-size: 15px;
  }
}

@media (max-width: 600px) and (max-height: 700px) {
  [data-level="compact"] .explanation {
    height: 150px;
  }
}

@media (pointer: coarse) {
  [data-level="closed"] .explanation {
    height: 52px;
  }
  [data-level="closed"] h2 {
    line-height: 30px;
  }
  .explanation .levels button {
    min-width: 40px;
    min-height: 40px;
  }
  .explanation :is(.exact, .sign, .editor button) {
    min-height: 40px;
  }
  .explanation .sign {
    min-width: 40px;
  }
  /* smaller text makes a phone zoom in when one types */
  .explanation .exact,
  td input {
    font-size: 16px;
  }
  .explanation .editor input[type="range"] {
    height: 40px;
  }
  .explanation .exact {
    width: 6em;
  }
}
`;var or=`/* the drawing */

.drawing {
  position: absolute;
  z-index: 4;
  top: 0;
  max-height: 100%;
  pointer-events: none;
}
.drawing line,
.node {
  pointer-events: auto;
}
.drawing line {
  stroke: color-mix(in srgb, var(--positive) 85%, var(--text));
  stroke-opacity: 0.7;
}
.drawing line.negative {
  stroke: color-mix(in srgb, var(--negative) 92%, var(--text));
  stroke-dasharray: 5 3;
  stroke-opacity: 0.85;
}
.drawing line.zero {
  stroke: var(--muted);
  stroke-opacity: 0.65;
  stroke-dasharray: 1 4;
}
.drawing line.marked {
  stroke-width: 3px;
  stroke-opacity: 1;
}
.drawing line.path {
  stroke: var(--mark);
  stroke-width: 3px;
  stroke-opacity: 1;
}
.node circle {
  fill: var(--bg);
  stroke: color-mix(in srgb, var(--text) 50%, var(--bg));
  stroke-width: 1px;
}
.node text {
  fill: var(--text);
  font-family: var(--code-font);
  font-size: 11px;
  text-anchor: middle;
}
.node text.long {
  font-size: 8.5px;
  stroke: var(--bg);
  stroke-width: 2.5px;
  stroke-linejoin: round;
  paint-order: stroke;
}
.node .strike {
  display: none;
  stroke: var(--text);
  stroke-opacity: 0.6;
  stroke-width: 1px;
}
.node.closed .strike {
  display: inline;
}
.node.closed circle {
  fill: color-mix(in srgb, var(--text) 9%, var(--bg));
}
.node.pinned circle {
  stroke: var(--text);
  stroke-width: 2px;
  stroke-dasharray: 3 2;
  fill: color-mix(in srgb, var(--text) 9%, var(--bg));
}
.node.source circle {
  stroke: var(--mark);
  stroke-width: 2px;
}
.node.focus circle {
  stroke: var(--mark);
  stroke-width: 3px;
}
.node.source text,
.node.focus text {
  font-weight: 700;
}
`;var rr=`/* what is wrong: under the explained cell, quiet, and never over a number */
.findings ul {
  display: flex;
  flex-direction: column;
  gap: 10px;
  margin: 0;
  padding: 0;
  list-style: none;
}
.findings .card {
  border-left: 4px solid var(--warn);
}
.findings li {
  position: relative;
  margin: 0;
}
.findings h2 {
  padding-right: 36px;
  cursor: auto;
}
.findings .close {
  position: absolute;
  top: -6px;
  right: -8px;
  min-width: 28px;
  min-height: 28px;
  padding: 2px;
  border-color: transparent;
  background: transparent;
}
.findings summary {
  width: fit-content;
  color: var(--muted);
  font-size: 13px;
  cursor: pointer;
}
.findings .choices {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin-top: 8px;
}
.finding-chip,
.app:not(.docked) .finding-chip {
  display: none;
}
.docked .finding-chip:not([hidden]) {
  display: inline-block;
  border-color: var(--warn);
}
.explanation .findings .card {
  margin: 0 10px 10px;
}

.transport button,
.transport select {
  min-width: 36px;
  min-height: 34px;
}
.transport select {
  field-sizing: content;
  width: auto;
}
/* a finding must not give the bar a second line: the sheet above would have to make room */
@media (max-width: 1199px) {
  .finding-chip {
    max-width: 11em;
    padding-inline: 8px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
}
@media (max-width: 600px) {
  .finding-chip span {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
}
.where {
  min-width: 9.5em;
  justify-content: center;
}
.track {
  position: relative;
  flex: 1 1 240px;
  min-width: 0;
  height: 40px;
}
.phases {
  position: absolute;
  inset: 0 9px;
  display: flex;
}

.phases span {
  flex: 1 1 0;
  min-width: 0;
  height: 28px;
  border-bottom: 8px solid var(--part, var(--muted));
  overflow: hidden;
  color: var(--muted);
  font-size: 11px;
  line-height: 16px;
  text-align: center;
  white-space: nowrap;
}

.phases .forward {
  --part: color-mix(in srgb, var(--forward) 45%, var(--bg));
}
.phases .loss {
  --part: color-mix(in srgb, var(--text) 85%, var(--bg));
}
.phases .backward {
  --part: color-mix(in srgb, var(--backward) 45%, var(--bg));
}
.phases .update {
  --part: color-mix(in srgb, var(--update) 45%, var(--bg));
}
.phases span:first-child {
  border-bottom-left-radius: 4px;
}
.phases span:last-child {
  border-bottom-right-radius: 4px;
}

.scrubber {
  position: absolute;
  inset: 8px 0 auto;
  width: 100%;
  height: 32px;
  margin: 0;
  border-radius: 6px;
  appearance: none;
  background: transparent;
  cursor: pointer;
}

.scrubber::-webkit-slider-runnable-track {
  height: 32px;
  background: transparent;
}
.scrubber::-moz-range-track {
  height: 32px;
  background: transparent;
}
.scrubber::-webkit-slider-thumb {
  appearance: none;
  width: 18px;
  height: 18px;
  margin-top: 7px;
  border: 3px solid var(--phase);
  border-radius: 50%;
  background: var(--bg);
}
.scrubber::-moz-range-thumb {
  width: 18px;
  height: 18px;
  border: 3px solid var(--phase);
  border-radius: 50%;
  background: var(--bg);
}
.scrubber:focus-visible {
  outline-offset: -2px;
}

@media (pointer: coarse) {
  .side summary,
  .quiet,
  .headings .graph button {
    min-width: 32px;
    min-height: 32px;
  }
}

@media (max-width: 1199px) {
  .body {
    grid-template-columns: minmax(0, 1fr);
  }
  .graph {
    left: 79px;
  }
  .sheet {
    grid-template-columns: 76px minmax(96px, 200px) repeat(7, minmax(max-content, auto));
    column-gap: 3px;
  }
  .sheet-scroll {
    min-height: 0;
  }
  tbody td {
    padding: 0 1px;
  }
  .column {
    gap: 3px;
  }
  .band .block {
    margin: 0 -1px;
  }
}
`;var ar=`/* Formulas, their numbers and paths. */

/* between the parts of a sum its signs have their own spaces */
.formula.live {
  column-gap: 1px;
}
.formula math {
  flex: none;
}
.formula mn.result {
  color: var(--backward-text);
  font-weight: 700;
}
.folded {
  color: var(--muted);
  font-size: 13px;
}
.editor {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  margin-top: 10px;
}
.editor input[type="range"] {
  flex: 1 1 120px;
  min-width: 0;
  height: 32px;
  margin: 0;
}
.editor .exact {
  width: 7.5em;
}
.card pre {
  margin: 0;
  padding: 8px 10px;
  border-radius: 6px;
  background: var(--ground);
  overflow-x: auto;
  font-size: 12px;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
code {
  display: block;
  font-family: var(--code-font);
}
.card table {
  margin: 0;
}

.verdict {
  color: var(--text);
}
.paths {
  margin: 0 0 6px;
  padding: 0;
  list-style: none;
  font-family: var(--code-font);
  font-size: 12.5px;
}
.factor {
  display: inline-flex;
  flex-direction: column;
  align-items: center;
  vertical-align: top;
}
.factor small {
  color: var(--muted);
  font-family: var(--page-font, system-ui, sans-serif);
  font-size: 10.5px;
  line-height: 1.1;
}
.paths li {
  padding: 3px 0;
  border-top: 1px solid var(--rule);
  overflow-wrap: anywhere;
}
.nudge {
  display: block;
  width: 100%;
  height: auto;
  border-radius: 6px;
  background: var(--ground);
  cursor: ew-resize;
  touch-action: none;
}
.nudge polyline {
  fill: none;
  stroke: var(--text);
  stroke-width: 1.5px;
}
.nudge .tangent {
  stroke: var(--backward);
  stroke-width: 1.5px;
  stroke-dasharray: 5 3;
}
.nudge .here {
  fill: var(--text);
}
.nudge .updated {
  fill: var(--bg);
  stroke: var(--update);
  stroke-width: 2.5px;
}
.ends {
  display: flex;
  justify-content: space-between;
  margin-bottom: 6px;
  color: var(--muted);
  font-size: 12px;
}
.contour {
  position: relative;
  width: 100%;
  max-width: 272px;
  aspect-ratio: 1;
  margin: 0 auto 4px;
  border-radius: 6px;
  overflow: hidden;
}
.contour canvas,
.contour svg {
  position: absolute;
  inset: 0;
  display: block;
  width: 100%;
  height: 100%;
}
.contour svg {
  cursor: crosshair;
  touch-action: none;
}
.contour line,
.contour polyline {
  fill: none;
  stroke-width: 2.5px;
  stroke-linecap: round;
}
/* a rim of the ground, so that arrows are seen on every band */
.contour g {
  filter: drop-shadow(0 0 1px var(--bg)) drop-shadow(0 0 1px var(--bg));
}
.contour .down {
  stroke: var(--backward);
}
.contour .down line {
  stroke-dasharray: 5 4;
}
.contour .update {
  stroke: var(--update);
}
.contour .here {
  fill: var(--text);
  stroke: var(--bg);
  stroke-width: 1.5px;
}
.contour .updated {
  fill: var(--bg);
  stroke: var(--update);
  stroke-width: 2.5px;
}
.card p.axes {
  font-size: 12px;
}

.edited {
  font-family: var(--code-font);
  font-size: 12.5px;
}
.reach {
  margin: 0 0 6px;
  padding: 0;
  list-style: none;
}
.reach li {
  padding: 3px 0;
  border-top: 1px solid var(--rule);
  color: var(--muted);
  overflow-wrap: anywhere;
}
.forecast {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 8px;
  margin: 8px 0;
}
.forecast dt {
  color: var(--muted);
  font-size: 12px;
}
.forecast dd {
  margin: 0;
  font-family: var(--code-font);
  font-weight: 700;
  overflow-wrap: anywhere;
}
`;var lr=`/* parameters that no update changes */
.frozen {
  font-size: 0.85em;
}

.frozen-boxes {
  align-items: center;
}

.frozen-box {
  display: inline-flex;
  align-items: center;
  gap: 2px;
}

/* what a layer has around its activation: blocks in lines, each under its name; knobs; dropped units; skips */

.column.stacked {
  flex-direction: column;
  gap: 12px;
}
.line {
  display: flex;
  align-items: flex-end;
  justify-content: center;
  gap: 8px;
}
.stacked caption {
  display: block;
  position: static;
  width: auto;
  height: auto;
  clip-path: none;
  padding-bottom: 2px;
  color: var(--muted);
  font-size: 11px;
  line-height: 1.2;
  text-align: left;
}
/* a long name must not make its narrow block wide */
.stacked [data-block*="running"] caption {
  width: min-content;
  min-width: 100%;
  white-space: normal;
}
@media (max-width: 600px) {
  .line {
    flex-wrap: wrap;
    justify-content: flex-start;
    max-width: 100%;
  }
  .headings .side:has(select) {
    display: block;
  }
  .headings .side:has(select)::after {
    content: none;
  }
}
.stacked caption .of {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
.side .knob {
  display: flex;
  align-items: center;
  gap: 6px;
  color: var(--muted);
  font-size: 12px;
}
.side .menu .knob {
  justify-content: space-between;
  padding: 2px 10px;
  color: inherit;
  font-size: inherit;
}
.side .knob .knob-number {
  width: 4.5em;
  min-height: 24px;
  padding: 0 4px;
  font-size: 12px;
}
.side .knob select {
  min-height: 24px;
  padding: 0 2px;
  font-size: 12px;
}
.side .knob {
  flex-wrap: wrap;
  gap: 0 4px;
  max-width: 100%;
}
/* what a choice is about is said by its words, and on hover */
.side > .knob.choice > span {
  display: none;
}
.side > .knob select {
  border-color: transparent;
  background: transparent;
  color: var(--muted);
}
.side .menu .knob {
  flex-wrap: nowrap;
  gap: 10px;
}
.extras {
  max-width: 100%;
  padding-right: 4px;
}
[data-block^="mask"] td {
  cursor: pointer;
}
.node.dropped circle {
  stroke-dasharray: 2 3;
  fill: var(--empty);
}
.node.dropped .strike {
  display: inline;
}
.drawing .skip {
  fill: none;
  stroke: var(--text);
  stroke-opacity: 0.55;
  stroke-width: 1.5px;
}
.skip-sign {
  fill: var(--text);
  font-family: var(--code-font);
  font-size: 12px;
}
`;var hr=`/* layouts for sheets that are too wide (layout.js). Dense: smaller cells. Tall: each half of the score in two storeys, so
   that z stands beside ∂L/∂z and a beside ∂L/∂a: the left half is read downwards, the right half upwards */
@media (min-width: 601px) {
  .sheet.dense {
    grid-template-columns: 84px minmax(88px, 240px) repeat(7, minmax(max-content, auto));
    column-gap: 4px;
  }
  /* the samples take the place of their label too */
  .sheet.dense .headings .side:not(:has(select)) {
    display: none;
  }
  .sheet.dense .headings .side:not(:has(select)) + .graph {
    left: 0;
    grid-column: 1 / span 2;
    flex-wrap: nowrap;
    justify-content: flex-start;
    gap: 2px;
    font-size: 12px;
  }
  .sheet.dense tbody td {
    padding: 0 1px;
    font-size: 11.5px;
  }
  .sheet.dense .column:not(.stacked) {
    gap: 3px;
  }
  .sheet.dense .block {
    margin: -6px;
  }
  .sheet.tall {
    grid-template-columns: 84px minmax(130px, 240px) repeat(4, minmax(max-content, auto));
  }
  .sheet.tall.dense {
    grid-template-columns: 80px minmax(92px, 240px) repeat(4, minmax(max-content, auto));
    column-gap: 3px;
    padding-right: 6px;
  }
  .tall :is(.band, .headings) > * {
    grid-row: 1 / span 2;
  }
  .tall .headings {
    padding: 3px 0;
  }
  .tall .heading {
    padding: 0;
    line-height: 1.3;
  }
  .tall .weight {
    grid-column: 3;
  }
  .tall :is(.z, .grad_z, .grad_weight):is(.column, .heading) {
    grid-row: 1;
  }
  .tall :is(.a, .grad_a, .new_weight):is(.column, .heading) {
    grid-row: 2;
  }
  .tall :is(.z, .a):is(.column, .heading) {
    grid-column: 4;
  }
  .tall :is(.grad_z, .grad_a):is(.column, .heading) {
    grid-column: 5;
  }
  .tall :is(.grad_weight, .new_weight):is(.column, .heading) {
    grid-column: 6;
  }
  .tall .band {
    row-gap: 6px;
  }
  .tall .band[data-layer="0"] {
    row-gap: 0;
  }
  .tall .column:is(.z, .a, .grad_z, .grad_a, .grad_weight, .new_weight) caption {
    position: static;
    width: auto;
    height: auto;
    clip-path: none;
    padding-bottom: 1px;
    color: var(--muted);
    font-size: 11px;
    line-height: 1.2;
    text-align: left;
  }
  .tall caption .of {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .tall .column {
    align-items: flex-end;
  }
  .tall .column.weight {
    align-items: center;
  }
  .tall .column.stacked {
    align-items: center;
  }
  /* the loss: what it is made of in the left half, what it is in the right one */
  .tall [data-layer="loss"] .column.z {
    flex-direction: column;
    align-items: center;
    grid-row: 1 / span 2;
  }
  .tall [data-layer="loss"] .column.a {
    grid-column: 5;
    grid-row: 1 / span 2;
  }
}

.app.beside .sheet.deep {
  grid-template-columns: 76px 0 repeat(3, minmax(max-content, auto));
}
.deep :is(.band, .headings) > * {
  grid-row: 1 / span 3;
}
.beside .deep :is(.weight, .grad_weight, .new_weight):is(.column, .heading) {
  grid-column: 3;
}
.deep .weight:is(.column, .heading) {
  grid-row: 1;
}
.deep .grad_weight:is(.column, .heading) {
  grid-row: 2;
}
.deep .new_weight:is(.column, .heading) {
  grid-row: 3;
}
.deep .column:is(.weight, .a, .grad_a):not(.stacked) {
  align-items: flex-end;
}
.deep .column.weight:not(.stacked) caption {
  position: static;
  width: auto;
  height: auto;
  clip-path: none;
  padding-bottom: 1px;
  color: var(--muted);
  font-size: 11px;
  line-height: 1.2;
  text-align: left;
}

@media (min-width: 601px) and (max-width: 1199px) {
  .sheet.tall.dense {
    grid-template-columns: 76px minmax(84px, 200px) repeat(4, minmax(max-content, auto));
  }
  .sheet.tall.dense tbody td {
    font-size: 11px;
  }
}

@media (max-width: 600px) {
  .toolbar {
    flex-wrap: nowrap;
    padding: 4px 0;
  }
  .toolbar :is(button, select, summary, input[type="text"]) {
    min-height: 44px;
  }
  .toolbar .preset {
    flex: 1 1 auto;
    min-width: 0;
    max-width: none;
  }
  .toolbar > button {
    min-width: 44px;
  }
  .open-tools {
    display: block;
    flex: none;
  }
  .shade.open {
    display: block;
    position: fixed;
    z-index: 1000000;
    inset: 0;
    background: rgb(0 0 0 / 40%);
  }
  .tool-sheet {
    display: none;
  }
  .tool-sheet.open {
    display: flex;
    position: fixed;
    z-index: 1000001;
    right: 0;
    bottom: 0;
    left: 0;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    max-height: 75dvh;
    padding: 14px 12px calc(14px + env(safe-area-inset-bottom));
    border-top: 1px solid var(--rule);
    border-radius: 12px 12px 0 0;
    background: var(--bg);
    overflow-y: auto;
    overscroll-behavior: contain;
    animation: rise 0.16s ease-out;
  }
  .tool-sheet > * {
    flex: 1 1 auto;
  }
  .tool-sheet :is(.pace, .more, .copy-menu, .file) {
    flex: 1 0 100%;
  }
  .tool-sheet .knobs-menu[open] {
    flex-basis: 100%;
  }
  .tool-sheet .named {
    flex: 1 1 0;
  }
  .tool-sheet select {
    flex: 1 1 auto;
    min-width: 0;
    max-width: 100%;
  }
  .tool-sheet .menu > summary {
    width: 100%;
  }
  .tool-sheet .menu > div,
  .tool-sheet .knobs-menu > div {
    position: static;
    width: auto;
    max-width: none;
    margin-top: 6px;
    box-shadow: none;
  }
  .sheet {
    display: block;
  }
  .headings {
    display: block;
    min-height: 0;
    padding: 4px 0;
  }
  .headings .heading,
  .headings .side {
    display: none;
  }
  .headings .graph {
    justify-content: flex-start;
  }
  .headings .graph button {
    min-width: 32px;
    min-height: 32px;
  }
  .band {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 8px 14px;
    padding: 10px 0 12px 104px;
  }
  .band > .graph {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 0;
    width: 96px;
  }
  .band > .side {
    display: flex;
    flex: 0 0 100%;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 0;
    background: none;
  }
  .band .quiet,
  .band .side :is(select.quiet, summary) {
    min-height: 32px;
    margin: 0;
  }
  .band .column {
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: flex-start;
    max-width: 100%;
    gap: 8px 14px;
  }
  .band .column:empty {
    display: none;
  }
  .band .menu > div {
    right: 0;
    left: auto;
  }
  .block {
    max-width: 100%;
    overflow-x: auto;
    padding: 3px;
  }
  .block.not-begun,
  :is(.line, .column):not(:has(.block:not(.not-begun))),
  .sparse :is(.line, .column):not(:has(.involved)) {
    display: none;
  }
  .sparse .band:not(:has(.involved)) {
    min-height: 0;
    padding-block: 2px;
  }
  .sparse .band:not(:has(.involved)) :is(.knob, select.loss ~ *) {
    display: none;
  }
  table {
    margin: 0;
  }
  caption {
    position: static;
    width: auto;
    height: auto;
    clip-path: none;
    padding-bottom: 2px;
    color: var(--muted);
    font-size: 11px;
    line-height: 1.2;
    text-align: left;
  }
  .transport {
    gap: 2px 5px;
    padding: 2px 0 4px;
  }
  .transport button {
    flex: 1 1 38px;
    min-width: 38px;
    min-height: 44px;
    padding: 3px 2px;
  }
  .transport .play {
    flex-basis: 68px;
  }
  .track {
    flex: 1 0 100%;
    order: -1;
  }
  .transport .where {
    flex: 0 0 auto;
    min-width: 8.2em;
    padding-inline: 0;
    border: 0;
    font-size: 13px;
  }
}

@media (min-width: 601px) and (max-height: 500px) {
  .docked .dock {
    max-height: calc(100dvh - 120px);
  }
  .track {
    flex-basis: 100px;
  }
}

/* a short window, such as a small one at 200 %: what stays on it is low, so that the numbers have room */
@media (max-height: 500px) {
  .app .transport {
    flex-wrap: nowrap;
    gap: 4px;
    padding: 3px 0;
  }
  .app .transport :is(button, select) {
    min-width: 26px;
    min-height: 28px;
    padding: 0 6px;
  }
  .app .transport select {
    max-width: 76px;
  }
  .app .track {
    flex: 1 1 60px;
    order: 0;
    height: 30px;
  }
  .app .where {
    min-width: 0;
    padding: 1px 6px;
    white-space: nowrap;
  }
  [data-level="closed"] .explanation {
    height: 36px;
    overflow: hidden;
  }
  [data-level="closed"] .explanation .grip {
    height: 5px;
  }
  [data-level="closed"] .explanation .levels {
    margin-top: -3px;
  }
  [data-level="closed"] .explanation .levels button {
    min-height: 28px;
  }
  [data-level="closed"] .explanation .main {
    padding-block: 0;
  }
}

@media (prefers-reduced-motion: reduce) {
  *,
  ::before,
  ::after {
    transition: none !important;
    animation: none !important;
    scroll-behavior: auto !important;
  }
}

@media (forced-colors: active) {
  tbody td.negative {
    border-bottom-style: dashed;
  }
  .phases span {
    forced-color-adjust: none;
  }
}
`;var cr=`/* The sheet, its transport bar and its side panel; the colours and controls are in palette.css. */

/* --frame: what the host lays over the top of the page, --foot: over its bottom; --dock and --headings: how high what stays in sight is */
.app {
  --headings: 32px;
  --dock: 57px;
  --frame: var(--page-frame, 0px);
  --foot: var(--page-foot, 0px);
  --under: calc(var(--dock) + var(--foot));
  --phase: var(--forward);
  display: flex;
  flex-direction: column;
  min-height: calc(100vh - var(--frame) - var(--foot) - 4px);
  background: var(--bg);
}
.app > .dock {
  margin-top: auto;
}
.app[data-phase="loss"] {
  --phase: var(--loss);
}
.app[data-phase="backward"] {
  --phase: var(--backward);
}
.app[data-phase="update"] {
  --phase: var(--update);
}

.way-back {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin: 8px 0 0;
}
`;var pr=`/* the side panel */

.panel {
  position: sticky;
  top: calc(var(--frame) + 8px);
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-width: 0;
  max-height: calc(100dvh - var(--frame) - var(--under) - 16px);
  overflow-y: auto;
}
/* the title of the explained cell stays while its card scrolls */
.main h2 {
  position: sticky;
  z-index: 1;
  top: 0;
  background: var(--bg);
}
.body > .panel .told {
  display: contents;
}
.body > .panel .main h2 {
  margin: -12px 0 0;
  padding: 12px 0 6px;
}
.card {
  flex: none;
  min-width: 0;
  padding: 12px 14px;
  border: 1px solid var(--rule);
  border-radius: 8px;
  background: var(--bg);
}
.card h2 {
  margin: 0 0 6px;
  padding: 0;
  color: inherit;
  font-size: 14px;
  font-weight: 700;
  line-height: 1.3;
}
.card p {
  margin: 0 0 6px;
  overflow-wrap: anywhere;
}
.card p:last-child {
  margin-bottom: 0;
}
/* an explanation that failed says so in its place */
.card.failed > :not(summary, h2, .fault) {
  display: none;
}

/* the program: code does not wrap, and only its box scrolls */
.with-program:not(.docked) .body {
  grid-template-columns: minmax(0, 1fr) clamp(340px, 31vw, 560px);
}
.docked .panel > .main {
  order: -2;
}
.docked .program {
  order: -1;
  grid-column: 1 / -1;
}
.program-head {
  display: flex;
  gap: 8px;
  align-items: center;
  margin-bottom: 8px;
}
.program-title {
  flex: 1;
  font-size: 14px;
  font-weight: 700;
}
.program .listing {
  overflow: auto;
  height: clamp(200px, calc(100dvh - var(--frame) - var(--dock) - 350px), 700px);
  padding: 4px 0;
  border: 1px solid var(--rule);
  border-radius: 6px;
  font: 12px / 1.5 var(--code-font);
  white-space: pre;
  tab-size: 4;
}
.program .listing:empty {
  display: none;
}
.program .code-line {
  width: max-content;
  min-width: 100%;
  min-height: 1.5em;
  padding: 0 8px;
  border-left: 3px solid transparent;
}
.program .code-line.now {
  border-left-color: var(--mark);
  background: color-mix(in srgb, var(--mark) 12%, transparent);
}
.program .code-line button {
  min-height: 0;
  padding: 0;
  border: 0;
  border-radius: 2px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
.program .code-line button.given {
  text-decoration: underline dotted;
  text-underline-offset: 2px;
}
.program .code-line button.chosen {
  outline: 2px solid var(--mark);
  background: var(--bg);
}
.program .code-line input {
  width: 9em;
  padding: 0 2px;
  border: 1px solid var(--mark);
  font: inherit;
}

/* what the pointer is on, beside cards about what is selected: those stand back */
.peek > .main {
  border-style: dashed;
  border-color: var(--mark);
}
.peek > .main h2::after {
  content: " (under the pointer)";
  color: var(--muted);
  font-weight: 400;
}
.peek > .card:not(.main) {
  opacity: 0.35;
}

.card p:empty,
.formula:empty {
  display: none;
}
.sentence,
.welcome .words,
.card p.muted {
  color: var(--muted);
}
.value {
  font-family: var(--code-font);
  font-size: 12.5px;
  color: var(--muted);
}
.formula {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 4px;
  margin: 8px 0;
  max-width: 100%;
  overflow-x: auto;
  font-size: 16px;
}
`;var dr=`/* before a room (present.js): over everything, without tools; the step and what it is made of are large, --type */
.leave,
.curtain {
  display: none;
}
.app.presenting {
  --frame: 0px;
  position: fixed;
  z-index: 1000;
  inset: 0;
  width: 100vw;
  max-width: none;
  height: 100dvh;
  max-height: none;
  min-height: 0;
  margin: 0;
  padding: 0 20px;
  border: 0;
  overflow: auto;
  background: var(--bg);
  color: var(--text);
}
.presenting > :not(.body, .dock, .notices, .leave, .curtain, .visually-hidden),
.presenting :is(.graph, .drawing, .findings, .program, .levels, .grip, .editor, .side .menu),
.presenting .side :is(.knob, .sub),
.presenting .panel > :not(.main),
.presenting .headings .side > *,
.presenting .transport > :not(.track, .where),
.presenting .main :is(.value, .details) {
  display: none;
}
.presenting .headings .side::after {
  content: none;
}
.presenting .sheet-scroll {
  min-height: 0;
  overflow-x: clip;
}
.presenting .sheet {
  display: grid;
  grid-template-columns: minmax(max-content, auto) repeat(7, minmax(max-content, auto)) !important;
  column-gap: 10px;
}
.presenting .band {
  display: grid;
  min-height: 16px;
  padding: 2px 0;
}
.presenting .band.large {
  padding: 8px 0;
}
.presenting :is(.band, .headings) > .graph {
  display: none;
}
.presenting .headings {
  display: grid;
  min-height: 34px;
}
.presenting .headings :is(.heading, .side) {
  display: block;
  font-size: 12px;
}
.presenting .headings .heading.large {
  font-size: max(22px, var(--type));
  line-height: 1.3;
}
.presenting .band > .side {
  display: flex;
  flex-flow: column;
  gap: 0;
  padding-right: 12px;
  background: none;
}
.presenting .side h3 {
  font-size: 11px;
  font-weight: 400;
  line-height: 1.1;
}
.presenting .side select {
  display: none;
}
.presenting .large > .side h3 {
  font-size: max(22px, var(--type));
  font-weight: 700;
}
.presenting .large > .side > select {
  display: block;
  field-sizing: content;
  width: auto;
  max-width: 8em;
  border: 0;
  background: none;
  appearance: none;
  font-size: 22px;
  pointer-events: none;
}
.presenting .column,
.presenting .column.stacked,
.presenting .line {
  flex-flow: row nowrap;
  align-items: center;
  justify-content: center;
  gap: 8px;
}
.presenting .block {
  margin: 0;
  padding: 0;
  overflow: visible;
}
.presenting .block.not-begun {
  display: block;
}
.presenting caption {
  display: none;
}
.presenting .block:not(.large) :is(tr, tbody tr + tr) {
  gap: 1px;
  margin-top: 1px;
}
.presenting.alone .block:not(.large) {
  display: none;
}
.app.presenting.alone {
  padding-inline: 8px;
}
.presenting.alone .sheet {
  column-gap: 4px;
  padding-right: 0;
}
.presenting.alone .band > .side {
  padding-right: 4px;
}
/* it keeps its column, without a width */
.presenting.alone .headings .heading:not(.large) {
  width: 0;
  overflow: hidden;
  font-size: 0;
}
.app.presenting .sheet .block:not(.large) tbody td {
  height: 11px;
  border-bottom-width: 1px;
  font-size: 8.5px;
  line-height: 10px;
}
.app.presenting .sheet .block:not(.large) tbody td.long {
  font-size: min(8.5px, calc((var(--cell) - 1px) / (var(--n) * 0.56)));
}
.app.presenting .sheet .block.large tbody td {
  height: calc(var(--type) * 1.35);
  font-size: var(--type);
  line-height: calc(var(--type) * 1.25);
  letter-spacing: 0;
}
.presenting .block.large caption {
  display: block;
  position: static;
  width: auto;
  height: auto;
  clip-path: none;
  color: var(--muted);
  font-size: 22px;
  line-height: 1.1;
  text-align: left;
}
.presenting .column:not(.stacked, :has(.block + .block)) caption,
.presenting caption .of {
  display: none !important;
}
.presenting .dock {
  max-height: none;
}
.presenting .explanation {
  height: auto !important;
  min-height: 118px;
  padding: 8px 0 4px;
  border-radius: 0;
  border-width: 2px 0 0;
  box-shadow: none;
  animation: none !important;
}
.presenting .explanation .main {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  padding: 0;
}
.presenting .explanation .main > *,
.presenting .explanation .main > * > * {
  display: block;
}
.presenting .explanation .main :is(.formula) {
  display: flex;
  flex-wrap: wrap;
  margin: 2px 0;
  font-size: 26px;
}
.presenting .shown {
  display: flex !important;
  flex-wrap: wrap;
  gap: 0 1em;
  padding: 0 !important;
}
.presenting .explanation .main :is(.value, .details, .editor, .change) {
  display: none;
}
.presenting .explanation h2 {
  position: static;
  padding: 0 60px 0 0;
  overflow: visible;
  font-size: 26px;
  line-height: 1.2;
  white-space: normal;
}
.presenting .sentence {
  margin: 0;
  font-size: 22px;
}
.presenting .transport {
  flex-wrap: nowrap;
  padding: 2px 0 4px;
}
.presenting .where {
  flex: none;
  min-width: 12em;
  font-size: 22px;
}
.presenting .phases span {
  font-size: 0;
}
.presenting .leave {
  display: block;
  position: fixed;
  z-index: 30;
  right: 6px;
  bottom: 100px;
  opacity: 0.4;
}
.presenting .leave:is(:hover, :focus-visible) {
  opacity: 1;
}
.leave::before {
  content: "✕" / "";
}
.presenting .curtain:not([hidden]) {
  display: block;
  position: fixed;
  z-index: 40;
  inset: 0;
  background: #000;
}

/* a phone in the hand of one reader: what a room needs has no room there */
@media (max-width: 700px) {
  .app.presenting {
    padding: 0 10px;
    overflow-x: clip;
  }
  .presenting .sheet {
    column-gap: 6px;
  }
  .presenting .headings :is(.heading:not(.large), .side) {
    display: none;
  }
  .presenting .headings .heading.large,
  .presenting .large > .side h3 {
    font-size: 14px;
  }
  .presenting .large > .side > select,
  .presenting .block.large caption {
    font-size: 12px;
  }
  .presenting .band > .side {
    padding-right: 4px;
  }
  .presenting .explanation h2,
  .presenting .explanation .main .formula {
    font-size: 18px;
  }
  .presenting .sentence,
  .presenting .where {
    font-size: 15px;
  }
  .presenting .where {
    min-width: 8em;
  }
  .presenting .track {
    flex: 1 1 60px;
    order: 0;
  }
  .presenting .explanation {
    margin: 0;
  }
}

.copy-menu > div {
  gap: 2px;
}
.copy-group {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px;
  padding: 4px;
}
.copy-group b {
  flex: 0 0 100%;
  font-size: 12px;
}
`;var ur=`/* on paper: light, without tools, whole bands, the drawing in its place */
@media print {
  .app,
  .app.dark {
    --bg: #fff;
    --ground: #f6f6f4;
    --text: #1f2024;
    --muted: #55565b;
    --rule: #d9d9d9;
    --positive: #0072b2;
    --negative: #d55e00;
    --mark: #b5459a;
    --update: #2e8540;
    --forward-text: #10597f;
    --backward-text: #6f3060;
    --update-text: #275a33;
    display: block;
    min-height: 0;
    color: var(--text);
    print-color-adjust: exact;
  }
  .app > :not(.body),
  .badge,
  .panel,
  .side :is(.menu, .knob),
  .side select:not([data-of]),
  .headings :is(.graph, .side) > * {
    display: none !important;
  }
  .body {
    display: block;
  }
  .sheet-scroll {
    min-height: 0;
    max-height: none;
    overflow: visible;
    zoom: var(--mlpviz-on-paper, 1);
  }
  .headings,
  .side,
  .graph {
    position: static;
  }
  .headings .side::after {
    content: none;
  }
  .drawing {
    max-height: none;
  }
  .band,
  .headings {
    break-inside: avoid;
  }
  .band.current {
    background: none;
  }
  .side select {
    border: 0;
    background: none;
    appearance: none;
  }
}
`;var mr=`/* The toolbar: the example, its tools, the menus of rarer ones. */

.toolbar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px;
  padding: 8px 0;
}
.toolbar select {
  max-width: 220px;
}
.toolbar label {
  display: inline-flex;
  align-items: center;
  gap: 6px;
}
.toolbar .rate {
  width: 6.2em;
  padding-right: 4px;
}
/* in the line of the toolbar; on a phone a sheet of its own (tool_sheet.js) */
.tool-sheet {
  display: contents;
}
@media (min-width: 1200px) {
  .toolbar .loss-value {
    margin-left: auto;
  }
}
:is(.open-tools, .shade) {
  display: none;
}
.samples button.quiet {
  flex: none;
  padding-inline: 1px;
}
.samples .sample {
  flex: none;
}
.sheet.tall .headings .side::after {
  content: none;
}
/* one line: of the label beside it only the first half has a text */
@media (min-width: 601px) {
  .sheet:not(.dense) .headings .graph.samples {
    flex-wrap: nowrap;
    justify-content: flex-end;
    margin: 0 -12px 0 -30px;
  }
  /* no wider than its text, or its ground would hide the first of them */
  .sheet:not(.dense, .tall) .headings .side:not(:has(select)) {
    justify-self: start;
    padding-right: 0;
  }
}
.toolbar .menu > div {
  right: 0;
  left: auto;
}
.toolbar .more > div {
  gap: 6px;
  min-width: 230px;
  padding: 8px;
}
.named {
  display: inline-flex;
  align-items: center;
  gap: 6px;
}
.more .named {
  justify-content: space-between;
  gap: 12px;
}
.more .named select {
  width: 130px;
}
.pace {
  display: flex;
  gap: 8px;
}
.transport .pace span {
  display: none;
}
.menu .group > .group-name {
  margin: 6px 0 2px;
  text-align: left;
  padding-inline: 10px;
  font-size: 12px;
  color: var(--muted);
}
.menu .group > button {
  width: 100%;
}
`;var fr=`/* the transport bar */

.dock {
  position: sticky;
  z-index: 6;
  bottom: var(--foot);
}
.app:not(.docked) .explanation {
  display: none;
}

.transport {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  padding: 8px 0;
  border-top: 1px solid var(--rule);
  background: var(--bg);
}
`;var gr=`/* what somebody meets first, and the dialogue of a new network */

.welcome .ways {
  display: flex;
  flex-direction: column;
  gap: 6px;
  margin: 10px 0 14px;
}
.welcome .ways button:first-child {
  border-color: var(--primary);
  font-weight: 600;
}
.welcome h3 {
  margin: 0 0 4px;
  padding: 0;
  font-size: 13px;
  font-weight: 700;
}
.explanation .welcome {
  grid-column: 1 / -1;
}
.explanation .welcome > .words {
  padding-right: 80px;
}
.explanation .welcome .ways {
  flex-flow: row wrap;
  margin: 6px 0 0;
}
.welcome > p.muted {
  margin-top: 10px;
}
[data-level="compact"] .explanation:has(.welcome:not([hidden])) {
  height: auto;
}
[data-level="compact"] .welcome > :not(.words, .ways) {
  display: none;
}
button.link {
  display: inline;
  min-height: 0;
  padding: 0;
  border: 0;
  background: transparent;
  color: inherit;
  font: inherit;
  text-decoration: underline;
  text-underline-offset: 3px;
}
.new-network .row {
  display: grid;
  grid-template-columns: 150px minmax(0, 1fr);
  align-items: center;
  gap: 10px;
  padding: 3px 0;
}
.new-network .row.check {
  display: flex;
  gap: 8px;
}
.new-network :is(select, input[type="text"]) {
  width: 100%;
}
.new-network summary {
  width: fit-content;
  min-height: 0;
  margin: 2px 0;
  padding: 0;
  border: 0;
  background: transparent;
  color: var(--muted);
  font-size: 13px;
}
.new-network .hint {
  margin: 0 0 0 160px;
  color: var(--muted);
  font-size: 12.5px;
}
.new-network .field-error {
  margin: 2px 0 4px;
  color: color-mix(in srgb, #d0342c 70%, var(--text));
  font-weight: 600;
}
.new-network [aria-invalid="true"] {
  border-color: #d0342c;
}
.new-network .choices {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 14px;
}
@media (max-width: 480px) {
  .new-network .row:not(.check) {
    grid-template-columns: 1fr;
    gap: 2px;
  }
  .new-network .hint {
    margin-left: 0;
  }
}

/* what can be done with the explained number */
.card .hint {
  margin: 6px 0 0;
  color: var(--muted);
  font-size: 12.5px;
}
[data-level="compact"] .main .hint {
  display: none;
}
`;var br=[cr,mr,Qo,tr,sr,or,ir,pr,ar,er,fr,rr,nr,hr,lr,gr,dr,ur].join(`
`);var xr=`/* The training page: settings left, the live view in the middle, curves right, the transport on top. */

.train {
  display: flex;
  flex-direction: column;
  gap: 8px;
  min-height: calc(100vh - 64px);
  padding-bottom: 24px;
  background: var(--bg);
}
.train > .notices {
  margin-bottom: -8px;
}
.train h2 {
  margin: 0;
  font-size: 17px;
}
.train h3,
.tape h2 {
  margin: 0;
  font-size: 13px;
}
.train p {
  margin: 0;
}
.train .note {
  color: var(--muted);
  font-size: 12.5px;
  overflow-wrap: anywhere;
}

/* on top */

.train .bar {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}
.train .bar button,
.train .bar summary {
  min-height: 28px;
  padding: 1px 10px;
  font-size: 13px;
}
.saves {
  display: contents;
}
.bar .menu > div {
  max-height: 70vh;
  overflow-y: auto;
}
.bar .menu > div > button {
  white-space: normal;
}

.card {
  position: relative;
  display: grid;
  gap: 4px 20px;
  grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  padding: 10px 36px 10px 14px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--update);
  border-radius: 6px;
  background: var(--ground);
}

.card h2,
.card .fold,
.card .claim,
.card .note {
  grid-column: 1 / -1;
}
.card .question {
  font-size: 15px;
  font-weight: 600;
}
.card .fold > summary {
  display: inline-block;
  min-height: 26px;
  padding: 1px 10px;
}
.card .fold > p {
  padding-top: 6px;
}
.card .claim {
  font-weight: 600;
}
.card .claim[data-holds="true"] {
  color: var(--update-text);
}
.card > button {
  position: absolute;
  top: 4px;
  right: 8px;
}

.transport {
  position: sticky;
  z-index: 5;
  top: calc(var(--page-frame, 0px) - 4px);
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding: 4px 0;
  border-bottom: 1px solid var(--rule);
  background: var(--bg);
}

.transport .line {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
}
.transport .play {
  min-width: 150px;
  border-color: var(--primary);
  font-weight: 700;
}
.transport .learning {
  display: inline-flex;
  align-items: center;
  gap: 6px;
}
.transport .learning input[type="range"] {
  width: 130px;
}
.transport .rate {
  width: 5.4em;
}
.facts {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 14px;
  margin: 0 0 0 auto;
}
.facts dt {
  color: var(--muted);
  font-size: 11px;
}
.facts dd {
  margin: 0;
  min-width: 4.2em;
  font-variant-numeric: tabular-nums;
  font-weight: 600;
}
.facts div:nth-child(3) dd {
  min-width: 6em;
}
.where {
  min-width: 190px;
}
.timeline {
  flex: 1 1 120px;
  min-width: 120px;
}
.transport progress {
  width: 80px;
  height: 10px;
  accent-color: var(--primary);
}
.transport .left {
  display: inline-block;
  min-width: 110px;
  color: var(--muted);
  font-size: 12.5px;
}

/* the three columns */

.train .body {
  display: grid;
  grid-template: "settings middle answers" / 250px minmax(0, 1fr) minmax(360px, 36%);
  gap: 20px;
  align-items: start;
}
.settings {
  grid-area: settings;
}
.answers {
  grid-area: answers;
}
.middle {
  grid-area: middle;
}
.middle {
  display: flex;
  flex-direction: column;
  gap: 10px;
  min-width: 0;
}

.tabs {
  display: flex;
  gap: 2px;
  border-bottom: 1px solid var(--rule);
}
.tabs button {
  flex: 1;
  padding: 3px 2px;
  border: 0;
  border-bottom: 3px solid transparent;
  border-radius: 4px 4px 0 0;
  background: transparent;
  font-size: 13px;
}
.tabs button[aria-selected="true"] {
  border-bottom-color: var(--primary);
  font-weight: 700;
}
.settings .panel {
  display: flex;
  flex-direction: column;
  gap: 7px;
  padding-top: 10px;
}
.settings h3 {
  padding-top: 6px;
}
.field {
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
  gap: 6px;
  align-items: center;
}
/* a long choice has a line of its own rather than half of its name */
.field:has(> select) {
  display: flex;
  flex-wrap: wrap;
}
.field:has(> select) > label {
  flex: 1 1 84px;
}
.field label {
  overflow-wrap: break-word;
  font-size: 13px;
}
.field select,
.field input[type="text"] {
  width: 100%;
  min-width: 0;
  min-height: 28px;
  padding: 2px 6px;
}
.field > select {
  flex: 1 0 auto;
  field-sizing: content;
  width: auto;
  min-width: 53%;
  max-width: 100%;
}
.field .number {
  display: flex;
  gap: 2px;
}
.field .number button {
  flex: none;
  width: 24px;
  min-height: 28px;
  border-color: var(--rule);
}
.field.flag {
  display: flex;
  align-items: flex-start;
}
.field.flag input {
  margin-top: 3px;
}
.group {
  padding: 8px;
  border: 1px solid var(--rule);
  border-radius: 8px;
}
.group .head {
  display: flex;
  justify-content: space-between;
  align-items: center;
  padding-bottom: 4px;
}
.group .head button {
  min-height: 24px;
  padding: 0 6px;
  font-size: 12px;
}
.group .fields {
  display: flex;
  flex-direction: column;
  gap: 4px;
}
.ticks {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 12px;
}
.ticks .field.flag {
  gap: 4px;
  min-height: 24px;
  align-items: center;
}
.ticks .field.flag input {
  margin: 0;
}
.settings .actions {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}

/* what was chosen as a formula and in code, which unfolds */
.formula-of {
  min-width: 0;
  font-size: 13px;
}
.formula-of summary {
  width: fit-content;
  min-height: 24px;
  padding: 2px 4px;
  border: 0;
  background: transparent;
  color: var(--muted);
  font-size: 12px;
}
.formula-of[open] > div {
  padding: 6px 8px;
  border: 1px solid var(--rule);
  border-radius: 6px;
}
.formula-of .note {
  margin: 0 0 4px;
}
.formula-of .line {
  padding: 3px 0;
  overflow-x: auto;
}
.formula-of pre {
  margin: 6px 0 0;
  padding: 6px 8px;
  border-radius: 6px;
  background: var(--ground);
  font-size: 11.5px;
  line-height: 1.45;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.formula-of code {
  display: block;
  font-family: var(--code-font);
}
.file {
  display: flex;
  flex-direction: column;
  gap: 2px;
  padding: 6px 8px;
  border: 1px dashed color-mix(in srgb, var(--text) 45%, var(--bg));
  border-radius: 6px;
  font-size: 13px;
}
.file input {
  width: 100%;
  font-size: 12px;
}

.network {
  position: relative;
  height: 276px;
}
.network canvas {
  width: 100%;
  height: 250px;
}
.network canvas.editable {
  cursor: pointer;
}
.sizes span {
  position: absolute;
  top: 251px;
  display: inline-flex;
  gap: 2px;
  transform: translateX(-50%);
}
.sizes i {
  align-self: center;
  padding: 0 2px;
  color: var(--muted);
  font-size: 11px;
  font-style: normal;
}
.sizes button {
  width: 26px;
  min-height: 24px;
  padding: 0;
  border-color: var(--rule);
}
.unit-editor {
  position: absolute;
  z-index: 6;
  padding: 8px 10px;
  border: 1px solid var(--rule);
  border-radius: 8px;
  background: var(--bg);
  box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
}
.unit-editor .head {
  display: flex;
  justify-content: space-between;
  gap: 8px;
  padding-bottom: 4px;
}
.unit-editor .numbers {
  display: flex;
  flex-direction: column;
  gap: 3px;
  max-height: 220px;
  overflow-y: auto;
}
.unit-editor label {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 92px;
  gap: 6px;
  align-items: center;
  font-size: 13px;
  overflow-wrap: anywhere;
}
.unit-editor input {
  width: 100%;
  min-height: 26px;
}
.units button {
  position: absolute;
  min-height: 0;
  padding: 0;
  border-color: transparent;
  border-radius: 0;
  background: transparent;
}
.units button:hover {
  background: transparent;
  outline: 2px solid var(--mark);
}
.network .readout {
  position: absolute;
  right: 0;
  bottom: 26px;
  pointer-events: none;
}
.readout {
  padding: 0 4px;
  background: color-mix(in srgb, var(--bg) 80%, transparent);
  font-size: 12px;
  font-variant-numeric: tabular-nums;
}

/* the picture stays in sight beside all that is long; it is as large as the window has room below Play */
.answers {
  position: sticky;
  top: calc(var(--page-frame, 0px) + 120px);
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 4px 18px;
}
.answers .picture {
  width: min(100%, max(320px, 100dvh - 330px));
}
.answers .caption,
.answers .lanes {
  grid-column: 1 / -1;
}
.answers .caption {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 10px;
  align-items: center;
  min-height: 30px;
  font-size: 13px;
}
.answers .tools {
  display: inline-flex;
  flex-wrap: wrap;
  gap: 4px 8px;
  align-items: center;
  margin-left: auto;
  font-size: 12px;
}
.answers .tools select {
  min-height: 26px;
  max-width: 210px;
  padding: 0 4px;
  font-size: 12px;
}
.part {
  display: inline-flex;
  gap: 3px;
  align-items: center;
}
.part input {
  margin: 0;
}
.answers .picture {
  align-self: start;
  min-width: 0;
}
.plane {
  position: relative;
  aspect-ratio: 1.02;
}
.plane .broken {
  position: absolute;
  left: 38px;
  right: 8px;
  top: 42%;
  padding: 8px 12px;
  border: 1px solid var(--rule);
  background: var(--bg);
  font-weight: 600;
  text-align: center;
}
.meaning {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 14px;
  padding: 2px 8px 0 38px;
  font-size: 12.5px;
}
.meaning > span {
  display: inline-flex;
  gap: 4px;
  align-items: center;
}
.meaning .scale {
  display: inline-block;
  width: 90px;
  height: 10px;
  border: 1px solid var(--rule);
}
.plane canvas {
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
}
.plane .points {
  touch-action: none;
}
.plane.picture .points {
  visibility: hidden;
}
.plane .place {
  position: absolute;
  top: -9px;
  left: -9px;
  box-sizing: border-box;
  width: 18px;
  height: 18px;
  border: 2px solid var(--text);
  border-radius: 50%;
  outline: 2px solid var(--bg);
  pointer-events: none;
}
.plane .readout {
  position: absolute;
  right: 10px;
  top: 10px;
  pointer-events: none;
}
.aside {
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-width: 0;
}
.tape ul {
  margin: 4px 0 0;
  padding: 0;
  list-style: none;
  max-height: 300px;
  overflow-y: auto;
}
.tape li {
  display: flex;
  gap: 8px;
  padding: 4px 0;
  border-top: 1px solid var(--rule);
  font-size: 13px;
}
.tape li b {
  flex: none;
  width: 20px;
  height: 20px;
  border: 1.5px solid currentcolor;
  border-radius: 50%;
  font-size: 12px;
  line-height: 17px;
  text-align: center;
}
.tape li.failure b,
.tape li.warning b {
  color: color-mix(in srgb, #d0342c 75%, var(--text));
}
.tape li.over {
  color: var(--muted);
}
.lanes {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
}
.lane {
  display: flex;
  flex-direction: column;
  gap: 2px;
  align-items: stretch;
  width: 84px;
  height: auto;
  padding: 5px;
  font-size: 11px;
  white-space: normal;
}
.lane div {
  position: relative;
  line-height: 0;
}
.lane em {
  position: absolute;
  inset: 0;
  display: flex;
  align-items: center;
  justify-content: center;
  background: color-mix(in srgb, var(--bg) 82%, transparent);
  font-style: normal;
  font-weight: 600;
  line-height: 1.3;
  text-align: center;
  overflow-wrap: anywhere;
}
.lane span {
  border-top: 3px solid;
  overflow-wrap: anywhere;
}
.comparison .head {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
}
.comparison {
  overflow-x: auto;
}
.train table {
  border-collapse: collapse;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
}
.train th,
.train td {
  padding: 3px 10px;
  border-bottom: 1px solid var(--rule);
  text-align: right;
}
.train th:first-child {
  text-align: left;
}
.train tr.chosen {
  background: var(--ground);
  font-weight: 600;
}

.curves {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(250px, 100%), 1fr));
  gap: 8px 16px;
  min-width: 0;
}
.chart {
  margin: 0;
}
.chart figcaption {
  position: relative;
  display: flex;
  flex-wrap: wrap;
  gap: 0 10px;
  align-items: baseline;
  min-height: 20px;
  padding-right: 46px;
  font-size: 12.5px;
}
.chart .legend > span {
  min-width: 8.4em;
}
.chart canvas {
  display: block;
  width: 100%;
}
.chart .legend {
  display: inline-flex;
  flex-wrap: wrap;
  gap: 0 10px;
  font-variant-numeric: tabular-nums;
}
@media (forced-colors: active) {
  [role="tab"]:not([aria-selected="true"]) {
    border-bottom-color: Canvas;
  }
}
.chart .line-sample {
  display: inline-block;
  margin-right: 4px;
  vertical-align: middle;
}
.chart .log {
  position: absolute;
  top: 0;
  right: 0;
  display: inline-flex;
  gap: 3px;
  align-items: center;
  font-size: 12px;
}
.chart .log input {
  margin: 0;
}

.below > summary {
  display: inline-flex;
  align-items: center;
}
.layers {
  display: grid;
  grid-template-columns: 64px repeat(3, minmax(0, 1fr));
  gap: 4px 12px;
  align-items: center;
  padding-top: 8px;
  font-size: 12.5px;
}
.layers canvas {
  width: 100%;
}

@media (max-width: 1199px) {
  .transport .where {
    min-width: 170px;
  }
  .transport progress {
    width: 50px;
  }
  .train .body {
    grid-template: "middle answers" "settings settings" / minmax(0, 1fr) minmax(320px, 44%);
  }
  .settings .panel {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
    gap: 7px 20px;
  }
}

@media (max-width: 760px) {
  /* what happens comes before the long form of what could be chosen */
  .train .body {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 12px;
  }
  .card {
    grid-template-columns: minmax(0, 1fr);
  }
  /* the picture comes right below Play, and both are in one view */
  .train {
    gap: 4px;
  }
  .transport {
    position: static;
  }
  .answers {
    position: static;
  }
  .answers .picture {
    width: min(100%, 100dvh - 470px);
    margin: 0 auto;
  }
  .answers .aside {
    order: 1;
  }
  .train > .bar {
    order: 1;
  }
  .train > .visually-hidden,
  .train > .body {
    order: 0;
  }
  .transport .seldom {
    display: none;
  }
  .transport .line > button {
    flex: 1 1 auto;
  }
  .transport .learning,
  .transport .learning input[type="range"] {
    flex: 1 1 auto;
  }
  .transport .line {
    gap: 5px;
  }
  .transport button {
    padding: 2px 8px;
    font-size: 13px;
  }
  .transport .play {
    flex: 1 1 130px;
    min-width: 130px;
  }
  .transport .where,
  .transport .left {
    min-width: 0;
  }
  .facts {
    flex: 1 1 100%;
    order: -1;
    justify-content: space-between;
    margin: 0;
  }
  .facts dd {
    min-width: 0;
  }
  .facts div:nth-child(3) dd {
    min-width: 0;
  }
  .transport button,
  .field select,
  .field input[type="text"],
  .field .number button {
    min-height: 40px;
  }
  .layers {
    grid-template-columns: minmax(0, 1fr);
  }
  .layers > span:first-child {
    display: none;
  }
}

@media (prefers-reduced-motion: reduce) {
  .train * {
    transition: none;
  }
}

/* the result */

.examine .head {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 16px;
  align-items: center;
  padding: 8px 0;
}
.examine .score {
  font-weight: 600;
  font-variant-numeric: tabular-nums;
}
.examine .columns {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 270px;
  gap: 24px;
  align-items: start;
}
.examine figure {
  margin: 0;
  overflow-x: auto;
}
.examine figcaption {
  padding-bottom: 4px;
  font-size: 13px;
  font-weight: 600;
}
.results {
  display: flex;
  flex-wrap: wrap;
  gap: 20px 32px;
}
.results .wrongs {
  flex: 1 1 100%;
}
.wrongs > div {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  max-height: 340px;
  overflow-y: auto;
}
.wrong {
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 0;
  max-width: 150px;
  height: auto;
  padding: 6px;
  font-size: 12.5px;
  white-space: normal;
}
.confusion td {
  min-width: 30px;
  text-align: center;
}
.try {
  display: flex;
  flex-direction: column;
  gap: 8px;
}
.point {
  display: flex;
  flex-direction: column;
  gap: 4px;
  max-height: 300px;
  overflow-y: auto;
}
.point label {
  display: grid;
  grid-template-columns: 1fr 90px;
  gap: 6px;
  align-items: center;
  font-size: 13px;
}
.point input {
  min-width: 0;
  min-height: 28px;
}
.paper {
  display: block;
  margin: 4px 0;
  border: 1px solid var(--text);
  border-radius: 6px;
  background: #fff;
  touch-action: none;
  cursor: crosshair;
}
.given {
  display: flex;
  flex-direction: column;
  gap: 2px;
}
.given .bar {
  display: grid;
  grid-template-columns: 72px 1fr 56px;
  gap: 6px;
  align-items: center;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
}
.given .chosen {
  font-weight: 700;
}
.given .track {
  height: 10px;
  border-radius: 3px;
  background: var(--ground);
}
.given .track i {
  display: block;
  height: 100%;
  border-radius: 3px;
}
@media (max-width: 760px) {
  .examine .columns {
    grid-template-columns: minmax(0, 1fr);
  }
}
.below .head {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
  padding: 8px 0;
}
.below .scroll {
  max-height: 420px;
  overflow: auto;
}
`;var Ws=class{constructor(){this.still=null,this.frame=null,this.clear()}clear(){this.run="",this.still=null,this.frame=null,this.curves=new Map,this.bands=null}take(t,e){if(t&&(t.run!==this.run&&this.clear(),this.still=t,this.run=t.run),!e||e.run!==this.run)return!1;let s=!0;return e.lanes.forEach((i,n)=>{for(let r of i.curves)s&&=this.#t(this.curves,`${n} ${r.branch}`,r);i.bands&&(this.bands?.lane!==n&&(this.bands={lane:n,kept:new Map}),s&&=this.#t(this.bands.kept,"bands",i.bands))}),this.frame=e,s}#t(t,e,s){let i=t.get(e);if(!i||i.generation!==s.generation||s.start===0){if(s.start!==0)return!1;i={generation:s.generation},t.set(e,i)}for(let[n,r]of Object.entries(s))if(Array.isArray(r)){if(i[n]??=[],i[n].length<s.start)return!1;i[n].length=s.start;for(let a of r)i[n].push(a)}return!0}curve(t,e){return this.curves.get(`${t} ${e}`)??null}get layers(){return this.bands?.kept.get("bands")??null}};var Ht=[{keys:[" "],shown:["Space"],says:"play or pause",act:"play"},{keys:["ArrowRight"],shown:["→"],says:"one step: one batch",act:"step"},{keys:["e"],shown:["E"],says:"one epoch",act:"epoch"},{keys:["r"],shown:["R"],says:"reset to the same first weights",act:"reset"},{keys:["Home"],shown:["Home"],says:"back to the first moment",act:"first"},{keys:["End"],shown:["End"],says:"to the newest moment",act:"newest"},{keys:["s"],shown:["S"],says:"a summary of this page",act:"summary"},{keys:["?"],shown:["?"],says:"the list of all keys",act:"help"}];var js="–";function R(o){return o==null?js:_t(Ln(o))}function st(o){return o==null?js:I(o)}function U(o){return o==null?js:_t([J(o),`${O(100*o)}%`])}function P(o){return o==null?js:Gt(o)}function wr(o){return o==null?"":o<1?"under a second":o<90?`${Math.round(o)} s`:o<5400?`${Math.round(o/60)} min`:`${I(o/3600,{digits:2})} h`}var Ks=[null,4,3,-4,-3,5,6],cc=4,vr={train:"●",validation:"○",test:"◉"};function yr(o,t,e,s,i,n){let r=n?2*i:i,a=i===4&&!n?Math.PI/4:0;for(let h=0;h<r;h++){let c=a-Math.PI/2+2*Math.PI*h/r,p=s*(n&&h%2?.45:1);o.lineTo(t+p*Math.cos(c),e+p*Math.sin(c))}o.closePath()}function pc(o,t,e,s,i){o.beginPath();let n=Ks[t%(Ks.length+3)];if(n===null)o.arc(e,s,i,0,2*Math.PI);else if(n===void 0)yr(o,e,s,i*1.35,cc+t%(Ks.length+3)-Ks.length,!0);else if(n===-4){for(let r=0;r<4;r++)o.lineTo(e+i*1.3*Math.cos(r*Math.PI/2),s+i*1.3*Math.sin(r*Math.PI/2));o.closePath()}else if(n===-3){for(let[r,a]of[[-1.15,-.75],[1.15,-.75],[0,1.25]])o.lineTo(e+i*r,s+i*a);o.closePath()}else yr(o,e,s,i*(n<5?1.25:1.15),n)}function Me(o,{form:t,part:e,x:s,y:i,radius:n,colour:r,colours:a}){pc(o,t,s,i,n);let h=e==="train";o.fillStyle=h?r:A(a.ground,.85),o.fill(),o.lineWidth=h?1:1.6,o.strokeStyle=h?A(a.ground):r,o.stroke(),e==="test"&&(o.beginPath(),o.arc(s,i,Math.max(1,.38*n),0,2*Math.PI),o.fillStyle=r,o.fill())}var de=14,Fs=class{constructor(){this.element=l("p",{class:"meaning"})}take({classes:t,scale:e,colours:s}){let i=JSON.stringify([t,e,s.id]);i!==this.key&&(this.key=i,this.element.replaceChildren(...t?t.map((n,r)=>this.#t(n,r,s)):this.#e(e,s)))}#t(t,e,s){let i=l("canvas",{"aria-hidden":"true"});return Object.assign(i.style,{width:`${de}px`,height:`${de}px`}),Me(q(i,de,de),{form:e,part:"train",x:de/2,y:de/2,radius:4.6,colour:A(s.ofClass(e)),colours:s}),l("span",{},i,t)}#e(t,e){if(!t)return[];let s=l("i",{class:"scale","aria-hidden":"true"}),i=[e.negative,e.positive].map(c=>A(e.mix(c,.85))),n=[i[0],A(e.ground),i[1]].join(", ");s.style.background=`linear-gradient(to right, ${n})`;let[r,a,h]=t.texts;return[l("span",{},`${t.name}: ${r}`,s,h),l("span",{},`no colour is ${a}`)]}};var[Hs,Oe,dc]=[24,10,3.2],kr=[[],[7,3],[2,2],[8,2,2,2],[4,4],[12,3],[2,5],[6,2,2,2,2,2]];function rn(o){return kr[o%kr.length]}function an(o,{form:t,colour:e,colours:s,x:i,y:n}){if(t===void 0)return;o.setLineDash([]);let r={part:"train",radius:dc,colour:A(e),colours:s};Me(o,{form:t,x:i,y:n,...r})}var qs=class{constructor(){this.element=l("canvas",{class:"line-sample","aria-hidden":"true"}),Object.assign(this.element.style,{width:`${Hs}px`,height:`${Oe}px`})}take({colour:t,dash:e=[],width:s=1.8,form:i},n){let r=JSON.stringify([t,e,s,i,n.id]);if(r===this.key)return;this.key=r;let a=q(this.element,Hs,Oe);a.strokeStyle=A(t),a.lineWidth=Math.max(s,1.8),a.setLineDash(e),a.beginPath(),a.moveTo(0,Oe/2),a.lineTo(Hs,Oe/2),a.stroke(),an(a,{form:i,colour:t,colours:n,x:Hs/2,y:Oe/2})}};var Us=46,ln=10,hn=6,cn=18,uc=.005,mc=1e3,ft=class{constructor({title:t,tall:e=130,isLogarithmic:s=null,onPick:i=null,across:n="epoch"}){this.tall=e,this.across=e<90?"":n,this.canvas=l("canvas",{role:"img","aria-label":t}),this.canvas.style.height=`${e}px`,this.legend=l("span",{class:"legend"}),this.samples=[],this.log=s===null?null:l("input",{type:"checkbox",onchange:()=>this.draw()}),s&&(this.log.checked=!0),this.title=l("b",{},be(t)),this.element=l("figure",{class:"chart"},l("figcaption",{},this.title,this.legend,this.log&&l("label",{class:"log"},this.log,"Log")),this.canvas),this.hover=null,this.canvas.addEventListener("pointermove",r=>{this.hover=r.offsetX,this.draw()}),this.canvas.addEventListener("pointerleave",()=>{this.hover=null,this.draw()}),this.canvas.addEventListener("click",r=>{this.scale&&i?.(Math.round(this.scale.x.invert(r.offsetX)))})}setTitle(t){this.title.textContent!==t&&this.title.replaceChildren(be(t))}take(t,e,{cursor:s=null,range:i=null,most:n=1/0,format:r=R,tick:a=I}={}){this.series=t,this.colours=e,this.cursor=s,this.range=i,this.most=n,this.format=r,this.tick=a,this.draw()}draw(){if(!this.series)return;let t=this.canvas.clientWidth;if(!t)return;let e=q(this.canvas,t,this.tall),s=this.log?.checked??!1,i=this.#t(t,s);this.scale=i,this.#s(e,t,i,s),e.save(),e.beginPath(),e.rect(Us,0,t-Us-ln,this.tall-cn+1),e.clip();for(let n of this.series)this.#i(e,n,i);this.cursor!==null&&this.#n(e,i.x(this.cursor),A(this.colours.mark),[4,3]),e.restore(),this.#o(e,i)}#t(t,e){let[s,i]=this.#e(e),n=this.series.filter(({x:c})=>c.length).flatMap(({x:c})=>[c[0],c.at(-1)]),[r,a]=et(n)??[0,1],h=e?ns:_;return{x:_([r,a>r?a:r+1],[Us,t-ln]),y:h([s,i],[this.tall-cn,hn])}}#e(t){let e=this.series.map(({y:a})=>Math.abs(a.find(h=>h!=null)??0)),s=t?1/0:this.most*Math.max(1,...e),[i,n]=[1/0,-1/0];for(let{y:a}of this.series)for(let h of a)h==null||t&&h<=0||Math.abs(h)>s||(h<i&&(i=h),h>n&&(n=h));if(n>=i||([i,n]=t?[.1,1]:[0,1]),t)return[i/1.15,n*1.15];if(this.range)return[Math.min(this.range[0],i),Math.max(this.range[1],n)];n-i<=uc*Math.abs(i)&&([i,n]=i>0?[0,2*i]:[i-1,n+1]);let r=i>=0&&i<.5*n?0:i;return[r,n+(n-r)*.04]}#s(t,e,{x:s,y:i},n){t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.72),t.strokeStyle=this.colours.faint(.14),t.lineWidth=1;let r=n?zo(...i.domain):dt(...i.domain,4),a=u=>Math.round(i(u))+.5;for(let u of r)X(t,s.domain,[u,u],s,a);ut(t,a,{values:r,write:this.tick,right:Us-5});let h=e-(this.across?64:18),p=dt(...s.domain,Math.max(2,Math.floor(e/90))).filter(u=>s(u)<h);ut(t,s,{values:p,write:u=>Number.isInteger(u)?Gt(u):I(u),baseline:this.tall-4}),t.textAlign="right",t.fillText(this.across,e-ln,this.tall-4)}#i(t,{x:e,y:s,colour:i,form:n,dash:r=[],width:a=1.8,alpha:h=1},c){t.strokeStyle=A(i,h),t.lineWidth=a,t.setLineDash(r),t.lineJoin="round",X(t,e,s,c.x,c.y),e.length===1&&s[0]!=null&&Number.isFinite(c.y(s[0]))&&(t.beginPath(),t.arc(c.x(e[0])+1,c.y(s[0]),1,0,2*Math.PI),t.stroke()),t.setLineDash([]);let p=s.findLastIndex(u=>u!=null&&Number.isFinite(c.y(u)));if(p<0||h<1)return;let d={x:c.x(e[p]),y:c.y(s[p])};an(t,{form:n,colour:i,colours:this.colours,...d})}#n(t,e,s,i){t.strokeStyle=s,t.lineWidth=1.2,t.setLineDash(i),os(t,e,hn,this.tall-cn),t.setLineDash([])}#o(t,e){let s=this.hover!==null?e.x.invert(this.hover):this.cursor;this.hover!==null&&this.#n(t,e.x(s),this.colours.faint(.5),[]);let i=this.series.filter(r=>r.label);for(;this.legend.children.length>i.length;)this.legend.lastChild.remove();if(i.forEach((r,a)=>{let h=this.legend.children[a];h||(this.samples[a]=new qs,h=l("span",{},this.samples[a].element,l("span",{})),this.legend.append(h)),this.samples[a].take(r,this.colours);let c=s===null?r.x.length-1:fc(r.x,s);E(h.lastChild,L`${r.label} ${this.format(r.y[c])}`)}),this.saying??=setTimeout(()=>this.#r(),mc),this.hover===null)return;let n=e.x(s)>80;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.9),t.textAlign=n?"right":"left",t.fillText(D(`epoch ${P(s)}`),e.x(s)+(n?-4:4),hn+9)}#r(){this.saying=null;let t=this.cursor??this.series.find(({x:n})=>n.length)?.x.at(-1),e=t===void 0?"":` at epoch ${P(t)}`,s=[...this.legend.children].map(n=>n.textContent).join(", "),i=s&&`${e}: ${s}`;k(this.canvas,"aria-label",`${this.title.textContent}${i}`)}};function fc(o,t){let[e,s]=[0,o.length-1];for(;e<s;){let i=e+s>>1;o[i]<t?e=i+1:s=i}return e>0&&t-o[e-1]<o[e]-t?e-1:e}var $r=20,gc=.3,Ys=class{constructor(t){this.loss=new ft({title:"loss",tall:170,isLogarithmic:!1,onPick:t}),this.metric=new ft({title:"score",tall:120,onPick:t}),this.rate=new ft({title:"learning rate",tall:84,isLogarithmic:!1,onPick:t}),this.norm=new ft({title:"gradient norm",tall:96,isLogarithmic:!0,onPick:t}),this.dead=new ft({title:"dead units",tall:72,onPick:t});let e=[this.loss,this.metric,this.norm,this.rate,this.dead],s={class:"curves","aria-label":"curves"};this.element=l("section",s,...e.map(({element:i})=>i))}take(t,e){let{frame:s,still:i}=t,n=s.viewing.live?null:s.viewing.epoch,r=Sr(t,e,["train_loss","validation_loss","average_loss","penalty"]);this.loss.take(r,e,{cursor:n,most:$r});let a=i.metric==="accuracy";this.metric.setTitle(a?"accuracy":"R²"),this.metric.take(Sr(t,e,["train_metric","validation_metric","average_metric",null]),e,{cursor:n,range:a?[0,1]:null,most:$r,format:a?U:R,tick:a?d=>J(d,0):I}),this.rate.take(bc(t,e),e,{cursor:n});let{layers:h}=t;if(!h)return;this.norm.take(xc(h,e),e,{cursor:n});let c=h.dead.map(d=>d.slice(0,-1).reduce((u,f)=>u+f,0)),p={label:"in hidden layers",x:h.epoch,y:c,colour:e.negative};this.dead.take([p],e,{cursor:n,range:[0,4]})}};function Gs(o){return o.some(t=>t!=null)}function Sr(o,t,[e,s,i,n]){let{frame:r}=o,a=r.lanes.length===1;return r.lanes.flatMap((h,c)=>r.branches.flatMap(({branch:p})=>{let d=o.curve(c,p);if(!d)return[];let u=p===r.branch,f=(y,v,$,S,z=1.7)=>{let M=u?1:gc;return{label:u?y:"",x:d.epoch,y:v,colour:$,dash:S,width:z,alpha:M}},m=Gs(d[s]);if(!a){let y=m?d[s]:d[e],v=c===r.focus?2.8:1.7;return[{...f(h.label,y,t.ofClass(c),rn(c),v),form:c}]}let g=Gs(d[e])?d[e]:d.loss,x=[f("train",g,t.positive)];if(m&&x.push(f("validation",d[s],t.negative,[6,3])),Gs(d[i])){let y=m?"validation, averaged weights":"averaged weights";x.push(f(y,d[i],t.text,[1,2],1.7))}if(n&&Gs(d[n])){let y=`penalty, part of ${m?"both":"it"}`;x.push(f(y,d[n],t.update,[2,3],1.3))}return x}))}function bc(o,t){let{frame:e}=o,s=e.lanes.length===1;return e.lanes.flatMap(({label:i},n)=>{let r=o.curve(n,e.branch);if(!r)return[];let[a,h]=[r.epoch,r.learning_rate];if(s)return[{label:"η",x:a,y:h,colour:t.update}];let c=rn(n);return[{label:i,x:a,y:h,colour:t.ofClass(n),dash:c,form:n}]})}function xc({epoch:o,gradient_norm:t,norms:e},s){let i=e[0]?.length??0,n=Array.from({length:i},(r,a)=>({label:a===0||a===i-1?`layer ${a+1}`:"",x:o,y:e.map(h=>h[a]),colour:s.mix(s.mark,i<2?1:.5+.5*a/(i-1)),dash:a===0?[6,3]:a===i-1?[2,2]:[],width:1.3}));return[{label:"all layers",x:o,y:t,colour:s.text},...n]}var Vs=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.where=l("span",{});let s=(i,n)=>l("button",{type:"button",onclick:()=>this.#t(n)},i);this.back=s("◀ Rows before",-1),this.on=s("Rows after ▶",1),this.table=l("table",{}),this.element=l("details",{class:"below table",ontoggle:()=>this.element.open&&this.#e(0)},l("summary",{},"The data as a table"),l("div",{class:"head"},this.back,this.where,this.on),l("div",{class:"scroll"},this.table))}#t(t){let e=this.start+t*this.step;e>=0&&e<this.samples&&this.#e(e)}#e(t){this.run=this.store.still.run,this.start=t,this.send({type:"table",start:t,gesture:"table"})}take({table:t}){t&&this.#s(t)}askIfOutdated(){this.element.open&&this.run!==this.store.still.run&&this.#e(0)}#s({start:t,samples:e,features:s,more:i,step:n,rows:r}){this.start=t,this.step=n,this.samples=e,b(this.where,`rows ${P(t+1)} to ${P(t+r.length)} of ${P(e)}`),w(this.back,{disabled:t===0}),w(this.on,{disabled:t+r.length>=e});let a=(p,d)=>T(Nt(d,p.map(R))),h=["row","part","target","as the loss reads it",...s];i&&h.push(`and ${i} more`);let c=r.map(([p,d,u,f,m])=>[String(p),d,Array.isArray(u)?a(u,", "):u,a(f," "),...m.map(g=>T(R(g)))]);this.table.replaceChildren(...bt(h,c))}};var wc={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]},yc=.02,vc=5,Xs=class{constructor(t,e){this.map=t,this.pointer=e,this.place=null,this.mark=l("i",{class:"place","aria-hidden":"true",hidden:!0}),t.points.addEventListener("keydown",s=>this.#e(s)),t.points.addEventListener("blur",()=>this.#o()),t.points.addEventListener("pointerdown",()=>this.#o())}get#t(){let{x:t,y:e,size:s}=this.map,[i,n]=this.place?[t(this.place[0]),e(this.place[1])]:s.map(r=>r/2);return{offsetX:i,offsetY:n,button:0}}#e(t){if(t.ctrlKey||t.metaKey||t.altKey)return;let e=wc[t.key];if(e)this.#s(e,t.shiftKey?vc:1);else if(t.key==="Enter")this.#i();else if(t.key==="Escape"&&this.pointer.isBusy)this.pointer.cancel();else return;t.preventDefault(),t.stopPropagation()}#s(t,e){let{map:s}=this,{offsetX:i,offsetY:n}=this.#t,[r,a]=t.map((h,c)=>h*yc*e*s.size[c]);this.place=s.place({offsetX:i+r,offsetY:n+a}),this.#n(),this.pointer.move(this.#t)}#i(){this.#n();let{pointer:t}=this,e=t.isBusy;e||t.down(this.#t),(e||!t.isBusy)&&t.up(this.#t),t.move(this.#t)}#n(){let{offsetX:t,offsetY:e}=this.#t;this.map.readout.setAttribute("aria-live","polite"),this.mark.hidden=!1,this.mark.style.translate=`${t}px ${e}px`}#o(){this.map.readout.setAttribute("aria-live","off"),this.mark.hidden=!0}};var Js=class{constructor({send:t,repaint:e,cursor:s}){this.send=t,this.cursor=s,this.parts=new Set(["train","validation"]),this.tool="look",this.select=l("select",{"aria-label":"what a click on the picture does",onchange:()=>this.pick(this.select.value)}),this.axes=[0,1].map(i=>l("select",{"aria-label":i?"feature upwards":"feature to the right",onchange:()=>this.#t(i)})),this.boxes=["train","validation","test"].map(i=>{let n=l("input",{type:"checkbox",onchange:()=>{this.parts[n.checked?"add":"delete"](i),e()}});return n.checked=this.parts.has(i),l("label",{class:"part"},n,l("span",{"aria-hidden":"true"},vr[i]),Ut(i))}),this.hard=l("input",{type:"checkbox",onchange:e}),this.hardBox=l("label",{class:"part",title:"only which answer it is, not how surely"},this.hard,"Discretize"),this.element=l("span",{class:"tools"},...this.boxes,this.hardBox,...this.axes,this.select)}take(t){this.still=t;let e=t.features.length>2&&!t.image_shape;for(let i of this.boxes)i.hidden=!!t.image_shape;this.hardBox.hidden=!!t.image_shape||t.axes.length===1,this.axes.forEach((i,n)=>{i.hidden=!e||n>=t.axes.length,i.hidden||N(i,t.features.map((r,a)=>[String(a),r]),String(t.axes[n].feature),!0)});let s=[["look","pointer: looks"]];t.features.length<=2&&(t.axes.length===1?s.push(["add","pointer: adds, drags points"],["draw","pointer: draws a curve"]):t.task==="classes"&&t.class_names.slice(0,10).forEach((i,n)=>s.push([`add ${n}`,`pointer: adds, drags ${i}`])),s.push(["remove","pointer: removes points"])),N(this.select,s,s.some(([i])=>i===this.select.value)?this.select.value:"look"),this.select.hidden=s.length===1,this.pick(this.select.value)}get isHard(){return this.hard.checked}pick(t){this.select.value=t;let[e,s]=t.split(" ");this.tool=e==="add"?{target:s===void 0?null:Number(s)}:e,this.cursor(e==="look"?"crosshair":e==="draw"?"cell":"copy")}#t(t){let e=this.axes.map(s=>Number(s.value));e[0]===e[1]&&(e[1-t]=this.still.axes[t].feature),this.send({type:"axes",axes:e})}},Er=9,Zs=class{constructor(t,{send:e,tools:s}){this.map=t,this.send=e,this.tools=s,this.stroke=null,this.dragged=null,this.pending=null;for(let[i,n]of[["pointerdown","down"],["pointermove","move"],["pointerup","up"],["pointercancel","cancel"],["pointerleave","leave"]])t.points.addEventListener(i,r=>this[n](r))}get isBusy(){return!!(this.stroke??this.dragged)}#t(t){let[e,s]=[null,Er*Er];for(let i of this.map.still.samples)this.tools.parts.has(i.part)&&i.rows.forEach((n,r)=>{let[a,h]=this.map.spot(i,r),c=(a-t.offsetX)**2+(h-t.offsetY)**2;c<s&&([e,s]=[{row:n,target:i.target[r],part:i.part},c])});return e}down(t){let{map:e}=this,s=this.tools.tool;if(!(!e.still||s==="look"||t.button)){if(t.pointerId!==void 0&&(e.points.setPointerCapture(t.pointerId),t.preventDefault()),s==="draw")this.stroke=[e.place(t)];else{let i=this.#t(t),n=e.place(t);s==="remove"?this.pending=i&&{type:"remove_point",row:i.row}:i?this.dragged={...i,at:n,moved:!1}:this.pending={type:"add_point",at:n,target:s.target}}e.paintPoints()}}move(t){let{map:e}=this;e.still&&(this.stroke?(this.stroke.push(e.place(t)),e.paintPoints()):this.dragged&&(this.dragged.at=e.place(t),this.dragged.moved=!0,e.paintPoints()),this.#e(t))}cancel(){this.pending=this.stroke=this.dragged=null,this.map.paintPoints()}up(t){let[e,s]=this.map.size,{offsetX:i,offsetY:n}=t;if(i<0||n<0||i>e||n>s)return this.cancel();if(this.pending&&this.send(this.pending),this.pending=null,this.stroke){let r=this.stroke.filter(([a],h,c)=>h===0||a>Math.max(...c.slice(0,h).map(([p])=>p)));this.stroke=null,r.length>1?this.send({type:"draw",points:r}):this.map.paintPoints()}if(this.dragged){let{row:r,at:a,moved:h}=this.dragged;this.dragged=null,h&&this.send({type:"move_point",row:r,at:a}),this.map.paintPoints()}}leave(){b(this.map.readout,"")}#e(t){let{still:e,isCurve:s}=this.map,[i,n]=this.map.place(t),r=this.#t(t),a=u=>e.task==="classes"?e.class_names[u]:st(u),h=s?`${e.axes[0].name} ${st(i)}, y ${st(n)}`:`${e.axes[0].name} ${st(i)}, ${e.axes[1].name} ${st(n)}`,c=this.map.answerAt(i,n),p=c===null?"":c.share===void 0?` → ${st(c.value)}`:` → ${e.class_names[c.number]} ${J(c.share)}`,d=r?` · sample ${r.row+1} (${r.part}): ${a(r.target)}`:"";b(this.map.readout,h+p+d)}};var ot={left:38,right:8,top:8,bottom:30},kc=600,$c="the arrow keys move a place on it, Enter does what a click there does",Qs=class{constructor(t,e){this.tools=e,this.picture=new mt,this.gallery=[],this.map=l("canvas",{class:"map","aria-hidden":"true"}),this.points=l("canvas",{class:"points",tabindex:0,role:"application","aria-roledescription":"map","aria-label":"answers of the network and the samples"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.broken=l("p",{class:"broken",hidden:!0}),this.legend=new Fs,this.pointer=new Zs(this,{send:t,tools:e}),this.keys=new Xs(this,this.pointer);let s=[this.map,this.points,this.keys.mark,this.readout,this.broken];this.element=l("div",{class:"plane"},...s),this.size=[0,0],this.still=null}setCursor(t){this.points.style.cursor=t}take({still:t,lane:e,unit:s,colours:i,pictures:n},r){this.element.classList.toggle("picture",!!n),this.size=[this.element.clientWidth,this.element.clientHeight];let a=this.still?.samples;this.still=t,this.lane=e,this.unit=s,this.colours=i,this.pictures=n,this.#t(),this.#i(),this.#e();let h=[t.run,i.id,...this.size,this.y.domain,...this.tools.parts].join();h===this.key&&a===t.samples&&!r||(this.key=h,this.paintPoints())}get isCurve(){return this.still.axes.length===1}#t(){let[t,e]=this.still.axes;this.targetsOf!==this.still&&(this.targetsOf=this.still,this.targets=et(this.still.samples.flatMap(({target:p})=>p))??[0,0]);let[s,i]=this.targets,n=.12*(i-s||1),r=e?[e.low,e.high]:[s-n,i+n],[a,h]=this.size;this.x=_([t.low,t.high],[ot.left,a-ot.right]),this.y=_(r,[h-ot.bottom,ot.top]);let c=[a-ot.left-ot.right,h-ot.top-ot.bottom];this.box=[ot.left,ot.top,...c]}#e(){let{still:t,lane:e,unit:s,pictures:i,colours:n}=this,r=t.task==="classes"&&!s&&!i?t.class_names:null;this.legend.take({classes:r,scale:r?null:this.#s(),colours:n});let a=`diverged at epoch ${P(e.diverged)}: its numbers are not finite any more`,h=e.diverged!=null?a:"";b(this.broken,h),w(this.broken,{hidden:!h});let c=t.axes.map(({name:m,low:g,high:x})=>`${m} from ${I(g)} to ${I(x)}`),d=t.samples.filter(({part:m})=>this.tools.parts.has(m)).map(({part:m,rows:g})=>`${P(g.length)} ${m} samples`),u=`what the network answers over ${c.join(", ")}; on it ${d.join(", ")}; ${$c}. ${h}`,f=i?"the weights of the first units as pictures":u.trim();k(this.points,"aria-label",f)}#s(){let{unit:t,pictures:e,targets:s}=this;if(t?.grid){let{low:r,high:a}=t.grid;return{name:"activation",texts:[I(r),"0",I(a)]}}if(e)return{name:"weight of a pixel",texts:["below 0","0","above 0"]};if(this.isCurve||this.still.task==="classes")return null;let[i,n]=s;return{name:"answer",texts:[i,(i+n)/2,n].map(r=>I(r))}}place({offsetX:t,offsetY:e}){return[this.x.invert(t),this.y.invert(e)]}spot(t,e){return[this.x(t.x[e]),this.y(this.isCurve?t.target[e]:t.y[e])]}answerAt(t,e){let{map:s}=this.lane;if(this.unit||!s?.strength||this.pictures)return null;let{width:i,height:n,low:r,high:a,bytes:h}=s.strength,[c,p]=this.still.axes,d=Math.floor(i*(t-c.low)/(c.high-c.low)),u=Math.floor(n*(p.high-e)/(p.high-p.low)),f=Math.min(n-1,u)*i+Math.min(i-1,d),m=r+(a-r)*Vt(h)[f]/255;return s.kind==="values"?{value:m}:s.winner?{number:Vt(s.winner.bytes)[f],share:m}:m<.5?{number:0,share:1-m}:{number:1,share:m}}#i(){let[t,e]=this.size;if(!t)return;let s=q(this.map,t,e),{unit:i,lane:n,pictures:r,colours:a}=this;if(this.isCurve)return this.#r(s,i?.curve?this.#n(i):n.map);if(s.imageSmoothingEnabled=!1,r&&!i)return this.#o(s);let h=i?.grid??n.map;if(!h)return;let c={isHard:this.tools.isHard,range:i?null:this.targets};s.drawImage(Dt(this.picture,h,a,c),...this.box)}#n({curve:t}){let[e,s]=this.x.domain;return{x:t.map((i,n)=>e+(s-e)*n/(t.length-1)),y:[t]}}#o(t){let[e,s,i,n]=this.box,r=Math.ceil(Math.sqrt(this.pictures.length)),a=Math.min(i,n)/r;this.pictures.forEach((h,c)=>{this.gallery[c]??=new mt;let[p,d]=[e+a*(c%r),s+a*Math.floor(c/r)];t.drawImage(Dt(this.gallery[c],h,this.colours),p,d,a-6,a-6)})}#r(t,e){e&&(t.beginPath(),t.rect(...this.box),t.clip(),t.lineWidth=2.5,e.y.forEach((s,i)=>{t.strokeStyle=A(this.colours.ofClass(i?i+1:1)),X(t,e.x,s,this.x,this.y)}))}paintPoints(){let[t,e]=this.size;if(!t||!this.still)return;let s=q(this.points,t,e);this.#h(s,t,e);let{dragged:i,stroke:n}=this.pointer;for(let h of this.still.samples){if(!this.tools.parts.has(h.part))continue;let c=h.rows.length>kc?2.2:3.6;h.rows.forEach((p,d)=>{i?.row!==p&&this.#a(s,h.part,this.spot(h,d),h.target[d],c)})}if(i){let h=[this.x(i.at[0]),this.y(i.at[1])];this.#a(s,"train",h,i.target,5)}if(!n)return;s.strokeStyle=A(this.colours.mark),s.lineWidth=2;let[r,a]=[0,1].map(h=>n.map(c=>c[h]));X(s,r,a,this.x,this.y)}#a(t,e,s,i,n){let[r,a]=s,h=this.still.task==="classes"?i:0,c=A(this.#l(i));Me(t,{form:h,part:e,x:r,y:a,radius:n,colour:c,colours:this.colours})}#l(t){let{colours:e}=this;if(this.still.task==="classes")return e.ofClass(t);if(this.isCurve)return e.negative;let[s,i]=this.targets,n=(t-s)/(i-s||1),r=n<.5?e.negative:e.positive;return e.mix(r,.3+1.2*Math.abs(n-.5))}#h(t,e,s){let[i,n]=this.still.axes,[r,a,h,c]=this.box;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.75),t.strokeStyle=this.colours.faint(.3),t.strokeRect(r-.5,a-.5,h+1,c+1);let p=s-ot.bottom+13;ut(t,this.x,{values:dt(...this.x.domain,5),baseline:p}),t.fillText(i.name,(e+ot.left)/2,s-3),ut(t,this.y,{values:dt(...this.y.domain,5),right:ot.left-5}),n&&(t.save(),t.translate(10,s/2-10),t.rotate(-Math.PI/2),t.textAlign="center",t.fillText(n.name,0,0),t.restore())}};function Tr({classes:o,confusion:t},e){let s=Math.max(...t.flat(),1),i=(a,h,c)=>{let p=l("td",{},a?String(a):"·"),d=h===c?e.positive:e.negative;return p.style.background=a?A(d,.12+.4*(a/s)):"",p},n=t.map((a,h)=>[o[h],...a.map((c,p)=>i(c,h,p))]),r=[l("span",{class:"visually-hidden"},"true class")];return l("figure",{class:"confusion"},l("figcaption",{},"Confusion matrix: true classes down, answers across"),xt({},[r,...o],n))}function Mr({perClass:o}){let t=o.map(([s,i,n,r,a])=>[s,...[i,n,r].map(h=>T(U(h))),P(a)]),e=["class","precision","recall","F1","samples"];return l("figure",{},l("figcaption",{},"Scores per class"),xt({},e,t))}function Or({wrong:o,wrongs:t,classes:e},s,i){let n=o.map(({row:c,true:p,guess:d,p:u,picture:f,x:m})=>{let g=`open sample ${c+1} on the score sheet: its forward and backward pass`,x=m?.map(([y,v])=>L`${y} ${R(v)}`);return l("button",{type:"button",class:"wrong",title:g,onclick:()=>i(c)},f?Ne(f,56,s):l("span",{class:"note"},...T(Nt(", ",x))),l("span",{},`${e[p]} → ${e[d]}`),l("span",{class:"note"},...T(U(u))))}),r=t>o.length?`, the ${o.length} surest`:"",h=t?`Misclassified: ${P(t)}${r} (true → answer, its probability). Click one to step through it.`:"Nothing is misclassified.";return l("figure",{class:"wrongs"},l("figcaption",{},h),l("div",{},...n))}function Ar({predicted:o,residuals:t},e){let[s,i]=[420,240],n=l("canvas",{role:"img","aria-label":"residuals over predictions"});Object.assign(n.style,{width:`${s}px`,height:`${i}px`});let r=q(n,s,i),a=_(Ki(et(o),1),[52,s-12]),h=_(Ki(et([...t,0]),1),[i-32,8]);return r.font=`11px ${e.font}`,r.fillStyle=e.faint(.75),ut(r,a,{values:dt(...a.domain,5),baseline:i-18}),r.fillText("predicted",s/2,i-3),ut(r,h,{values:dt(...h.domain,5),right:46}),r.strokeStyle=e.faint(.5),X(r,a.domain,[0,0],a,h),r.fillStyle=A(e.positive,.7),o.forEach((c,p)=>{r.beginPath(),r.arc(a(c),h(t[p]),2.6,0,2*Math.PI),r.fill()}),l("figure",{},l("figcaption",{},"Residuals: true minus predicted"),n)}function ti(){let o=l("summary",{}),t=l("div",{}),e=l("details",{class:"formula-of"},o,t),s="";return{element:e,update:n=>{b(o,n.text);let r=JSON.stringify(n);if(r===s)return;s=r;let{sentence:a,formulas:h,code:c}=n;t.replaceChildren(l("p",{class:"note"},a),...h.map(p=>l("div",{class:"line"},Z(p))),l("pre",{},...c.map(([p,d])=>l("code",{},`# ${p}
${d}
`))))}}}var zr=40,si=class{constructor({send:t}){this.send=t;let e=s=>{s.preventDefault(),this.#e()};this.form=l("form",{class:"point",onsubmit:e}),this.answer=l("div",{class:"given"}),this.pad=new pn(s=>t({type:"digit",drawing:s,gesture:"digit"})),this.element=l("div",{class:"try"},l("h3",{},"Ask the network"),this.form,this.pad.element,this.answer)}take(t,e,s){if(e&&this.#s(e,s),t.run===this.run)return;this.run=t.run,this.answer.replaceChildren();let i=JSON.stringify([t.features,t.image_shape]);i!==this.key&&this.#t(t),this.key=i}#t({features:t,image_shape:e}){this.pad.element.hidden=!e,this.form.hidden=!!e||t.length>zr,this.inputs=t.slice(0,zr).map(s=>l("input",{type:"text",inputmode:"decimal","aria-label":s,value:"0"})),this.form.replaceChildren(...this.inputs.map((s,i)=>l("label",{},l("span",{},t[i]),s)),l("button",{type:"submit"},"Predict"))}#e(){this.send({type:"predict",point:this.inputs.map(t=>t.value)})}#s({classes:t,probabilities:e,guess:s,values:i,picture:n},r){let a=(d,u,...f)=>l("div",{class:u?"bar chosen":"bar"},l("span",{},d),...f),h=t?t.map((d,u)=>{let f=l("span",{},...T(U(e[u])));return a(d,u===s,Sc(e[u],r.ofClass(u)),f)}):i.map((d,u)=>{let f=i.length>1?`output ${u+1}`:"answer";return a(f,!1,l("b",{},...T(R(d))))}),c=l("p",{class:"note"},"what the network reads:"),p=n?[c,Ne(n,84,r)]:[];this.answer.replaceChildren(...p,...h)}};function Sc(o,t){let e=l("i",{}),s=`${Math.round(100*(o??0))}%`;return Object.assign(e.style,{width:s,background:A(t)}),l("span",{class:"track"},e)}var Lt=96,ei=192,pn=class{constructor(t){this.onDrawn=t,this.canvas=l("canvas",{class:"paper",width:Lt,height:Lt,role:"img","aria-label":"draw a digit here"}),Object.assign(this.canvas.style,{width:`${ei}px`,height:`${ei}px`}),this.context=this.canvas.getContext("2d",{willReadFrequently:!0}),this.element=l("div",{class:"drawing"},l("p",{class:"note"},"Draw a digit:"),this.canvas,l("button",{type:"button",onclick:()=>this.context.clearRect(0,0,Lt,Lt)},"Clear")),this.canvas.addEventListener("pointerdown",e=>{this.canvas.setPointerCapture(e.pointerId),this.last=this.#t(e),this.#e(e)}),this.canvas.addEventListener("pointermove",e=>this.last&&this.#e(e));for(let e of["pointerup","pointercancel"])this.canvas.addEventListener(e,()=>{this.last&&this.#s(),this.last=null})}#t(t){return[t.offsetX*Lt/ei,t.offsetY*Lt/ei]}#e(t){let{context:e}=this,s=this.#t(t);e.lineWidth=8,e.lineCap="round",e.beginPath(),e.moveTo(...this.last),e.lineTo(...s),e.stroke(),this.last=s}#s(){let{data:t}=this.context.getImageData(0,0,Lt,Lt),e="";for(let s=3;s<t.length;s+=4)e+=String.fromCharCode(t[s]);this.onDrawn(btoa(e))}};var ii=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.parts=l("select",{"aria-label":"which samples are examined",onchange:()=>this.#t(this.parts.value)}),this.head=l("p",{class:"score"}),this.body=l("div",{class:"results"}),this.samples=new si({send:e}),this.element=l("details",{class:"below examine",ontoggle:()=>this.element.open&&this.#t()},l("summary",{},"Examine the result"),l("div",{class:"head"},l("label",{},"Samples ",this.parts),this.head),l("div",{class:"columns"},this.body,this.samples.element))}#t(t=this.part){this.asked=this.#e(),this.send({type:"examine",part:t??null,gesture:"examine"})}#e(){let{run:t,viewing:e,step:s,focus:i}=this.store.frame;return[t,e.epoch,e.live&&s,i].join()}take({examined:t,answer:e}){let{still:s,colours:i}=this.store;s.run!==this.run&&(this.run=s.run,this.part=null),this.samples.take(s,e,i),t&&this.#i(t,i)}askIfOutdated(){let t=this.store.frame.status!=="running";this.element.open&&t&&this.asked!==this.#e()&&this.#t()}#s(t){E(this.head,t)}#i(t,e){this.part=t.part;let s=t.parts.map(r=>{let a=r===t.part?P(t.samples):"…";return[r,`${r} (${a})`]});N(this.parts,s,t.part);let i=`at epoch ${P(t.epoch)}`,n=L`loss ${R(t.loss)}`;if(t.kind==="classes"){let[r,a,h]=t.interval,c=L`between ${U(r)} and ${U(a)} with ${J(h,0)} confidence`;this.#s(L`accuracy ${U(t.accuracy)} ${i}, ${c} · ${n}`);let p=d=>this.send({type:"to_sheet",row:d});V(this.body,Tr(t,e),Mr(t),Or(t,e,p),...Pr(t))}else{let[r,a]=[t.rmse,t.mae].map(c=>Nt(", ",c.map(R))),h=L`root mean squared error ${r} · mean absolute error ${a}`;this.#s(L`R² ${R(t.r2)} ${i} · ${h} · ${n}`),V(this.body,Ar(t,e),...Pr(t))}}};function Pr({formulas:o}){return o.map(t=>{let{element:e,update:s}=ti();return s(t),e})}var ni=class{constructor(t,e){this.send=e,this.list=l("div",{}),this.menu=l("details",{class:"menu"},l("summary",{},"Experiments ▾"),this.list),this.title=l("h2",{}),this.question=l("p",{class:"question"}),this.look=l("p",{class:"look"}),this.answer=l("p",{}),this.fold=l("details",{class:"fold"},l("summary",{},"The answer"),this.answer),this.claim=l("p",{class:"claim",role:"status"}),this.rival=l("p",{class:"note"}),this.table=l("table",{}),this.card=l("section",{class:"card","aria-label":"experiment",hidden:!0},this.title,this.question,this.look,this.claim,this.rival,this.table,this.fold,l("button",{type:"button",class:"quiet","aria-label":"close the experiment",onclick:()=>e({type:"experiment",key:null})},"✕")),this.stop=t.listen("pointerdown",s=>{s.composedPath().includes(this.menu)||(this.menu.open=!1)})}take({experiments:t,experiment:e}){if(t&&V(this.list,...t.map(([a,h,c])=>l("button",{type:"button",title:c,onclick:()=>{this.menu.open=!1,this.send({type:"experiment",key:a})}},h))),e===void 0||(this.card.hidden=!e,!e))return;this.title.textContent!==e.label&&w(this.fold,{open:!1}),b(this.title,e.label),b(this.question,e.question),b(this.look,`What to look at: ${e.look}`),b(this.answer,e.answer+(e.source?` (${e.source})`:""));let{claim:s,rival:i}=e;b(this.claim,s?`${s.holds?"✓":"✗"} This run: ${s.sentence}`:""),k(this.claim,"data-holds",String(s?.holds??""));let n=i&&(i.share<1?`learning, ${J(i.share,0)} done`:"done");b(this.rival,i?`${i.label}: ${Gt(i.parameters)} parameters, ${n}`:"");let r=(i?.rows??[]).map(([a,...h])=>[String(a),...h.map(c=>T(U(c)))]);this.table.replaceChildren(...r.length?bt(i.columns,r):[])}};var oi=class{constructor(t,{send:e,openFile:s,first:i}){this.host=t;let n=(h,c,p)=>l("button",{type:"button",title:c,onclick:p},h),r=l("input",{type:"file",hidden:!0,"aria-label":"run file",onchange:()=>{r.files[0]&&s(r.files[0],"run"),r.value=""}});this.copy=n("copy link","the whole setup as a link: seed and steps make the weights again",()=>this.#t());let a=l("input",{type:"file",hidden:!0,"aria-label":"network file",onchange:()=>{a.files[0]&&s(a.files[0],"network"),a.value=""}});this.file=r,this.network=a,this.send=e,this.saves=l("span",{class:"saves"}),this.element=l("div",{class:"bar"},i,this.copy,this.saves,n("open run …",null,()=>r.click()),r,n("train the sheet's network","begin a training with the network, the weights and the samples of the score sheet",()=>e({type:"from_sheet"})),n("open network …","begin a training with the network in a file",()=>a.click()),a,n("step through this batch","open this network with the batch of its next step on the score sheet",()=>e({type:"to_sheet"})))}offer({run:t,network:e}){this.file.accept=t.open.join(","),this.network.accept=e.open.join(",");let s=t.choose.map(i=>new ce(i,n=>this.send({type:"save",format:n})));this.saves.replaceChildren(...dn(this.send,"save",t.save),...s.flatMap(i=>[l("button",{type:"button",onclick:()=>i.open()},`${i.title} …`),i.element]))}async#t(){await navigator.clipboard?.writeText(this.host.address.link({d:null,v:null})),b(this.copy,"copied"),setTimeout(()=>b(this.copy,"copy link"),1500)}};function dn(o,t,e){return e.map(([s,i,n])=>l("button",{type:"button",title:n,onclick:()=>o({type:t,format:s})},`save ${i}`))}var Lr=[["weights","weights W"],["activations","activations a"],["gradients","gradients ∂L/∂W"]],ri=92,un=44,Cr=62,ai=class{constructor(){this.element=l("div",{class:"layers"}),this.cells=[]}#t(t){this.cells.length!==t&&(this.cells=Array.from({length:t},(e,s)=>Lr.map(([i,n])=>{let r=l("canvas",{role:"img","aria-label":`layer ${s+1}: distribution of ${n} over the epochs`});return r.style.height=`${ri}px`,{kind:i,canvas:r}})),this.element.replaceChildren(l("span",{}),...Lr.map(([,e])=>l("b",{},e)),...this.cells.flatMap((e,s)=>[l("span",{class:"layer"},`layer ${s+1}`),...e.map(({canvas:i})=>i)])))}take({bands:t,lane:e,colours:s,cursor:i}){if(!e.layers.length||!this.element.clientWidth)return;this.#t(e.layers.length);let n=this.cells[0][0].canvas.clientWidth;this.cells.forEach((r,a)=>r.forEach(({kind:h,canvas:c})=>{let p=t?.[h]?.map(d=>d[a])??[];this.#e(q(c,n,ri),n,p,t?.epoch??[],e.layers[a][h],s,i)}))}#e(t,e,s,i,n,r,a){let[h,c]=[n.low??0,n.high??0];for(let m of s)m[0]!=null&&m[0]<h&&(h=m[0]),m[6]!=null&&m[6]>c&&(c=m[6]);c>h||([h,c]=[h-.5,c+.5]);let p=e-Cr,d=_([h,c],[ri-6,6]),u=_([0,i.at(-1)||1],[un,p-6]);t.font=`10px ${r.font}`,t.fillStyle=r.faint(.7),ut(t,d,{values:dt(h,c,3),right:un-4});let f=r.positive;for(let[m,g,x]of[[0,6,.16],[1,5,.28],[2,4,.5]]){t.fillStyle=A(f,x),t.beginPath(),s.forEach((y,v)=>y[g]!=null&&t.lineTo(u(i[v]),d(y[g])));for(let y=s.length-1;y>=0;y--)s[y][m]!=null&&t.lineTo(u(i[y]),d(s[y][m]));t.fill()}t.strokeStyle=A(f),t.lineWidth=1.4,X(t,i,s.map(m=>m[3]),u,d),t.strokeStyle=r.faint(.35),h<0&&c>0&&X(t,[un,p],[0,0],m=>m,d),a!==null&&(t.strokeStyle=A(r.mark),os(t,u(a),4,ri-4)),this.#s(t,p,n,d,r)}#s(t,e,{low:s,high:i,counts:n},r,a){let h=Math.max(...n,1);t.fillStyle=a.faint(.55),n.forEach((c,p)=>{let d=(i-s)/n.length,[u,f]=[r(s+(p+1)*d),r(s+p*d)];t.fillRect(e,u,(Cr-8)*c/h,Math.max(1,f-u-.5))})}};var Ct=72,li=class{constructor({send:t,focus:e}){this.send=t,this.maps=l("div",{class:"lanes",role:"group","aria-label":"networks side by side"}),this.table=l("table",{}),this.about=l("p",{class:"muted"}),this.saves=l("span",{class:"saves"}),this.body=null,this.element=l("section",{class:"comparison",hidden:!0},l("div",{class:"head"},l("h3",{},"Comparison"),this.saves,l("button",{type:"button",title:"go on with the network in focus alone",onclick:()=>t({type:"keep",lane:e()})},"Keep the one in focus")),this.about,this.table),this.cells=[]}offer({comparison:t}){this.saves.replaceChildren(...dn(this.send,"export",t.save))}take(t,e,s){let i=t.lanes.length>1;this.element.hidden=this.maps.hidden=!i,i&&(this.#t(t,e),t.lanes.forEach((n,r)=>{let{button:a,canvas:h,picture:c,label:p,broken:d}=this.cells[r];k(a,"aria-pressed",String(r===t.focus)),b(p,n.label),b(d,n.diverged===null?"":`diverged at epoch ${P(n.diverged)}`),d.hidden=n.diverged===null,p.style.borderColor=A(s.ofClass(r)),n.map&&this.#s(h,c,n.map,s,r),this.#e(r,n,e,t.focus)}))}#t(t,e){b(this.about,e.compared);let s=`${e.run} ${t.lanes.length}`;if(this.key===s)return;this.key=s;let i=e.samples.flatMap(p=>p.target);this.range=[Math.min(...i),Math.max(...i)],this.cells=t.lanes.map((p,d)=>{let u=l("canvas",{"aria-hidden":"true"});Object.assign(u.style,{width:`${Ct}px`,height:`${Ct}px`});let f=l("span",{}),m=l("em",{hidden:!0});return{button:l("button",{type:"button",class:"lane",onclick:()=>this.send({type:"focus",lane:d})},l("div",{},u,m),f),canvas:u,label:f,broken:m,picture:new mt}}),V(this.maps,...this.cells.map(({button:p})=>p));let n=e.samples.some(({part:p})=>p==="validation")?"validation":"training",r=e.metric==="accuracy"?"accuracy then":"R² then",a=[e.choice||"network","parameters",`best ${n} loss`,r,"at epoch",`${n} loss now`,"seconds"],[h,c]=bt(a,t.lanes.map(()=>Array(a.length).fill("")));this.table.replaceChildren(h,c),this.body=c}#e(t,e,s,i){let n=this.body.children[t];k(n,"class",t===i?"chosen":"");let{score:r}=e;[e.label,P(s.lanes[t].parameters),R(r.best),s.metric==="accuracy"?U(r.best_metric):R(r.best_metric),P(r.best_epoch),e.diverged!==null?`diverged at epoch ${P(e.diverged)}`:R(e.now.validation_loss??e.now.train_loss),R(r.seconds)].forEach((h,c)=>E(n.children[c],h))}#s(t,e,s,i,n){let r=q(t,Ct,Ct);if(s.kind!=="curve"){r.imageSmoothingEnabled=!1,r.drawImage(Dt(e,s,i,{range:this.range}),0,0,Ct,Ct);return}let[a]=s.y,h=_([0,s.x.length-1],[0,Ct]),c=_(et(a)??[0,0],[Ct-4,4]);r.strokeStyle=A(i.ofClass(n)),r.lineWidth=2,X(r,null,a,h,c)}};var Ae=250;function Nr(o,{nodes:t,pictures:e,still:s,lane:i,colours:n}){o.imageSmoothingEnabled=!1,t.forEach((r,a)=>{let h=a?i.units[a-1]:s.input_maps;r.forEach((c,p)=>{let{x:d,y:u,half:f}=c,m=[d-f,u-f,2*f,2*f],g=a>0&&h?.dead.includes(p);o.fillStyle=A(n.ground),o.fillRect(...m),Ec(o,m,{number:a,unit:p,maps:h,picture:e[a][p],still:s,lane:i,colours:n}),o.strokeStyle=g?A(n.negative):n.faint(.55),o.lineWidth=g?2:1,o.strokeRect(...m),g&&(o.beginPath(),o.moveTo(d-f,u+f),o.lineTo(d+f,u-f),o.stroke())})})}function Ec(o,t,{number:e,unit:s,maps:i,picture:n,still:r,lane:a,colours:h}){let c=a.shown?.activations[e-1];if(!e&&r.pictured){let p=h.strength(h.text,!1);o.drawImage(n.paint(r.pictured.picture,p),...t)}else i?.grids[s]?o.drawImage(Dt(n,i.grids[s],h),...t):i?.curves[s]?Mc(o,t,i.curves[s],h):c&&Tc(o,t,c,s,h)}function Tc(o,t,e,s,i){let n=Math.max(1e-9,...e.map(h=>Math.abs(h??0))),r=e[s]??0,a=r<0?i.negative:i.positive;o.fillStyle=A(i.mix(a,.9*Math.abs(r)/n)),o.fillRect(...t)}function Mc(o,[t,e,s],i,n){let r=_([0,i.length-1],[t,t+s]),a=_(et(i)??[0,0],[e+s-2,e+2]);o.strokeStyle=A(n.positive),o.lineWidth=1.5,X(o,null,i,r,a)}function _r(o,{nodes:t,width:e,still:s,lane:i,heading:n,colours:r}){let{layers:a}=n,{image_shape:h,pictured:c}=s;o.font=`11px ${r.font}`,o.fillStyle=r.faint(.8),o.textAlign="center";let p=(m,g,x)=>{let y=o.measureText(m).width/2;o.fillText(m,Math.min(Math.max(g,y),e-y),x)},d=t.length>1?t[1][0].x-t[0][0].x:1/0,u=({outputs:m,activation:g})=>o.measureText(`${m} · ${g} `).width,f=a.some(m=>u(m)>d);t.forEach((m,g)=>{p(Oc(m,g,a,h,f),m[0].x,12);let x=g?i.layers[g-1]?.dead_units:0;x&&o.fillText(`${x} dead`,m[0].x,Ae-4)}),c?Ac(p,t[0][0],c,i.shown??{}):zc(o,t[0],s.inputs),Pc(o,t.at(-1),s.class_names,e)}function Oc(o,t,e,s,i){let n=!t&&s,r=t?e[t-1].outputs:e[0].inputs;if(n)return`${s.join(" × ")} pixels`;if(i)return String(r);let a=r>o.length?` (${o.length} of ${r})`:"";return t?`${r} · ${e[t-1].activation}${a}`:`${r} input${r>1?"s":""}${a}`}function Ac(o,{x:t,y:e,half:s},i,{guess:n,probability:r}){o(`sample ${i.row+1}: ${i.true}`,t,e+s+15),n&&o(`taken for ${n} (${D(J(r))})`,t,e+s+30)}function zc(o,t,e){o.textAlign="right",t.forEach(({x:s,y:i,half:n},r)=>{n<5||o.fillText(e[r]??"",s-n-4,i+4,Math.max(19,s-n-4))})}function Pc(o,t,e,s){e.length!==t.length||t[0].half<4||(o.textAlign="left",t.forEach(({x:i,y:n,half:r},a)=>{o.fillText(e[a],i+r+4,n+4,Math.max(10,s-i-r-4))}))}var Lc=7;function Rr(o,{weights:t,nodes:e,colours:s,skipsFirst:i,chosen:n}){t.forEach((r,a)=>{if(!a&&i)return;let h=1e-9;for(let d of r)for(let u of d)Math.abs(u)>h&&(h=Math.abs(u));let[c,p]=[e[a],e[a+1]];p.forEach((d,u)=>c.forEach((f,m)=>{let g=r[u]?.[m];if(g==null)return;let x=Math.abs(g)/h,y=n&&n.layer===a&&n.unit===u&&n.source===m;o.strokeStyle=y?A(s.mark):A(g<0?s.negative:s.positive,.15+.75*x),o.lineWidth=(y?1.6:.4)+4*x,o.setLineDash(g<0?[6,4]:[]);let[v,$]=[f.x+f.half,d.x-d.half],S=(v+$)/2;o.beginPath(),o.moveTo(v,f.y),o.bezierCurveTo(S,f.y,S,d.y,$,d.y),o.stroke()}))}),o.setLineDash([])}function Dr(o,t,{weights:e,nodes:s,skipsFirst:i}){let[n,r]=[null,Lc];return e.forEach((a,h)=>{if(!h&&i)return;let[c,p]=[s[h],s[h+1]],[d,u]=[c[0].x+c[0].half,p[0].x-p[0].half];if(o<d||o>u)return;let f=Cc((o-d)/(u-d));p.forEach((m,g)=>c.forEach((x,y)=>{let v=x.y+(m.y-x.y)*(3*f*f-2*f*f*f),$=a[g]?.[y];Math.abs(v-t)<r&&$!=null&&([n,r]=[{layer:h,unit:g,source:y,value:$},Math.abs(v-t)])}))}),n}function Cc(o){let t=o;for(let e=0;e<6;e++){let s=1.5*t*(1-t)**2+1.5*t*t*(1-t)+t**3,i=1.5*(1-t)**2+1.5*t*t;t=Math.min(1,Math.max(0,t-(s-o)/(i||1)))}return t}var Ir=232;function Br(o){return o==null?"":O(o)}var hi=class{constructor({send:t}){this.send=t,this.title=l("b",{}),this.fields=l("div",{class:"numbers"}),this.element=l("form",{class:"unit-editor",hidden:!0,"aria-label":"numbers of one unit",onsubmit:e=>e.preventDefault(),onkeydown:e=>this.#s(e)},l("div",{class:"head"},this.title,l("button",{type:"button",class:"quiet","aria-label":"close",onclick:()=>this.close()},"✕")),this.fields),this.chosen=null}open(t,e,s,{x:i,y:n,width:r},a){this.back=B(this.element),this.chosen={...t,source:e},b(this.title,t.name),this.inputs=s.map((d,u)=>this.#t(`weight of ${d}`,`from ${d}`,u));let h=this.#t(`bias of ${t.name}`,"bias",null);this.bias=h.input,V(this.fields,h.element,...this.inputs.map(({element:d})=>d)),w(this.element,{hidden:!1}),Object.assign(this.element.style,{left:`${Math.max(0,Math.min(i,r-Ir))}px`,top:`${n}px`,width:`${Math.min(Ir,r)}px`}),this.take(a);let c=e===null?this.bias:this.inputs[e]?.input,p=c?.disabled?this.inputs[0]?.input:c;p?.focus(),p?.select()}#t(t,e,s){let n=Q({inputmode:"decimal",autocomplete:"off","aria-label":t},r=>this.#e(r,s));return{input:n,element:l("label",{},l("span",{},e),n)}}#e(t,e){if(!this.chosen)return;let{layer:s,unit:i}=this.chosen;this.send({type:"set_parameter",layer:s,unit:i,source:e,value:t})}#s(t){t.key==="Escape"&&this.close(),t.stopPropagation()}close(){w(this.element,{hidden:!0}),this.chosen=null,this.back?.focus?.()}take(t){if(!this.chosen||!t?.weights)return;this.numbers=t;let{layer:e,unit:s}=this.chosen,i=t.weights[e]?.[s];if(!i)return this.close();let n=t.biases?.[e];w(this.bias,{disabled:!n}),G(this.bias,Br(n?.[s])),this.inputs.forEach(({input:r},a)=>G(r,Br(i[a])))}};var Nc=40,_c=12,Rc=72,mn=46,Wr=66,Dc=104,Ic=12,jr=16,Bc={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]},ci=class{constructor({point:t,send:e}){this.point=t,this.send=e,this.canvas=l("canvas",{role:"img","aria-label":"network: a small map per unit, a line per weight"}),this.units=l("div",{class:"units",role:"group","aria-label":"units; arrow keys go from one to the next, Enter opens its numbers",onkeydown:s=>this.#a(s)}),this.sizes=l("div",{class:"sizes",role:"group","aria-label":"layers and units"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.editor=new hi({send:e}),this.element=l("div",{class:"network"},this.canvas,this.units,this.sizes,this.readout,this.editor.element),this.nodes=[],this.pictures=[],this.unitButtons=new Map,this.pairs=new Map,this.canvas.addEventListener("pointermove",s=>this.#m(s)),this.canvas.addEventListener("pointerleave",()=>b(this.readout,"")),this.canvas.addEventListener("click",s=>this.#f(s))}take(t){this.shown=t;let e=this.element.clientWidth;if(!e)return;this.#e(e);let{weights:s,biases:i,colours:n}=t,r=q(this.canvas,e,Ae),a={...t,nodes:this.nodes,pictures:this.pictures,width:e};s&&Rr(r,{...this.#t,colours:n,chosen:this.editor.chosen}),Nr(r,a),_r(r,a),this.editor.take({weights:s,biases:i})}get#t(){let{weights:t,still:e}=this.shown;return{weights:t,nodes:this.nodes,skipsFirst:!!e.image_shape}}#e(t){let{still:e,lane:s,alone:i}=this.shown,{layers:n}=this.shown.heading,r=s.units.map(({grids:g,curves:x,width:y})=>Math.min(y,Math.max(g.length,x.length)||jr)),a=[e.image_shape?1:Math.min(n[0].inputs,Ic),...n.map((g,x)=>r[x]??Math.min(g.outputs,jr))],h=[t,...a,e.run,i].join();if(h===this.key)return;this.key=h;let c=a.length,p=Ae-44,d=Math.min(Nc,p/Math.max(...a)-4,t/c-26),u=Math.max(_c,d);this.nodes=a.map((g,x)=>{let y=(t-mn-Wr)*x/(c-1),v=c===1?t/2:mn+y,$=Math.min(u+10,p/g),z=!x&&e.image_shape?Math.min(Rc,t/c-14):Math.min(u,$-2);return Array.from({length:g},(M,K)=>({x:x?v:Math.max(v,z/2),y:20+p/2+(K-(g-1)/2)*$,half:z/2}))}),this.pictures=this.nodes.map(g=>g.map(()=>new mt));let f=n.map(({outputs:g,activation:x})=>`${g} ${x}`),m=[n[0].inputs,...f].join(", then ");k(this.canvas,"aria-label",`network of ${m}: a small map per unit, a line per weight`),this.#i(),this.#l(t)}#s(t,e){let{still:s,heading:i}=this.shown,{layers:n}=i;if(t<0)return s.image_shape?"the picture":`input ${s.inputs[e]}`;if(t<n.length-1)return`layer ${t+1}, unit ${e+1}`;let{class_names:r}=s;return r.length===n.at(-1).outputs?`output ${r[e]}`:`output ${e+1}`}#i(){let t=this.nodes.flatMap((e,s)=>e.map((i,n)=>this.#n(i,s-1,n)));t.length&&!t.some(({tabIndex:e})=>e===0)&&(t[0].tabIndex=0),ht(this.units,t)}#n({x:t,y:e,half:s},i,n){let r=`${i},${n}`;this.unitButtons.has(r)||this.unitButtons.set(r,this.#r(i,n));let a=this.unitButtons.get(r),h=this.#s(i,n),c=this.#o(i),p=i<0?`show ${h}`:`show what ${h} responds to; its numbers open with a click`;w(a,{title:c?"another sample":h,ariaLabel:c?"another sample":p});let d=`${2*s}px`;return Object.assign(a.style,{left:`${t-s}px`,top:`${e-s}px`,width:d,height:d}),a}#o(t){return t<0&&!!this.shown.still.image_shape}#r(t,e){let s=i=>()=>{let n=this.#s(t,e);this.point(i?{layer:t,unit:e,name:n}:null),b(this.readout,i?this.#p(t,e,n):"")};return l("button",{type:"button",tabindex:-1,"data-column":t+1,"data-unit":e,onpointerenter:s(!0),onpointerleave:s(!1),onfocus:s(!0),onblur:s(!1),onclick:()=>{this.#o(t)?this.send({type:"sample",row:null}):t>=0&&this.#u(t,e,null)}})}#a(t){let e=Bc[t.key],{column:s,unit:i}=t.target.dataset;if(!e||s===void 0)return;t.preventDefault(),t.stopPropagation();let n=Math.min(this.nodes.length-1,Math.max(0,Number(s)+e[0])),r=Math.min(this.nodes[n].length-1,Math.max(0,Number(i)+e[1]));for(let a of this.units.children){let h=a.dataset.column===String(n)&&a.dataset.unit===String(r);a.tabIndex=h?0:-1,h&&a.focus()}}#l(t){let{alone:e,heading:s}=this.shown,i=s.layers.slice(0,-1),n=(t-mn-Wr)/Math.max(1,this.nodes.length-1);if(!e||n<Dc)return ht(this.sizes,[]);let r=this.#h(0,t,"layers","hidden layer",{less:{type:"remove_layer",index:null},more:{type:"add_layer"},canLess:i.length>0});return ht(this.sizes,[r,...i.map(({outputs:a},h)=>this.#h(h+1,t,"units",`unit in layer ${h+1}`,{less:{type:"add_units",layer:h,count:-1},more:{type:"add_units",layer:h,count:1},canLess:a>1}))])}#h(t,e,s,i,{less:n,more:r,canLess:a}){if(!this.pairs.has(t)){let p=(f,m,g)=>l("button",{type:"button",title:m,"aria-label":m,onclick:()=>this.send(g)},f),d=p("−",`one ${i} less`,n),u=p("+",`one ${i} more`,r);this.pairs.set(t,{fewer:d,element:l("span",{},d,l("i",{},s),u)})}let{fewer:h,element:c}=this.pairs.get(t);return w(h,{disabled:!a}),c.style.left=`${Math.min(Math.max(this.nodes[t][0].x,48),e-48)}px`,c}#p(t,e,s){let{still:i,lane:n,biases:r}=this.shown;if(t<0)return i.pictured?"click for another sample":s;let a=r?.[t]?.[e],h=n.shown?.activations[t]?.[e],c=[s,a==null?"no bias":`bias ${st(a)}`];return h!=null&&c.push(`answers ${st(h)}`),`${c.join(" · ")} (click to change)`}#c(t){return!this.shown?.weights||!this.nodes.length?null:Dr(t.offsetX,t.offsetY,this.#t)}#m(t){let e=this.#c(t);if(k(this.canvas,"class",e?"editable":""),!e)return b(this.readout,"");let{layer:s,unit:i,source:n,value:r}=e,a=`${this.#s(s,i)}: weight of ${this.#d(s,n)}`;return b(this.readout,`${a} is ${st(r)} (click to change)`)}#d(t,e){return t?this.#s(t-1,e):this.shown.still.inputs[e]}#f(t){let e=this.#c(t);e?this.#u(e.layer,e.unit,e.source):this.editor.chosen&&this.editor.close()}#u(t,e,s){let{still:i,weights:n,biases:r}=this.shown,a=t||!i.image_shape?n?.[t]?.[e]?.length??0:0,h=Array.from({length:a},(f,m)=>this.#d(t,m)),{x:c,y:p,half:d}=this.nodes[t+1][e],u={x:c+d+6,y:Math.min(p,Ae-60),width:this.element.clientWidth};this.editor.open({layer:t,unit:e,name:this.#s(t,e)},s,h,u,{weights:n,biases:r}),b(this.readout,"")}};var Wc=150;function jc(o,t){return t==="text"||t==="numbers"?o:o.trim()||null}function gn(o){return[o??""].flat().map(e=>typeof e=="number"?O(e):e).join(", ")}var pi=class{#t=new Map;constructor({send:t,isAnswered:e,openFile:s,colours:i}){this.send=t,this.isAnswered=e,this.openFile=s,this.colours=i}show(t,e,s){let i=s.map((n,r)=>this.#e(`${e} ${n.path??r} ${n.kind}`,n));ht(t,i)}#e(t,e){this.#t.has(t)||this.#t.set(t,this.#s(e,t));let s=this.#t.get(t);return s.update(e),s.element}#s(t,e){switch(t.kind){case"heading":return Kr(l("h3",{}));case"note":return Kr(l("p",{class:"note"}));case"group":return this.#i(e);case"ticks":return this.#n(e);case"actions":return this.#o();case"plot":return this.#r(t);case"formula":return ti();case"file":return this.#a();case"flag":return this.#h(t);case"choice":return this.#p(t);default:return this.#c(t)}}#i(t){let e=l("b",{}),s=l("div",{class:"fields"}),i=this.#o(),n=l("div",{class:"head"},e,i.element);return{element:l("div",{class:"group",role:"group"},n,s),update:r=>{ct(e,r.text),i.update(r),this.show(s,t,r.items)}}}#n(t){let e=l("div",{class:"ticks",role:"group","aria-label":"features"});return{element:e,update:({items:s})=>this.show(e,t,s)}}#o(){let t=l("div",{class:"actions"}),e=[],s=()=>{let n={button:null,event:null};return n.button=l("button",{type:"button",onclick:()=>this.send(n.event)}),n},i=({label:n,title:r=n,event:a,disabled:h=!1},c)=>{e[c]??=s(),e[c].event=a;let{button:p}=e[c];return ct(p,n),w(p,{title:r??n,ariaLabel:r??n,disabled:h}),p};return{element:t,update:({actions:n=[]})=>ht(t,n.map(i))}}#r({text:t}){let e=new ft({title:t,tall:90,across:""}),s=({x:i,y:n})=>{let r=this.colours();e.take([{x:i,y:n,colour:r.positive}],r)};return{element:e.element,update:i=>requestAnimationFrame(()=>s(i))}}#a(){let t=l("input",{type:"file",onchange:()=>{t.files[0]&&this.openFile(t.files[0],"csv"),t.value=""}}),e=l("span",{});return{element:l("label",{class:"file"},e,t),update:s=>{ct(e,s.text),t.accept=s.accept}}}#l(t,e){this.send({type:"set",path:t,value:e})}#h({path:t}){let e=l("input",{type:"checkbox",id:fn(t),onchange:()=>this.#l(t,e.checked)}),s=l("label",{for:e.id});return{element:l("div",{class:"field flag"},e,s),update:({label:i,sentence:n="",value:r,disabled:a=!1})=>{ct(s,i),Re(s,i,n),w(e,{title:n??""}),w(e,{checked:r,disabled:a??!1})}}}#p({path:t}){let e=[],s=l("select",{id:fn(t),onchange:()=>this.#l(t,e[s.selectedIndex][0])}),i=l("label",{for:s.id});return{element:l("div",{class:"field"},i,s),update:n=>{e=n.options,ct(i,n.label),Re(i,n.label,n.sentence),w(s,{title:n.sentence??""});let r=e.map(([a,h])=>[String(a),h]);N(s,r,String(n.value),n.as_given),s.disabled=n.disabled??!1}}}#c(t){let e=t,s=0,i=d=>{clearTimeout(s),(d!==gn(e.value)||!this.isAnswered())&&this.#l(e.path,jc(d,e.kind))},n=()=>{let{value:d}=a;qe(a,d),i(d)},r={id:`${fn(t.path)}-field`,inputmode:t.kind==="text"?"text":"decimal",autocomplete:"off",spellcheck:"false",onkeydown:d=>{let u={ArrowUp:1,ArrowDown:-1}[d.key];!u||!e.step||(d.preventDefault(),Fr(a,e,u),clearTimeout(s),s=setTimeout(n,Wc))}},a=Q(r,i),h=l("label",{for:a.id}),c=(d,u)=>{let f=`${u<0?"less":"more"} ${t.label}`;return l("button",{type:"button",class:"quiet",tabindex:-1,"aria-label":f,onclick:()=>{Fr(a,e,u),n()}},d)},p=t.step?[c("−",-1),c("+",1)]:[];return{element:l("div",{class:"field"},h,l("span",{class:"number"},a,...p)),update:d=>{e=d,ct(h,e.label),Re(h,e.label,e.sentence),w(a,{title:e.sentence??""}),a.placeholder=e.placeholder??"",a.disabled=e.disabled??!1,G(a,gn(e.value))}}}};function Kr(o){return{element:o,update:({text:t})=>b(o,t)}}function fn(o){return`setting-${String(o).replaceAll(",","-")}`}function Fr(o,t,e){let s=no(o.value)??t.low??0,i=t.times?s*t.step**e:s+t.step*e,n=Math.min(t.high??1/0,Math.max(t.low??-1/0,i));ye(o,gn(Number(n.toPrecision(6))))}var di=class{constructor({send:t,isAnswered:e,openFile:s}){this.isAnswered=e,this.items=new pi({send:t,isAnswered:e,openFile:s,colours:()=>this.colours}),this.tabs=l("div",{role:"tablist",class:"tabs","aria-label":"settings",onkeydown:n=>this.#s(n)}),this.panel=l("div",{role:"tabpanel",class:"panel",id:"settings-panel"});let i={class:"settings","aria-label":"settings"};this.element=l("section",i,this.tabs,this.panel),this.open="data",this.colours=null}take(t,e){if(!this.isAnswered())return!1;this.sections=t,this.colours=e;let s=t.map(({key:i})=>i).join();return this.tabs.dataset.of!==s&&(this.tabs.dataset.of=s,this.tabs.replaceChildren(...t.map(i=>this.#t(i)))),this.#i(),!0}#t({key:t,title:e}){return l("button",{...{type:"button",role:"tab","data-key":t,"aria-controls":"settings-panel"},onclick:()=>this.#e(t)},e)}#e(t){this.open=t,this.#i()}#s(t){let e={ArrowRight:1,ArrowLeft:-1}[t.key];if(!e)return;t.preventDefault(),t.stopPropagation();let s=this.sections.map(({key:i})=>i);this.#e(s[(s.indexOf(this.open)+e+s.length)%s.length]),this.tabs.querySelector('[aria-selected="true"]').focus()}#i(){for(let e of this.tabs.children){let s=e.dataset.key===this.open;e.setAttribute("aria-selected",String(s)),e.tabIndex=s?0:-1}let t=this.sections.find(({key:e})=>e===this.open)??this.sections[0];this.items.show(this.panel,t.key,t.items)}};var bn="mlpviz.train",Kc=150,ui=null,Hr=new Set,ue=null,mi=class{constructor(t,{send:e,epoch:s}){this.host=t,this.send=e,this.epoch=s,this.wanted=0,this.again=l("button",{type:"button",onclick:()=>this.#n()}),this.element=l("p",{class:"again",hidden:!0},this.again),ui??=Fc(t.tabs(bn)),this.stopListening=t.listen("pagehide",()=>this.#s())}take({again:t},e){if(t&&this.#i(t),!e)return;let s=this.#e();if(s&&s.ticket!==e&&!Hr.has(s.ticket)){Hr.add(s.ticket),this.#t(s,e);return}ue=e,this.#s()}#t({ticket:t,epoch:e},s){let i=!1,n=({data:r})=>{r.has===t&&(i=!0)};ui?.addEventListener("message",n),ui?.postMessage({asks:t}),setTimeout(()=>(ui?.removeEventListener("message",n),i?(ue=s,this.#s()):this.send({type:"resume",tab_token:t,epoch:e})),Kc)}#e(){try{let t=JSON.parse(this.host.storage.get(bn));return typeof t?.ticket=="string"?t:null}catch{return null}}#s(){ue&&this.host.storage.set(bn,JSON.stringify({ticket:ue,epoch:this.epoch()}))}#i(t){this.wanted=t,b(this.again,`train to epoch ${P(t)} again`),w(this.element,{hidden:!1})}#n(){w(this.element,{hidden:!0});let t=this.wanted-Math.floor(this.epoch());t>0&&this.send({type:"epochs",count:t})}stop(){this.stopListening()}};function Fc(o){return o?.addEventListener("message",({data:t})=>{t.asks&&t.asks===ue&&o.postMessage({has:ue})}),o}var qr=It(Ht,["play","epoch","step","reset","summary","help"])+" After them come the map, the curves and, last, the settings.",Hc={ready:"Press Space to let it learn, or E for one epoch.",running:"Press Space to stop; what stands here is read again then.",paused:"Press Space to go on, or Home to go back to the first moment.",done:"Examine the result below the curves, or change a setting and press R.",failed:"A smaller learning rate often helps: change it and press R."};function Ur({frame:o,still:t},e){return o?[qc(t,o),qr,Gc(o,e),Hc[o.status]]:["",qr,"",""]}function qc(o,{focus:t,lanes:e}){let{label:s,layers:i,parameters:n}=o.lanes[t],r=[i[0].inputs,...i.map(({outputs:c})=>c)].join("-"),a=o.samples.map(({part:c,target:p})=>`${P(p.length)} to ${Uc[c]}`),h=e.length>1?` It is ${s}, one of ${e.length} networks side by side.`:"";return`A network ${r} with ${P(n)} numbers that it learns, and samples: ${a.join(", ")}. Loss: ${o.loss}.${h}`}var Uc={train:"learn from",validation:"validate",test:"test"};function Gc({warnings:o},t){let e=o.filter(({over:s})=>!s).map(({sentence:s})=>F(s));return[`${t}.`,e.length?`Warnings: ${e.join("; ")}`:"No warnings."].join(" ")}var Gr="mlpviz-train-speed",Vr=120,Yr=ns([1e-5,10],[0,Vr]),fi=class{constructor(t,{send:e,isAnswered:s,toggle:i,travel:n}){this.send=e,this.host=t,this.speed=null,this.speeds=l("select",{class:"speed","aria-label":"speed",title:"how fast it learns at most; the numbers are the same at every speed",onchange:()=>{this.speed=this.speeds.value,t.storage.set(Gr,this.speed)}}),this.isAnswered=s;let r=(p,d,u)=>l("button",{type:"button",title:d,"aria-label":gt(p,d),onclick:u},p),a=p=>(p.classList.add("seldom"),p),h=p=>()=>e(p);this.play=l("button",{type:"button",class:"play",title:"play or pause (Space)",onclick:i},"▶ Play"),this.rate=l("input",{type:"range",min:0,max:Vr,step:1,"aria-label":"learning rate",oninput:()=>this.#t(Number(Yr.invert(Number(this.rate.value)).toPrecision(2)))});let c={class:"rate",inputmode:"decimal","aria-label":"learning rate as a number"};this.number=Q(c,p=>this.#e(p)),this.facts=l("dl",{class:"facts"}),this.progress=l("progress",{max:1,value:0,"aria-label":"progress"}),this.left=l("span",{class:"left"}),this.time=l("input",{type:"range",class:"timeline",min:0,step:1,"aria-label":"moment of the run, in epochs",oninput:()=>n(Number(this.time.value))}),this.live=r("newest","back to the newest moment (End)",()=>n(null)),this.where=l("output",{class:"pill where","aria-live":"off"}),this.branches=l("select",{"aria-label":"branch",title:"which branch is shown",onchange:()=>e({type:"travel",epoch:null,branch:Number(this.branches.value)})}),this.element=l("div",{class:"transport",role:"group","aria-label":"training"},l("div",{class:"line"},this.play,this.speeds,r("step","one step: one batch (→)",h({type:"step"})),r("1 epoch","1 epoch (E)",h({type:"epochs",count:1})),a(r("10 epochs","10 epochs",h({type:"epochs",count:10}))),r("↺ Same weights","reset to the same first weights",h({type:"reset"})),r("↺ New weights","reset to new first weights",h({type:"reset",new:!0})),l("label",{class:"learning"},l("span",{},at("eta","learning rate")),this.rate,this.number)),l("div",{class:"line"},this.where,this.time,this.live,this.branches,this.progress,this.left,this.facts))}offer(t,e){let s=this.host.storage.get(Gr);this.speed??=t.some(([i])=>i===s)?s:e,N(this.speeds,t,this.speed)}#t(t){G(this.number,O(t)),this.#e(t)}#e(t){let e=["optimizer","learning_rate"];this.send({type:"set",path:e,value:t,gesture:"learning_rate"})}#s(t,e,s){let i=this.facts.children[t];i||(i=l("div",{},l("dt",{}),l("dd",{})),this.facts.append(i)),i.firstChild.textContent!==e&&i.firstChild.replaceChildren(be(e)),E(i.lastChild,s)}paint(t,e){let s=t.status==="running",{viewing:i}=t,n=t.lanes[t.focus],r=i.live?"▶ Play":`▶ Branch from ${i.epoch}`;b(this.play,s?"❚❚ Pause":r),k(this.play,"aria-pressed",String(s)),this.#i(t.hyperparameters.learning_rate),this.#n(n,e,s?t.epochs_per_second:null);let a=t.branches.find(({branch:u})=>u===t.branch)?.until??t.epoch,h=t.within&&a===t.epoch&&a>0,c=Math.max(a,t.epoch,1)+(h?1:0);w(this.time,{max:c}),w(this.time,{value:i.live?c:i.epoch});let p=`epoch ${P(i.epoch)} of ${c}`;k(this.time,"aria-valuetext",p),b(this.where,i.live?`epoch ${P(n.epoch)} · step ${P(n.step)}`:p),w(this.live,{disabled:i.live}),this.#o(t),w(this.progress,{value:t.share});let d=s&&t.left!=null?`${wr(t.left)} left`:null;E(this.left,d??(t.sentence||t.status))}#i(t){t!=null&&this.isAnswered()&&(w(this.rate,{value:Math.round(Yr(t||1e-9))}),G(this.number,O(t)));for(let e of[this.rate,this.number])e.disabled=t==null}#n({now:t,epoch:e},{metric:s},i){let n=t.validation_metric??t.train_metric,r=s==="accuracy";this.#s(0,"epoch",P(e)),this.#s(1,"train loss",R(t.train_loss??t.loss)),this.#s(2,"validation loss",R(t.validation_loss)),this.#s(3,r?"accuracy":"R²",r?U(n):R(n)),this.#s(4,"epochs/s",i!==null&&i<10?R(i):P(i))}#o({branches:t,branch:e}){w(this.branches,{hidden:t.length<2});let s=t.map(({branch:i,label:n})=>`${i}${n}`).join();if(this.branches.dataset.of!==s){this.branches.dataset.of=s;let i=({branch:n,label:r})=>l("option",{value:n},r);V(this.branches,...t.map(i))}w(this.branches,{value:e})}};var Yc={note:"i",warning:"!",failure:"✗"},gi=class{constructor(){this.list=l("ul",{}),this.none=l("p",{class:"note"},"No warnings."),this.element=l("section",{class:"tape","aria-label":"warnings"},l("h2",{},"Warnings"),this.list,this.none)}take(t){let e=[...t.warnings].reverse();for(this.none.hidden=e.length>0;this.list.children.length>e.length;)this.list.lastChild.remove();e.forEach(({level:s,lane:i,epoch:n,sentence:r,over:a},h)=>{let c=this.list.children[h];c||(c=l("li",{},l("b",{}),l("span",{})),this.list.append(c)),k(c,"class",`${s}${a?" over":""}`),b(c.firstChild,a?"✓":Yc[s]);let p=t.lanes.length>1?`${t.lanes[i].label}: `:"",u=[F(r).includes(`since epoch ${n}`)?"":`since epoch ${n}`,a&&"over"].filter(Boolean).join(", ");E(c.lastChild,L`${p}${r}${u&&` (${u})`}`)})}};var bi=class{constructor(t,{store:e,frames:s,send:i,isAwaiting:n,toggle:r,travel:a}){this.store=e,this.frames=s,this.isFormDue=!1,this.unit=null;let h=u=>this.complain(u);this.upload=new pe({send:i,complain:h});let c=(u,f)=>this.upload.open(u,f);this.tabRestore=new mi(t,{send:i,epoch:()=>e.frame?.epoch??0});let p=()=>!n("set");this.settings=new di({send:i,isAnswered:p,openFile:c}),this.transport=new fi(t,{send:i,isAnswered:p,toggle:r,travel:a}),this.network=new ci({send:i,point:u=>{this.unit=u,this.#i()}}),this.tools=new Js({send:i,repaint:()=>this.#i(!0),cursor:u=>this.map.setCursor(u)}),this.map=new Qs(i,this.tools),this.curves=new Ys(a),this.layers=new ai,this.warnings=new gi,this.members=new li({send:i,focus:()=>e.frame.focus}),this.examine=new ii({store:e,send:i}),this.table=new Vs({store:e,send:i}),this.experiment=new ni(t,i),this.fileBar=new oi(t,{send:i,openFile:c,first:this.experiment.menu});let d=()=>i({type:"accept"});this.error=new Ot({isError:!0,accept:d}),this.notice=new Ot({isError:!1,accept:d}),this.speaker=l("p",{class:"visually-hidden","aria-live":"polite"}),this.mapTitle=l("b",{}),this.distributions=l("details",{class:"below",ontoggle:()=>this.paint()},l("summary",{},"Distributions per layer over time"),this.layers.element),this.keysHelp=new St(t,[["Anywhere",Ht]]),this.summary=this.#t(),this.element=this.#e(),this.help=new Mt(t,this.element),this.scrollers=new ee(this.element),this.signKey=new ie(t,this.element),this.observer=new ResizeObserver(()=>this.paint()),this.observer.observe(this.element)}#t(){return new Tt({parts:()=>Ur(this.store,this.speaker.textContent),ways:[["To Play",()=>this.transport.play.focus()],["To the map",()=>this.map.points.focus()],["To the settings",()=>this.settings.element.querySelector("[aria-selected=true]").focus()],["All keys",()=>this.keysHelp.open()]]})}#e(){let{map:t,tools:e,warnings:s,members:i}=this,n=l("div",{class:"answers"},l("div",{class:"caption"},this.mapTitle,e.element),i.maps,l("div",{class:"picture"},t.element,t.legend.element),l("div",{class:"aside"},s.element));return l("div",{class:"app train"},Jt("train"),this.summary.element,l("div",{class:"notices"},this.error.element,this.notice.element),this.transport.element,this.fileBar.element,this.experiment.card,this.tabRestore.element,this.upload.element,l("div",{class:"body"},n,l("div",{class:"middle"},this.network.element,this.curves.element,i.element,this.distributions,this.examine.element,this.table.element),this.settings.element),this.speaker,this.keysHelp.element)}take(t,e,s){let{colours:i,still:n}=this.store,r=this.say(e);t.settings&&(this.sections=t.settings);let a=r&&!!e.error;if(this.isFormDue||=!!t.settings||a||i!==this.settings.colours,this.isFormDue&&(this.isFormDue=!this.settings.take(this.sections,i)),t.still&&this.tools.take(n),t.tool&&this.tools.pick(t.tool),this.tabRestore.take(t,s),this.upload.take(t,e.error),this.experiment.take(t),t.speeds&&this.transport.offer(t.speeds,t.calm),t.files)for(let h of[this.fileBar,this.members])h.offer(t.files);this.examine.take(t),this.table.take(t),this.examine.askIfOutdated(),this.table.askIfOutdated()}say({number:t,error:e,notice:s,offer:i}){let n=t!==this.said;return this.said=t,n?(this.error.say(e??"",e?i:null),this.notice.say(s??"",e?null:i),!0):!1}complain(t){this.notice.say(""),this.error.say(t)}paint(){let{frame:t,still:e,state:s,colours:i,isRunning:n}=this.store;if(!t||!i)return;let r=this.#s(t.lanes[t.focus]),a=t.viewing.live?null:t.viewing.epoch;this.element.dataset.status=t.status,this.summary.writeSoon(),this.scrollers.settleSoon(),this.#i();let h=n?t.number%2:null;if(h!==0){let{weights:c,biases:p}=s,[d,u]=[e.lanes[t.focus],t.lanes.length===1];this.network.take({still:e,lane:r,heading:d,weights:c,biases:p,colours:i,alone:u})}this.transport.paint(t,e),h!==1&&(this.curves.take(this.frames,i),this.warnings.take(t),this.members.take(t,e,i),this.distributions.open&&this.layers.take({bands:this.frames.layers,lane:r,colours:i,cursor:a}))}#s(t){let{pictures:e}=this.store.state;if(!e)return t;let s={layer:0,dead:[],grids:[],curves:[],width:e.length},i=t.units.length?t.units:[s];return{...t,units:i.map((n,r)=>({...n,grids:r?[]:e}))}}#i(t=!1){let{frame:e,still:s,state:i,colours:n}=this.store;if(!e||!n)return;let{pictures:r}=i,a=this.#s(e.lanes[e.focus]),h=this.#n(s,a),c=s.held&&!h&&!r;b(this.mapTitle,this.#o(h)+(c?" (other features at their mean)":"")),w(this.mapTitle,{title:s.held}),this.map.take({still:s,lane:a,unit:h,colours:n,pictures:r},t)}#n(t,e){if(!this.unit)return null;let s=this.unit.layer<0?t.input_maps:e.units[this.unit.layer],[i,n]=[s?.grids[this.unit.unit],s?.curves[this.unit.unit]];return i||n?{grid:i,curve:n}:null}#o(t){let{still:e,state:s}=this.store;return t?this.unit.layer<0?this.unit.name:`what ${this.unit.name} responds to`:e.axes.length===1?"what the network answers":s.pictures?"what the first units look for: their weights":e.task==="classes"?"which class it answers":"what it answers"}stop(){this.observer.disconnect(),this.help.stop(),this.summary.stop(),this.scrollers.stop(),this.signKey.stop(),this.experiment.stop(),this.tabRestore.stop(),this.element.remove()}};var Vc=4e3,Xc="input, select, textarea, [contenteditable]",xn=class{constructor(t,e){this.host=e,this.frames=new Ws,this.store=Be({frame:null,still:null,state:null,colours:null,isRunning:!1}),this.outbox=new Et(i=>e.channel.send({page:"train",...i}),{isPatient:({type:i})=>i==="tick",refuse:i=>this.layout.complain(i)}),this.send=i=>this.outbox.add(i),this.saver=new Qt(this.send,(i,n)=>e.saveFile(i,n)),this.spoken=0,this.layout=new bi(e,{store:this.store,frames:this.frames,send:this.send,isAwaiting:i=>this.outbox.isAwaiting(i),toggle:()=>this.#o(),travel:i=>this.#r(i)});let s={page:"train",events:[{type:"check"}]};this.badge=new $t(()=>e.channel.send(s)),t.append(this.badge.element,this.layout.element),this.store.subscribe(()=>{this.due??=requestAnimationFrame(()=>this.#e())}),e.channel.listen({onAnswer:i=>this.#t(i),onLost:()=>this.outbox.retry()}),this.actions=nt(Ht,{play:()=>this.#o(),step:()=>this.send({type:"step"}),epoch:()=>this.send({type:"epochs",count:1}),reset:()=>this.send({type:"reset"}),first:()=>this.#r(0),newest:()=>this.#r(null),summary:()=>this.layout.summary.open(),help:()=>this.layout.keysHelp.open()}),this.stopListening=e.listen("keydown",i=>this.#a(i))}#t({state:t,acknowledged:e,said:s,address:i,file:n,next:r,proof:a,tab_token:h}){if(this.badge.take(a),!("frame"in t))return t.unshown&&this.outbox.acknowledge(e),this.store.frame&&this.layout.say(s),this.store.frame??this.send({type:"resend"});let c=this.frames.take(t.still,t.frame);if(this.outbox.acknowledge(e),!c)return this.send({type:"resend"});let{frame:p,still:d}=this.frames,u=this.store.frame===null;this.acknowledged=e,this.version=a?.version??null,Object.assign(this.store,{frame:p,still:d,state:t,isRunning:r!==null}),this.#s(r),this.#i(),Object.keys(i).length&&this.host.address.replace(i),u?this.saver.skip(n):this.saver.take(n),this.layout.take(t,s,h),this.#n(),this.store.set()}#e(){this.due=null;let{frame:t}=this.store;this.layout.paint(),this.host.announce("frame",{number:t.number,learningRate:t.hyperparameters.learning_rate,epoch:t.epoch,status:t.status,acknowledged:this.acknowledged}),this.badge.show(this.version),this.host.announce("painted",{version:this.version})}#s(t){if(clearTimeout(this.timer),t===null)return;let{speed:e}=this.layout.transport,s=()=>this.send({type:"tick",gesture:"tick",...e?{speed:e}:{}});t?this.timer=setTimeout(s,t):s()}#i(){let{store:t,layout:e}=this;if(t.colours&&t.isRunning&&t.frame.number%50!==0)return;let s=new fe(e.element);if(s.id===t.colours?.id)return;let i=e.element.classList.toggle("dark",s.isDark);t.colours=i?new fe(e.element):s}#n(){let{frame:t,isRunning:e}=this.store;if(e&&performance.now()-this.spoken<Vc)return;this.spoken=performance.now();let{now:s,epoch:i}=t.lanes[t.focus],n=[st(s.train_loss??s.loss),st(s.validation_loss)],a=`${`${t.sentence||t.status}: epoch ${P(i)}`}, training loss ${n[0]}, validation loss ${n[1]}`;b(this.layout.speaker,a)}#o(){let t=this.outbox.unanswered.findLast(({type:s})=>s==="play"||s==="pause"),e=t?t.type==="play":this.store.frame.status==="running";this.send({type:e?"pause":"play"})}#r(t){this.send({type:"travel",epoch:t,gesture:"travel"})}#a(t){let e=t.composedPath(),[s]=e;if(t.ctrlKey||t.metaKey||t.altKey||s.closest?.(Xc)||!this.store.frame||!this.host.isMeantFor(this.layout.element,e))return;let i=!!s.closest?.("button, summary, a"),n=it(Ht,t);!n||t.key===" "&&i||(this.actions[n.act](),t.preventDefault())}stop(){clearTimeout(this.timer),cancelAnimationFrame(this.due),this.stopListening(),this.outbox.stop(),this.badge.stop(),this.layout.stop()}};function wn(o,t){let e=new xn(o,t);return()=>e.stop()}function Jc(){let{height:o,offsetTop:t,scale:e}=window.visualViewport,s=e>1?0:window.innerHeight-o-t;return s>120?Math.round(s):0}function Xr(o,t,e,s=!1){return o?.addEventListener(t,e,s),()=>o?.removeEventListener(t,e,s)}var Zc=new Set(["keydown","copy","paste","pointerdown"]);function Jr(){let o=t=>{let e=new URL(window.location.href);for(let[s,i]of Object.entries(t))i?e.searchParams.set(s,i):e.searchParams.delete(s);return e.hash="",e.toString()};return{address:{get:t=>new URL(window.location.href).searchParams.get(t),replace:t=>window.history.replaceState(window.history.state,"",o(t)),link:o},storage:{get(t){try{return window.sessionStorage.getItem(t)}catch{return null}},set(t,e){try{window.sessionStorage.setItem(t,e)}catch{}}},tabs:t=>"BroadcastChannel"in window?new BroadcastChannel(t):null,saveFile(t,e){let s=URL.createObjectURL(e);Object.assign(document.createElement("a"),{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(s),1e3)},listen:(t,e)=>Xr(Zc.has(t)?document:window,t,e),onKeyboard:t=>Xr(window.visualViewport,"resize",()=>t(Jc())),matches:t=>window.matchMedia(t).matches,isMeantFor(t,e){let s=t.getRootNode(),i=s instanceof ShadowRoot?s.host:t;return e.includes(t)||e[0]instanceof Node&&e[0].contains(i)},announce(t,e){window.dispatchEvent(new CustomEvent(`mlpviz:${t}`,{detail:e}))}}}var wi=null,xi=0;function Zr(o){let{origin:t,pathname:e}=window.location,s=o.composedPath().find(i=>i instanceof HTMLAnchorElement&&i.origin===t);!s||o.ctrlKey||o.metaKey||o.shiftKey||s.pathname===e||(wi={path:s.pathname,until:performance.now()+5e3})}function Qr(){return xi===0&&document.addEventListener("click",Zr,!0),xi+=1,()=>{xi-=1,xi===0&&document.removeEventListener("click",Zr,!0)}}function Qc(){let o=document.querySelector("[data-test-connection-state]"),t=o instanceof HTMLElement?o.dataset.testConnectionState:void 0;return t===void 0||t==="CONNECTED"}function ta(){return!(wi!==null&&wi.path!==window.location.pathname&&performance.now()<wi.until)&&Qc()}var ea=[],yn=!1;function sa(o){yn?ea.push(o):ia(o)}function ia(o){yn=!0;try{o()}finally{setTimeout(()=>{yn=!1;let t=ea.shift();t&&ia(t)})}}var yi=class{constructor(){this.listener=null,this.token=null,this.acknowledged=0,this.isTriggered=!1,this.wasFragment=!1,this.socket=new vn({onAnswer:t=>this.#s(t),onLost:()=>this.listener?.onLost()}),this.stopWatching=Qr()}listen(t){this.listener=t}send(t){return ta()?(sa(()=>this.#t(t)||this.socket.send(t)||this.#e(t)),!0):!1}#t(t){return this.wasFragment||t.sequence!==void 0?!1:(this.#e(t),!0)}#e(t){this.isTriggered=!0,this.trigger(t)}take({channel:t,answer:e},s){this.trigger=s,this.wasFragment=this.isTriggered,this.isTriggered=!1;let i=t?.token===this.token&&e.acknowledged<this.acknowledged;t?.token!==this.token&&(this.acknowledged=0),this.token=t?.token,t&&this.socket.connect(t),i||this.#i(e)}#s(t){t.go?this.trigger({page:t.page,events:[]}):this.#i(t)}#i(t){this.acknowledged=Math.max(this.acknowledged,t.acknowledged),this.listener?.onAnswer(t)}close(){this.listener=null,this.stopWatching(),this.socket.close()}},vn=class{constructor({onAnswer:t,onLost:e}){this.onAnswer=t,this.onLost=e,this.token=null,this.socket=null,this.isOpen=!1}connect({path:t,token:e}){if(e===this.token)return;this.close(),this.token=e;let s=new URL(t,window.location.href);s.protocol=s.protocol.replace("http","ws");let i=new WebSocket(s),n=!1;i.onopen=()=>{i.send(e),this.isOpen=!0},i.onmessage=({data:r})=>{n=!0,this.onAnswer(JSON.parse(r))},i.onclose=()=>{this.isOpen=!1,n&&(this.token=null),this.onLost()},this.socket=i}send(t){return this.isOpen&&this.socket.send(JSON.stringify(t)),this.isOpen}close(){this.socket&&(this.socket.onopen=this.socket.onmessage=this.socket.onclose=null,this.socket.close(),this.socket=null,this.isOpen=!1)}};var vi=`/* What Streamlit's theme gives to a page. */

:host {
  --page-background-color: var(--st-background-color);
  --page-secondary-background-color: var(--st-secondary-background-color);
  --page-text-color: var(--st-text-color);
  --page-primary-color: var(--st-primary-color);
  --page-border-color: var(--st-border-color);
  --page-font: var(--st-font);
  --page-code-font: var(--st-code-font);
  /* its header lies over the top of what scrolls */
  --page-frame: 60px;
}
@media (max-height: 500px) {
  :host {
    --page-frame: 36px;
  }
}
/* on a phone it is gone, and the pages lie over the bottom */
@media screen and (max-width: 600px) {
  :host {
    --page-frame: 0px;
    --page-foot: 52px;
  }
}
`;var ep={"mlpviz.check":{main:Li,style:vi+Ie+ze+Sn},"mlpviz.sheet":{main:on,style:vi+Ie+ze+br+to},"mlpviz.train":{main:wn,style:vi+Ie+ze+xr}};window.addEventListener("mlpviz:painted",()=>document.getElementById("mlpviz-waiting")?.remove(),{once:!0});var ki=new WeakMap,kn=new Map,$n=new Map,sp=new TextDecoder;function ip(o,t){if(!kn.has(t)){let s=new CSSStyleSheet;s.replaceSync(t),kn.set(t,s)}let e=kn.get(t);o.adoptedStyleSheets.includes(e)||o.adoptedStyleSheets.push(e)}function np({name:o,parentElement:t}){let{main:e,style:s}=ep[o];ip(t.getRootNode(),s);let i=new yi;$n.has(o)||$n.set(o,new Map);let n={...Jr(),channel:i,memo:$n.get(o)};return{channel:i,stop:e(t,n)}}function i0(o){let{parentElement:t,setTriggerValue:e}=o;ki.has(t)||ki.set(t,np(o));let s=ki.get(t),i=JSON.parse(sp.decode(o.data));return s.channel.take(i,n=>e("event",n)),()=>{t.isConnected||!ki.delete(t)||(s.stop(),s.channel.close())}}export{i0 as mount};
//# sourceMappingURL=mlpviz.js.map
