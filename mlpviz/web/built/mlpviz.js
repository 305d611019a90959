var Ht=`.badge {
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
  color: color-mix(in srgb, #c01c28 75%, var(--page-text-color));
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
    display: inline-block;
    white-space: normal;
    font-size: 12px;
  }
}
`;var ai=`/* The Check page; colours and controls are in palette.css. */

.check {
  display: flex;
  flex-direction: column;
  gap: 10px;
  padding: 12px 0 24px;
}
.check h2 {
  margin: 0;
  padding-right: 12em; /* the badge */
  font-size: 26px;
}
.check p {
  max-width: 76ch;
  margin: 0;
}
.check .choices {
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: 10px 24px;
}
.check .choices label:first-child {
  display: grid;
  gap: 4px;
  max-width: 100%;
}
.check .choices select {
  max-width: 100%;
}
.check .choices label:last-child {
  min-height: 32px;
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
  padding: 10px 12px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--update);
  border-radius: 6px;
  background: color-mix(in srgb, var(--update) 10%, var(--bg));
  font-weight: 600;
  overflow-wrap: anywhere;
}
.check .rows {
  max-width: 100%;
  overflow-x: auto;
}
.check .rows:focus-visible {
  outline: 2px solid var(--ring);
}
.check table {
  border-collapse: separate; /* collapsed borders do not stay with a cell that is sticky */
  border-spacing: 0;
  font-variant-numeric: tabular-nums;
}
.check th,
.check td {
  padding: 4px 12px;
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
  .check h2 {
    padding-right: 0;
    font-size: 21px;
  }
  .check th,
  .check td {
    padding: 4px 8px;
  }
}
`;var ws=[.01,.1,1,10,100,1e3,1e4,1e5],ri=64,Ln=6,li={digits:3,fractions:!1};function D(o,{digits:t,fractions:e}=li){let s=Math.abs(o),i=o<0?"−":"";if(s<1e6&&Number.isInteger(s))return i+s;if(!Number.isFinite(s))return Number.isNaN(s)?"NaN":`${i}∞`;let n=e&&_n(s);return n?i+n:s>=.001&&s<1e6?i+Nn(s,t):i+pi(Rn(s,t))}function P(o){if(!Number.isFinite(o))return D(o);let t=Math.abs(o),e=t.toExponential(),s=Number(e.split("e")[1]);return(o<0?"−":"")+(s<-4||s>=16?pi(e):t)}function hi(o,t=li){let e=D(o,t),s=P(o);return[e,s===e?"":s]}function V(o,t=1){let e=Math.abs(100*o);if(!(e<1e6))return Number.isFinite(e)?`${D(100*o)}%`:D(o);let s=a=>Number(Yt(e,a)),i=t;for(;i<Ln&&[0,100].includes(s(i))&&!Vt(e,0)&&!Vt(e,100);)i+=1;let n=Yt(e,i);return Vt(e,Number(n))&&n.includes(".")&&(n=n.replace(/\.?0*$/,"")),`${o<0&&n!=="0"?"−":""}${n}%`}function Jt(o){return Math.round(o).toLocaleString("en")}function A(o,...t){let e=o.flatMap((s,i)=>i<t.length?[s,t[i]]:[s]);return bt("",e)}function bt(o,t){let e=[],s=i=>{Array.isArray(i)?e.push(i):typeof e.at(-1)=="string"?e.push(e.pop()+i):i!==""&&e.push(String(i))};return t.forEach((i,n)=>{n&&s(o);for(let a of wt(i))s(a)}),e}function xt([o,t]){return t&&t!==o?[[o,t]]:[o]}function ci(o){return wt(o).map(t=>[t].flat().at(-1)).join("")}function Y(o){return wt(o).map(t=>[t].flat()[0]).join("")}function wt(o){return Array.isArray(o)?o:[o].filter(t=>t!==""&&t!=null)}function Nn(o,t){let e=ws.filter(n=>n<=o).length,s=Math.max(1,t+2-e),i=Yt(o,s);return s>1&&e<ws.length&&Number(i)>=ws[e]&&(i=Yt(o,s-1)),Vt(o,Number(i))?i.replace(/0+$/,"").replace(/\.$/,".0"):i}function pi(o){let[t,e]=o.split("e"),s=Number(e);return`${t.includes(".")?t.replace(/\.?0+$/,""):t}e${s<0?"−":""}${Math.abs(s)}`}function _n(o){if(o<1/ri||o>=1e3)return"";for(let t=1;t<=ri;t++){let e=Math.round(o*t);if(e/t===o)return`${e}/${t}`}return""}function Vt(o,t){return Math.abs(o-t)<=1e-12*o}function Yt(o,t){let[e,s]=di(o),i=t+1+s;if(i<0||e.length!==i+1||!e.endsWith("5"))return o.toFixed(t);let n=String(Number(e.slice(0,-1))+1).padStart(t+1,"0"),a=n.length-t;return t?`${n.slice(0,a)}.${n.slice(a)}`:n}function Rn(o,t){let[e,s]=di(o);if(e.length!==t+1||!e.endsWith("5"))return o.toExponential(t-1);let i=String(Number(e.slice(0,-1))+1),n=s+(i.length>t?1:0);return`${i[0]}.${i.slice(1,t)}e${n}`}function di(o){let[t,e]=o.toExponential().split("e");return[t.replace(".",""),Number(e)]}function l(o,t={},...e){let s=document.createElement(o);for(let[i,n]of Object.entries(t))i.startsWith("on")?s.addEventListener(i.slice(2),n):n===!0?s.setAttribute(i,""):n!==!1&&n!=null&&s.setAttribute(i,n);return s.append(...e.filter(i=>i!=null)),s}function F(o){return o.getRootNode().activeElement}function rt(o,t){let e=new Set(t);for(let n of[...o.childNodes])e.has(n)||n.remove();let s=F(o),i=s?t.findIndex(n=>n.contains(s)):-1;for(let n=i-1;n>=0;n--)t[n].nextSibling!==t[n+1]&&o.insertBefore(t[n],t[n+1]);for(let n=i+1;n<t.length;n++){let a=n?t[n-1].nextSibling:o.firstChild;a!==t[n]&&o.insertBefore(t[n],a)}}function q(o,...t){let e=F(o),s=e&&e!==o&&o.contains(e)?ui(e):null;if(o.replaceChildren(...t),s===null)return;[...o.querySelectorAll(e.localName)].find(n=>ui(n)===s)?.focus({preventScroll:!0})}function ui(o){let{control:t}=o.dataset;return t??o.getAttribute("aria-label")??(o.title||o.textContent)}function lt(o,t){let e=(a,r,h)=>a instanceof HTMLTableCellElement?a:l(r,{scope:h},...[a].flat()),s=([a,...r])=>l("tr",{},e(a,"th","row"),...r.map(h=>e(h,"td",null))),i=(o??[]).map(a=>e(a,"th","col"));return[...o?[l("thead",{},l("tr",{},...i))]:[],l("tbody",{},...t.map(s))]}function ht(o,t,e){return l("table",o,...lt(t,e))}function _t(o){let t=o.contains(F(o));o.open=!1,t&&o.querySelector("summary").focus()}function Rt(o){return o.addEventListener("keydown",t=>{t.key!=="Escape"||!o.open||(_t(o),t.stopPropagation())}),o}function O(o,t={}){let e=document.createElementNS("http://www.w3.org/2000/svg",o);for(let[s,i]of Object.entries(t))e.setAttribute(s,i);return e}function ys(o,t){let e=O("title");return e.textContent=t,o.prepend(e),o}function kt([o,t],e,s){return ys(O("circle",{cx:o.toFixed(1),cy:t.toFixed(1),r:4,class:e}),s)}function st(o,[t,e],s={}){return l(o,{...s,title:e||null},t)}function $(o,t){let e=typeof t=="string"?t:JSON.stringify(t);mi.get(o)!==e&&(mi.set(o,e),o.replaceChildren(...T(t)))}function T(o){return wt(o).map(t=>typeof t=="string"?t:st("span",t,{class:"digits"}))}var mi=new WeakMap,Dn="http://www.w3.org/1998/Math/MathML";function L(o,...t){let e=document.createElementNS(Dn,o);return e.append(...t),e}function J(o){let t=document.createElement("template");return t.innerHTML=o,t.content.firstElementChild}function b(o,t){o.textContent!==t&&(o.textContent=t)}function y(o,t){for(let[e,s]of Object.entries(t))String(o[e])!==String(s)&&(o[e]=s)}function S(o,t,e){o.getAttribute(t)!==e&&o.setAttribute(t,e)}function I(o,t,e){let s=JSON.stringify(t);o.dataset.options!==s&&(o.replaceChildren(...t.map(([i,n])=>l("option",{value:i},n))),o.dataset.options=s),o.value!==e&&(o.value=e)}var In="running",Bn=150,Wn=5e3,jn=200,ct=class{constructor(t){this.ask=t,this.painted=null,this.proof=null,this.element=l("div",{class:"badge",role:"status"})}show(t){t!==this.painted&&(this.painted=t,this.#t())}take(t){!t||!t.status&&t.version===this.proof?.version||(this.proof=t,this.#t())}#t(){if(clearTimeout(this.timer),this.painted===In)return this.#s("checking","… learning: checked as soon as it pauses","One batch is then computed by NumPy, by PyTorch and by central differences");let{status:t,version:e,text:s,detail:i}=this.proof??{};if(t&&e===this.painted)return this.#s(t,s,i);this.#s("checking","… checking","NumPy, PyTorch and central differences are being compared"),this.painted!==null&&(this.timer=setTimeout(()=>this.#e(),Bn))}#e(){this.timer=setTimeout(()=>this.#e(),this.ask()?Wn:jn)}#s(t,e,s){this.element.dataset.status=t,this.element.textContent!==e&&(this.element.textContent=e),this.element.title=s}stop(){clearTimeout(this.timer),this.element.remove()}};var Dt=document.createElement("canvas").getContext("2d",{willReadFrequently:!0});function vs(o){return Dt.clearRect(0,0,1,1),Dt.fillStyle="#888",Dt.fillStyle=o.trim(),Dt.fillRect(0,0,1,1),[...Dt.getImageData(0,0,1,1).data.slice(0,3)]}function z([o,t,e],s=1){return`rgb(${o} ${t} ${e} / ${s})`}var fi=10,It=class{constructor(t){let e=getComputedStyle(t),s=i=>vs(e.getPropertyValue(`--${i}`));this.positive=s("positive"),this.negative=s("negative"),this.mark=s("mark"),this.update=s("update"),this.text=vs(e.color),this.ground=vs(e.backgroundColor),this.classes=Array.from({length:fi},(i,n)=>s(`class-${n}`)),this.font=e.fontFamily,this.isDark=this.text[0]+this.text[1]+this.text[2]>this.ground[0]+this.ground[1]+this.ground[2],this.id=JSON.stringify([this.text,this.ground,this.positive]),this.tables=new Map}ofClass(t){return this.classes[t%fi]}mix(t,e){return t.map((s,i)=>Math.round(this.ground[i]+(s-this.ground[i])*e))}faint(t=.6){return z(this.mix(this.text,t))}#t(t,e){let s=this.tables.get(t);if(!s){this.tables.size>400&&this.tables.clear(),s=new Uint32Array(256);let i=new Uint8Array(s.buffer);for(let n=0;n<256;n++)i.set([...e(n/255),255],4*n);this.tables.set(t,s)}return s}get#e(){return this.isDark?.36:.56}between(t,e,s=!1){return this.#t(`${t}-${e} ${s}`,i=>{let n=s?1:Math.abs(2*i-1);return this.mix(i<.5?t:e,.06+this.#e*n)})}within(t,e,[s,i],n=!1){let[a,r]=[(s+i)/2,(i-s)/2||1],h=p=>Math.round(100*Math.min(9,Math.max(-9,(p-a)/r)))/100,[c,d]=[h(t),h(e)];return this.#t(`within ${c} ${d} ${n}`,p=>{let u=c+(d-c)*p;return this.mix(u<0?this.negative:this.positive,(this.isDark?.6:.75)*(n?1:Math.min(1,Math.abs(u))))})}bySign(t,e){let s=Math.max(Math.abs(t),Math.abs(e))||1,i=Math.round(255*-t/(e-t||1)),n=[Math.max(t,0),Math.max(-e,0)].map(r=>Math.round(255*r/s)),a=`sign ${e>t} ${i} ${n.join(" ")}`;return this.#t(a,r=>{let h=(t+(e-t)*r)/s;return this.mix(h<0?this.negative:this.positive,.85*Math.min(1,Math.abs(h)))})}strength(t,e=!1){return this.#t(`strength ${t} ${e}`,s=>this.mix(t,.06+this.#e*(e?1:s*s)))}};function $t(o){let t=atob(o),e=new Uint8Array(t.length);for(let s=0;s<t.length;s++)e[s]=t.charCodeAt(s);return e}var ot=class{constructor(){this.canvas=document.createElement("canvas"),this.context=this.canvas.getContext("2d")}#t(t,e){this.canvas.width===t&&this.canvas.height===e&&this.image||(this.canvas.width=t,this.canvas.height=e,this.image=this.context.createImageData(t,e),this.pixels=new Uint32Array(this.image.data.buffer))}paint(t,e){this.#t(t.width,t.height);let s=$t(t.bytes);for(let i=0;i<s.length;i++)this.pixels[i]=e[s[i]];return this.context.putImageData(this.image,0,0),this.canvas}paintWinners(t,e,s){this.#t(t.width,t.height);let i=$t(t.bytes),n=$t(e.bytes);for(let a=0;a<i.length;a++)this.pixels[a]=s(i[a])[n[a]];return this.context.putImageData(this.image,0,0),this.canvas}};function Xt(o,t,e){let s=new ot().paint(o,e.strength(e.text)),[i,n]=[`${t}px`,`${t}px`];return Object.assign(s.style,{width:i,height:n,imageRendering:"pixelated"}),s}function yt(o,t,e,{range:s=null,isHard:i=!1}={}){return t.bytes?o.paint(t,i?e.within(t.low,t.high,[-1,1],!0):e.bySign(t.low,t.high)):t.winner?o.paintWinners(t.winner,t.strength,n=>e.strength(e.ofClass(n),i)):t.kind==="classes"?o.paint(t.strength,e.between(e.ofClass(0),e.ofClass(1),i)):o.paint(t.strength,e.within(t.strength.low,t.strength.high,s??[t.strength.low,t.strength.high],i))}function K(o,t,e){let s=globalThis.devicePixelRatio||1,[i,n]=[Math.round(t*s),Math.round(e*s)];(o.width!==i||o.height!==n)&&(o.width=i,o.height=n);let a=o.getContext("2d");return a.setTransform(s,0,0,s,0,0),a.clearRect(0,0,t,e),a}function Zt(o){let[t,e,s]=getComputedStyle(o).color.match(/[\d.]+/g).map(Number);return(t>1||e>1||s>1?255:1)/2<(t+e+s)/3}function Fn(o){let t=JSON.stringify(o);return 3*t.length<=5e6?t.length:new TextEncoder().encode(t).length}var gi=0;function Mt(){return gi+=1,`${Date.now().toString(36)}-${gi}`}var pt=class{constructor(t,{isPatient:e=i=>!1,refuse:s}){this.send=t,this.isPatient=e,this.refuse=s,this.waiting=[],this.underWay=null,this.sequence=0}add(t){let e=Fn(t);if(e>5e6){let i=[(e/1e6).toFixed(1),5];return this.refuse(`Not changed: what you gave has ${i[0]} MB, at most ${i[1]} MB are allowed.`)}let s=this.waiting.at(-1);return t.gesture&&s?.gesture===t.gesture&&this.waiting.pop(),this.waiting.push(t),this.waiting.every(this.isPatient)||(this.waiting=this.waiting.filter(i=>!this.isPatient(i))),this.#t()}get unanswered(){return[...this.underWay?.events??[],...this.waiting]}isAwaiting(t){return this.unanswered.some(e=>e.type===t)}acknowledge(t){this.underWay?.sequence<=t&&(this.underWay=null),this.sequence=Math.max(this.sequence,t),this.#t()}retry(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),200))}stop(){clearTimeout(this.timer)}#t(){this.waiting.length&&(this.underWay&&(!this.underWay.events.every(this.isPatient)||this.waiting.every(this.isPatient))||(this.sequence+=1,this.underWay={sequence:this.sequence,events:this.waiting.splice(0)},this.#e()))}#e(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),this.send(this.underWay)?3e3:200))}};var qn="The engine then computes with this mistake, and the check must find it. The sheet is not changed.",ks=class{constructor(t,e){this.host=e;let s=i=>e.channel.send({page:"check",...i});this.outbox=new pt(s,{refuse:i=>this.#i(i)}),this.badge=new ct(()=>s({events:[{type:"check"}]})),this.#t(i=>this.outbox.add(i)),t.append(this.badge.element,this.element),e.channel.listen({onAnswer:i=>this.#e(i),onLost:()=>this.outbox.retry()})}#t(t){this.heading=l("h2"),this.introduction=l("p"),this.mistake=l("select",{title:qn,onchange:()=>t({type:"plant",key:this.mistake.value})}),this.digits=l("input",{type:"checkbox",onchange:()=>t({type:"digits",all:this.digits.checked})}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.planted=l("p",{class:"notice",role:"status",hidden:!0}),this.verdict=l("p",{class:"verdict",role:"status"}),this.table=l("table"),this.caption=l("p",{class:"caption"}),this.element=l("div",{class:"app check"},this.heading,this.introduction,this.error,l("div",{class:"choices"},l("label",{},"Plant a mistake in the backward pass ",this.mistake),l("label",{},this.digits," All digits")),this.planted,this.verdict,l("div",{class:"rows",tabindex:"0",role:"region","aria-label":"one row per tensor"},this.table),this.caption)}#e({state:t,said:e,address:s,acknowledged:i,proof:n}){this.badge.take(n),"rows"in t&&this.#s(t,e),this.outbox.acknowledge(i),Object.keys(s).length&&this.host.address.replace(s),this.badge.show(n?.version??null),this.host.announce("painted",{version:n?.version??null})}#s(t,e){this.element.classList.toggle("dark",Zt(this.element)),b(this.heading,t.heading),b(this.introduction,t.introduction);let s=["","none: the engine as it is"];I(this.mistake,[s,...t.mistakes],t.planted),y(this.digits,{checked:t.all_digits}),this.#i(e.error??""),y(this.planted,{hidden:!t.sentence}),$(this.planted,t.sentence),b(this.verdict,t.summary),this.verdict.dataset.ok=String(t.ok);let i=t.columns.map(([a])=>a),n=t.columns.map(([,a])=>a);this.table.replaceChildren(...lt(n,t.rows.map(a=>i.map(r=>a[r])))),t.rows.forEach((a,r)=>{this.table.tBodies[0].rows[r].dataset.ok=String(a.ok)}),b(this.caption,t.caption)}#i(t){b(this.error,t),y(this.error,{hidden:!t})}stop(){this.outbox.stop(),this.badge.stop(),this.element.remove()}};function $s(o,t){let e=new ks(o,t);return()=>e.stop()}var Qt=`/* The colours and the type of all pages. Ground, text and type are the host's (--page-…), so that light and dark both work. */

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
.menu > div > a {
  border-color: transparent;
  background: transparent;
  text-align: left;
}
.menu > div > button:focus-visible {
  outline-offset: -2px;
}

.notice {
  margin: 4px 0 8px;
  padding: 8px 12px;
  border: 1px solid var(--rule);
  border-left: 4px solid var(--forward);
  border-radius: 6px;
  background: var(--ground);
  overflow-wrap: anywhere;
}

.notice.error {
  border-left-color: #d0342c;
  background: color-mix(in srgb, #d0342c 10%, var(--bg));
}
`;var bi=`/* What is said of a network of another tool before it opens, and files dragged over the page. */

dialog.import {
  width: min(44rem, calc(100vw - 2rem));
  max-height: calc(100dvh - 4rem);
  flex-direction: column;
  padding: 1rem 1.25rem;
  border: 1px solid var(--rule);
  border-radius: 8px;
  background: var(--bg);
  color: var(--text);
}

dialog.import[open] {
  display: flex;
}

dialog.import::backdrop {
  background: rgb(0 0 0 / 45%);
}

dialog.import h2 {
  margin: 0 0 0.5rem;
  font-size: 1.1rem;
  overflow-wrap: anywhere;
}

dialog.import h3 {
  margin: 0.75rem 0 0.25rem;
  font-size: 0.95rem;
}

.import-body {
  overflow-y: auto;
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
`;var xi=`/* The sheet, its transport bar and its side panel; the colours and controls are in palette.css. */

/* 64px: the frame above */
.app {
  --phase: var(--forward);
  display: flex;
  flex-direction: column;
  min-height: calc(100vh - 64px);
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
  width: 5em;
  padding-right: 4px;
}
.tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px;
}
.samples button.quiet {
  padding-inline: 1px;
}
.tools + .tools {
  margin-left: auto;
}
.toolbar .menu > div {
  right: 0;
  left: auto;
}

/* the sheet */

.body {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 300px;
  gap: 20px;
  align-items: start;
}
.sheet-scroll {
  min-width: 0;
  min-height: 400px;
  overflow-x: auto;
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
  content: "sample";
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
  min-height: 22px;
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
    max-width: 168px;
  }
}

.column {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
}
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

/* the width comes from the longest number of the block, so that a new text moves nothing around its cell. No containment
   here: it would make each of hundreds of cells a layer of its own to paint */
tbody td {
  flex: none;
  width: max(28px, calc(var(--chars) * 1ch + 4px));
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
  scroll-margin: 64px 40px calc(var(--dock, 74px) + 16px) 100px;
}

tbody td.positive {
  border-bottom: 2px solid color-mix(in srgb, var(--positive) 45%, transparent);
  background-clip: padding-box;
}

tbody td.negative {
  border-bottom: 2px dashed var(--negative);
  background-clip: padding-box;
}

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

tbody td.closed {
  text-decoration: line-through;
  text-decoration-thickness: 1.5px;
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

/* the drawing */

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
  stroke-opacity: 0.3;
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

/* two networks side by side */

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
  width: max(22px, calc(var(--chars) * 1ch + 2px));
  padding: 0 1px;
  font-size: 11.5px;
}
.beside .sheet.dense tbody td {
  width: max(20px, calc(var(--chars) * 1ch + 2px));
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

/* the side panel */

.panel {
  position: sticky;
  top: 8px;
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-width: 0;
  max-height: calc(100vh - 80px);
  overflow-y: auto;
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

.card p:empty,
.formula:empty {
  display: none;
}
.sentence,
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
  align-items: center;
  gap: 4px;
  margin: 8px 0;
  max-width: 100%;
  overflow-x: auto;
  font-size: 16px;
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

/* cards that fold, and the tables in cards: plain ones, not those of the sheet */
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
  width: 280px;
  padding: 10px;
}
.knobs p {
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
  width: 70px;
}
.toolbar .optimizer {
  width: 104px;
}
.toolbar .compare {
  width: 108px;
}
.toolbar .preset {
  width: 164px;
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

/* the transport bar */

.dock {
  position: sticky;
  z-index: 6;
  bottom: 0;
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

.findings {
  flex: 0 0 100%;
  min-width: 0;
  max-height: 30vh;
  overflow-y: auto;
}
@media (min-width: 1200px) {
  .wrong .panel {
    max-height: calc(100vh - 200px);
  }
}
.findings ul {
  display: flex;
  flex-direction: column;
  gap: 6px;
  margin: 0;
  padding: 0;
  list-style: none;
}
.findings li {
  display: flex;
  align-items: center;
  gap: 10px;
  margin: 0;
  padding: 2px 4px 2px 10px;
  border: 1px solid var(--rule);
  border-left: 4px solid #d0342c;
  border-radius: 6px;
  background: color-mix(in srgb, #d0342c 7%, var(--bg));
}
.findings .finding {
  flex: 1 1 auto;
  min-width: 0;
  border-color: transparent;
  background: transparent;
  text-align: left;
  white-space: normal;
  overflow-wrap: anywhere;
}
.findings .finding:hover {
  text-decoration: underline;
  text-underline-offset: 3px;
}
.findings .remedy {
  flex: none;
}
.findings .more {
  display: none;
  align-self: flex-start;
}

.transport button,
.transport select {
  min-width: 36px;
  min-height: 34px;
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
    width: max(26px, calc(var(--chars) * 1ch + 2px));
    padding: 0 1px;
  }
  .column {
    gap: 3px;
  }
  .band .block {
    margin: 0 -1px;
  }
}

/* the explanation above the transport bar, where it has no room beside the sheet (dock.js) */

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
    height: 200px;
  }
  [data-level="compact"] .main .formula {
    flex-wrap: nowrap;
  }
  .explanation .formula {
    font-size: 15px;
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

/* layouts for sheets that are too wide (fitting.js). Dense: smaller cells. Tall: each half of the score in two storeys, so
   that z stands beside ∂L/∂z and a beside ∂L/∂a: the left half is read downwards, the right half upwards */
@media (min-width: 601px) {
  .sheet.dense {
    grid-template-columns: 84px minmax(88px, 240px) repeat(7, minmax(max-content, auto));
    column-gap: 4px;
  }
  .sheet.dense tbody td {
    width: max(24px, calc(var(--chars) * 1ch + 3px));
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
    gap: 6px;
  }
  .toolbar select {
    flex: 1 1 140px;
    min-width: 0;
    max-width: 100%;
  }
  .toolbar {
    position: relative;
  }
  .tools {
    display: contents;
  }
  .toolbar .knobs-menu {
    position: static;
  }
  .toolbar .knobs-menu > div {
    top: auto;
    right: 0;
    left: 0;
    width: auto;
    max-width: none;
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
  .band .side summary {
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
    gap: 6px;
    padding: 6px 0;
  }
  .transport button {
    flex: 1 0 auto;
    padding: 3px 6px;
  }
  .findings {
    order: -2;
  }
  .track {
    flex: 1 0 100%;
    order: -1;
  }
  .where {
    flex: 1 1 auto;
  }
}

@media (max-width: 600px), (max-height: 500px) {
  /* its label, and the sentence on demand: the strip leaves room for the sheet */
  .findings li {
    flex-wrap: wrap;
    gap: 4px;
    padding: 2px 4px;
  }
  .transport .findings button {
    flex: none;
  }
  .transport .findings .finding {
    flex: 1 1 0;
    padding: 3px 6px;
    font-size: 13px;
  }
  .transport .findings .unfolded .finding {
    flex: 1 1 calc(100% - 44px);
  }
  .findings li:not(.unfolded) .finding > span {
    display: none;
  }
  .findings .more {
    display: block;
  }
  .findings .unfolded .more {
    rotate: 180deg;
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

/* parameters that no update changes */
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
`;var St=class{constructor(t,e){this.ask=t,this.save=e,this.saving=null}take(t){if(!t)return;let{number:e,at:s,size:i,name:n,type:a}=t;s===0&&this.saving?.number!==e&&(this.saving={number:e,parts:[],size:0});let{saving:r}=this;if(r?.number!==e||s!==r.size)return;let h=Uint8Array.from(atob(t.bytes),c=>c.charCodeAt(0));if(r.parts.push(h),r.size+=h.length,r.size<i)return this.ask({type:"download_piece",number:e,at:r.size});this.save(n,new Blob(r.parts,{type:a})),this.saving={number:e,parts:[],size:1/0}}skip(t){t&&(this.saving={number:t.number,parts:[],size:1/0})}};var Ms=class{#t=new Set;subscribe(t){return this.#t.add(t),()=>this.#t.delete(t)}set(t={}){Object.assign(this,t);for(let e of this.#t)e()}};function te(o){return Object.assign(new Ms,o)}var Hn=["layer","unit","product"],Et=class{#t=null;constructor(t){this.granularity="layer",this.step=0,this.sample=1,this.numbers="",this.second=null,this.sizes="",this.read(t)}read(t){let[e,s,i,n,a,r,h]=(t??"").split(".");Hn.includes(e)&&(this.granularity=e),s&&(this.step=Number(s)),i&&(this.sample=Number(i)),a&&(this.numbers=a),h&&(this.sizes=h),this.selection=n?n.replaceAll("-"," "):null,this.second=r?r.replaceAll("-"," "):null}get selection(){return this.#t}set selection(t){t!==this.#t&&(this.second=null),this.#t=t}toText(){let[t,e]=[this.selection,this.second].map(s=>(s??"").replaceAll(" ","-"));return[this.granularity,this.step,this.sample,t,this.numbers,e,this.sizes].join(".").replace(/\.+$/,"")}clamp(t){t.steps(this.granularity)||(this.granularity="layer",this.step=Math.min(this.step,t.steps("layer").length)),this.step=Math.max(0,Math.min(this.step,t.steps(this.granularity).length)),this.sample=Math.max(1,Math.min(this.sample,t.structure.samples)),this.selection&&!this.cell(t)&&(this.selection=null),this.second&&!(this.selection&&this.secondCell(t))&&(this.second=null)}cell(t){return wi(this.selection,t)}secondCell(t){return wi(this.second,t)}select(t){this.selection=t?Bt(t):null}};function wi(o,t){if(!o)return null;let[e,s,i=1,n=1]=o.split(" ");return t.cell(`${e}.${s}`,i-1,n-1)}function Bt({block:o,r:t,c:e}){return[o.tensor,o.layer,t+1,e+1].join(" ")}var se=class{constructor(t){this.cards=t,this.answers={}}get elements(){return Object.values(this.cards).map(t=>t.element)}paint(t,e,s,i){let n=yi(t,e,s,i),{answers:a}=e;if(a&&a!==this.taken){this.taken=a;for(let[h,c]of Object.entries(a.cards))this.answers[h]={...ee(this.cards[h],a,e,s),answer:c}}let r=this.#t(n);for(let[h,c]of Object.entries(this.cards))r.has(h)||y(c.element,{hidden:!0});for(let h of r){let c=this.cards[h],{place:d}=ee(c,n.question,e,s),p=this.answers[h],u=p?.place===d?p.answer:null;c.isOpen?.(n.isSelected,i),c.show(u?.fault?null:u),Vn(c,u?.fault??""),y(c.element,{hidden:!(u||c.isOpen)})}}#t(t){let{question:e,model:s,isSelected:i,walked:n}=t,a=[e.focus,e.second,i,n].join("|");if(this.asked?.key!==a||this.asked.model!==s){let r=Object.keys(this.cards).filter(h=>Yn(this.cards[h],t));this.asked={key:a,model:s,names:new Set(r)}}return this.asked.names}path(t){let{why:e}=this.cards;return e.element.hidden?[]:e.path(t)}missing(t,e,s,i){let n=yi(t,e,s,i);return{cards:[...this.#t(n)].filter(r=>{let h=this.cards[r];return h.isOpen?.(n.isSelected,i)??!0?this.answers[r]?.key!==ee(h,n.question,e,s).key:!1}),question:n.question,...ee(null,n.question,e,s)}}};function Vn(o,t){!o.fault&&!t||(o.fault??=o.element.appendChild(l("p",{class:"fault",role:"status"})),b(o.fault,t),o.element.classList.toggle("failed",t!==""))}function yi(o,t,e,s){let i=s!==null&&o.isKnown(o.at(s.block,s.r,s.c),e),{second:n,sample:a}=e;return{question:{focus:i?Bt(s):null,second:n,sample:a},cell:s,model:o,isSelected:e.selection!==null,second:n,walked:t.walked}}function Yn(o,t){return(t.question.focus!==null||o.isOfNoCell===!0)&&o.wants(t)}function ee(o,{focus:t,second:e,sample:s},{version:i},{numbers:n}){let a=o?.isOfNoCell?"":[t,e,s].join("|");return{place:a,key:`${i}|${a}|${n}`}}var Jn=20,vi=250,Xn=60,ie=class{constructor(t){this.send=t,this.hasReviewed=!1}askForCards({cards:t,question:e,key:s,place:i}){let n=t.length?`${s}|${t}`:null;if(n===null)clearTimeout(this.explaining);else if(n!==this.wanted){let a=this.place===i,r=()=>this.send({type:"explain",cards:t,...e});clearTimeout(this.explaining),this.explaining=setTimeout(r,a?vi:Jn)}this.wanted=n,this.place=i}askForReview({version:t},{numbers:e}){let s=`${t}|${e}`;if(s===this.reviewed)return;this.reviewed=s,clearTimeout(this.reviewing);let i=this.hasReviewed?vi:Xn;this.reviewing=setTimeout(()=>this.send({type:"review"}),i)}takeReview(){this.hasReviewed=!0}stop(){clearTimeout(this.explaining),clearTimeout(this.reviewing)}};var Tt=new WeakSet;function Q(o,t){let e=l("input",{type:"text",...o}),s=()=>{Tt.delete(e)&&t(e.value)};return e.addEventListener("input",()=>Tt.add(e)),e.addEventListener("change",s),e.addEventListener("blur",s),e.addEventListener("keydown",i=>{i.key==="Enter"&&s()}),e}function U(o,t){!Tt.has(o)&&o.value!==t&&(o.value=t)}function Wt(o,t){o.value=t,Tt.add(o)}function ne(o,t){Tt.delete(o),o.value=t}function ki(o){let t={text:o.value,from:o.selectionStart,to:o.selectionEnd};return Tt.delete(o)?t:null}function $i(o,t){Wt(o,t.text),o.setSelectionRange(t.from,t.to)}function jt(o,t,e){let s=l("input",{type:"checkbox",...Ss(o,t),...e});return s.checked=t,s}function oe(o,t,e,s){let i=Q({inputmode:"decimal",...Ss(o,t),...e},s);return i.value=t,i}function Ss(o,t){return{"data-control":o,"data-value":String(t)}}function dt(o,t,e,s){let i=l("select",{...Ss(o,e),...s});return I(i,t,String(e)),i}function Mi(o){for(let t of o.querySelectorAll("[data-value]"))t.type==="checkbox"?t.checked=t.dataset.value==="true":U(t,t.dataset.value)}function Ft(o,t,e){return o.map(s=>{let{name:i,label:n,kind:a,sentence:r}=s,h=Zn(s,`${t}.${i}`,`${n} of ${t}`,c=>e(i,c));return l("label",{class:`knob ${a}`,title:`${n}: ${r}`},l("span",{},n),h)})}function Zn({kind:o,value:t,choices:e},s,i,n){let a={"aria-label":i};if(o==="bool")return jt(s,t,{...a,onchange:({target:c})=>n(c.checked)});if(o==="choice"){let h=e.map(c=>[c,c]);return dt(s,h,t,{...a,onchange:({target:c})=>n(c.value)})}let r=[t].flat().map(P).join(" ");return oe(s,r,{...a,class:"knob-number"},n)}var ae=class{constructor(t,{send:e,setSample:s}){this.store=t,this.send=e,this.setSample=s}samples({structure:t}){let{store:e}=this;this.buttons=Array.from({length:t.samples},(i,n)=>l("button",{type:"button",class:"sample","data-control":`sample.${n+1}`,title:`show sample ${n+1} in the drawing`,onclick:()=>this.setSample(n+1)},String(n+1)));let s=(i,n,a,r=!1)=>l("button",{type:"button",class:"quiet",...{"data-control":n,title:n,"aria-label":n},disabled:r,onclick:()=>this.send(a())},i);return l("div",{class:"graph samples"},l("span",{},"sample "),...this.buttons,s("+","add a sample",()=>({type:"add_sample"})),s("−","remove this sample",()=>({type:"remove_sample",sample:e.view.sample}),t.samples<2),s("copy","duplicate this sample",()=>({type:"duplicate_sample",sample:e.view.sample})),l("button",{type:"button",class:"quiet","data-control":"update with this sample","aria-label":"update with this sample",title:"apply the update of this sample alone, then show the next one",hidden:t.samples<2,onclick:()=>this.#t(t.samples)},"update"))}#t(t){let{sample:e}=this.store.view;this.send({type:"update_sample",sample:e}),this.setSample(e%t+1)}mode({structure:t}){return t.hasModes?dt("mode",this.store.scene.modes,t.mode,{class:"quiet","aria-label":"training or evaluation",title:"how batch norm and dropout behave",onchange:({target:e})=>this.send({type:"set_mode",mode:e.value})}):null}paint(t){this.buttons.forEach((e,s)=>{e.classList.toggle("chosen",s===t.sample-1),S(e,"aria-pressed",String(s===t.sample-1))})}};function Si(o){let t=o.trim().replaceAll("−","-");return/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(t)?Number(t):null}function Es(o,{shiftKey:t,altKey:e}){return(Number.isInteger(o)?1:Math.abs(o)<10?.01:.1)*(t?10:1)*(e?.1:1)}function zt(o){return Number(o.toFixed(10))}function qt(o,t,e){let s=10**Math.floor(Math.log10((e-t)/100)),i=t+Math.min(1,Math.max(0,o))*(e-t);return zt(Math.round(i/s)*s)}var Kt=new Set(["weight","bias","gamma","beta","x"]),Ei=new Set(["bias","gamma","beta","running_mean","running_var"]);function tt({block:o,r:t,c:e}){return o.heat?o.canvas:o.elements[t*o.columns+e]}function Qn(o,t){let e=o.canvas.getBoundingClientRect();return{r:Math.min(o.rows-1,Math.max(0,Math.floor((t.clientY-e.top)/e.height*o.rows))),c:Math.min(o.columns-1,Math.max(0,Math.floor((t.clientX-e.left)/e.width*o.columns)))}}function vt(o,t){return o.t[t]||D(o.v[t],o.style)}function Ut(o,t){return o.v[t]===null?"":P(o.v[t])}function ut(o,t){return[vt(o,t),Ut(o,t)]}function Ti({block:{tensor:o,layer:t},r:e,c:s},i,n){if(o==="a")return{type:"pin",layer:t,sample:s+1,unit:e+1,value:i};let a=o==="x"||o==="target",r=a?{layer:null,row:s+1,column:n?null:e+1}:{layer:t,row:e+1,column:Ei.has(o)?null:s+1};return{type:"set",tensor:a||Ei.has(o)?o:"weight",...r,value:i}}function to({block:{tensor:o,layer:t}},e){let s=o==="x"||o==="target";return{type:"paste",tensor:o,layer:s?null:t,text:e,transposed:s}}function zi({block:o,r:t,c:e}){return`${o.key} ${t} ${e}`}var re=class{constructor(t,e){this.store=t,this.send=e,this.sliding=null,this.sent=new Map}of(t,e=this.store.model){let s=t.composedPath(),i=s.find(r=>r.dataset?.block);if(!i)return null;let n=e.byKey.get(i.dataset.block);if(n.heat){if(s[0]!==n.canvas)return null;if(t.clientX!==void 0)return{block:n,...Qn(n,t)};let r=this.store.view.cell(e);return r?.block===n?r:{block:n,r:0,c:0}}let a=s.find(r=>r.dataset?.r!==void 0);return a?{block:n,r:Number(a.dataset.r),c:Number(a.dataset.c)}:null}placeOf(t){return t.block.heat?t.block.canvas.parentElement:tt(t)}valueOf({block:t,r:e,c:s}){let{model:i,scene:n}=this.store;return n.v[i.at(t,e,s)]??0}lastOf(t){return this.sent.get(zi(t))??this.valueOf(t)}settle(){this.sent.clear()}isPinned({block:t,r:e,c:s}){if(t.tensor!=="a")return!1;let{pins:i}=this.store.scene;return i.some(([n,a,r])=>n===t.layer&&a===e&&r===s)}isEditable(t){return t.block.editable===!0||this.isPinned(t)}isClassNumber(t){return t.tensor==="target"&&this.store.scene.targetIsClasses}within({block:t},e){if(t.tensor==="running_var")return Math.max(0,e);if(t.tensor!=="target")return e;let{model:s,scene:i}=this.store;if(this.isClassNumber(t)){let n=s.structure.bands.at(-1).units-1;return Math.min(n,Math.max(0,Math.round(e)))}return i.target_is_probability?Math.min(1,Math.max(0,e)):e}set(t,e,s=null){typeof e=="number"&&this.sent.set(zi(t),e);let i=Ti(t,e,this.isClassNumber(t.block));this.send(s?{...i,gesture:s}:i)}setSeveral(t,e,s){let i=t.map((n,a)=>{let{type:r,...h}=Ti(n,e[a],!1);return h});this.send({type:"set_numbers",numbers:i,gesture:s})}commitText(t,e){this.set(t,e)}drag(t,e,s){this.sliding!==s&&(this.gesture=Mt()),this.sliding=s,this.set(t,zt(e),this.gesture)}endGesture(){this.sliding=null}paste(t,e){this.send(to(t,e))}toggleMask({block:t,r:e,c:s}){this.send({type:"toggle_mask",layer:t.layer,sample:s+1,unit:e+1})}togglePin(t){let{block:e,r:s,c:i}=t;return this.store.view.select(t),this.isPinned(t)?this.send({type:"unpin",layer:e.layer,sample:i+1,unit:s+1}):this.set(t,this.valueOf(t))}};var eo="(max-width: 1199px)",so="(max-width: 600px)",Ts=["closed","compact","whole"],io=30,le=class{constructor(t,{app:e,body:s,store:i,panel:n,above:a,below:r,restingCell:h,deselect:c}){this.host=t,this.app=e,this.body=s,this.store=i,this.panel=n,this.restingCell=h,this.deselect=c,this.level="closed",this.lifted=0;let d=p=>l("button",{type:"button","aria-controls":"explanation",onclick:p});n.id="explanation",this.more=d(()=>this.rise()),this.close=d(()=>this.level==="closed"?this.#i("compact"):this.#e()),this.grip=l("div",{class:"grip","aria-hidden":"true"}),this.card=l("div",{class:"explanation"},this.grip,l("div",{class:"levels"},this.more,this.close)),this.element=l("div",{class:"dock"},a,this.card,r),this.#r(),this.#i("closed")}watch(){this.stopListening=this.host.listen("resize",()=>this.settle()),this.stopLifting=this.host.onKeyboard(t=>this.#a(t)),this.size=new ResizeObserver(()=>this.#n()),this.size.observe(this.element),this.place()}stop(){this.stopListening(),this.stopLifting(),this.size.disconnect()}get isDocked(){return this.app.classList.contains("docked")}open(){this.isDocked&&this.level==="closed"&&this.#i("compact")}rise(){this.isDocked&&this.#i(this.level==="compact"?"whole":"compact")}step(){this.rise(),this.level==="whole"?this.more.focus({preventScroll:!0}):this.#s()}lower(){if(!this.isDocked||this.level==="closed")return!1;if(this.level==="whole")this.#s(),this.#i("compact");else{if(this.store.view.selection!==null&&this.#t()==="compact")return!1;this.#e()}return!0}#t(){return this.host.matches(so)?"closed":"compact"}#e(){this.#s(),this.#i("closed"),this.deselect()}#s(){if(!this.card.contains(F(this.card)))return;let t=this.restingCell();(t?tt(t):this.close).focus({preventScroll:!0})}#i(t){this.level=t,this.isTurning=!0,S(this.element,"data-level",t);let e=t!=="closed",s=t==="whole",i=(n,a,r,h)=>{b(n,a),y(n,{title:r}),S(n,"aria-label",r),S(n,"aria-expanded",String(h))};i(this.more,s?"▾":"▴",s?"less of the explanation (E)":"the whole explanation (E)",s),i(this.close,e?"✕":"▴",e?"close the explanation (Escape)":"show the explanation (E)",e),y(this.more,{hidden:!e}),s||(this.card.scrollTop=0)}makeRoom(t){!t||this.isDocked||(this.needsRoom=!0,this.place())}settle(){this.needsRoom=!1,this.place()}place(){let{app:t,body:e}=this,s=this.host.matches(eo)||this.needsRoom===!0||t.classList.contains("comparing");s!==this.isDocked&&(t.classList.toggle("docked",s),(s?this.card:e).append(this.panel),this.#i(s&&this.store.view.selection?"compact":this.#t()))}#n(){let{app:t}=this,{model:e,view:s}=this.store;if(!this.isDocked)return t.style.removeProperty("--dock");let i=this.element.offsetHeight,n=this.isTurning?1/0:i-this.height;this.height=i,this.isTurning=!1,t.style.setProperty("--dock",`${Math.round(i+this.lifted)}px`);let a=e&&s.cell(e);a&&this.level!=="closed"&&this.#o(tt(a),n)}#o(t,e){let s=t.getBoundingClientRect().bottom-this.element.getBoundingClientRect().top;if(s<=0||s>e)return;let i=this.host.matches("(prefers-reduced-motion: reduce)");t.scrollIntoView({block:"nearest",inline:"nearest",behavior:i?"auto":"smooth"})}#a(t){t!==this.lifted&&(this.lifted=t,this.element.classList.toggle("lifted",t>0),this.element.style.bottom=t?`${t}px`:"",this.isTurning=!0,this.#n())}#r(){let t=null,e=i=>i===this.grip||i.closest(".main h2")!==null;this.card.addEventListener("pointerdown",i=>{i.button!==0||!e(i.target)||(t={y:i.clientY,height:this.card.offsetHeight},this.card.setPointerCapture(i.pointerId))}),this.card.addEventListener("pointermove",i=>{t&&(this.card.style.height=`${Math.max(36,t.height+t.y-i.clientY)}px`)});let s=i=>{if(!t)return;let n=t.y-i.clientY;if(t=null,this.card.style.height="",i.type==="pointercancel")return;let a=Ts.indexOf(this.level);if(Math.abs(n)<io)return this.rise();let r=Ts[Math.min(Ts.length-1,Math.max(0,a+Math.sign(n)))];return r==="closed"?this.#e():this.#i(r)};this.card.addEventListener("pointerup",s),this.card.addEventListener("pointercancel",s)}};var no=8,Ci={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]},he=class{constructor(t,{store:e,cells:s,selection:i,notify:n}){this.store=e,this.cells=s,this.selection=i,this.notify=n,this.#t(t),this.#e(t)}#t(t){let{cells:e,selection:s}=this;t.addEventListener("pointermove",i=>{!i.buttons&&!e.sliding&&s.hoverAt(e.of(i))}),t.addEventListener("pointerleave",()=>s.hoverAt(null)),t.addEventListener("focusin",i=>{let n=e.of(i);n&&!s.isPicking&&i.target.matches(":focus-visible")&&s.select(n)}),t.addEventListener("click",i=>{let n=e.of(i);n?.block.editable==="toggle"&&e.toggleMask(n)}),t.addEventListener("dblclick",i=>{let n=e.of(i);n&&this.#s(n)})}#e(t){let{cells:e,selection:s}=this,i=null,n=null;t.addEventListener("pointerdown",r=>{let h=e.of(r);if(n=r.pointerType==="touch"?h:null,!h||r.button!==0||r.target.closest("input"))return;if(!n){if(s.takesSecond(h,r))return;s.select(h)}if(!e.isEditable(h))return;let c=e.valueOf(h);i={cell:h,x:r.clientX,start:c,gesture:Mt(),moved:!1,pointer:r.pointerId}}),t.addEventListener("pointermove",r=>{if(!i||r.pointerId!==i.pointer)return;let h=Math.trunc((r.clientX-i.x)/no);if(!i.moved&&h===0)return;i.moved||t.setPointerCapture(r.pointerId),!i.moved&&n&&s.select(i.cell),n=null,i.moved=!0,r.preventDefault();let c=e.within(i.cell,zt(i.start+h*Es(i.start,r)));c!==i.last&&e.set(i.cell,c,i.gesture),i.last=c}),t.addEventListener("click",r=>{n&&!s.takesSecond(n,r)&&s.select(n),n=null});let a=()=>{i=null};t.addEventListener("pointerup",a),t.addEventListener("pointercancel",a),t.addEventListener("keydown",r=>{r.key!=="Escape"||!i?.moved||(e.set(i.cell,i.start,i.gesture),i=null,r.stopPropagation())})}#s(t,e=null){let{cells:s}=this;if(t.block.editable!==!0&&t.block.editable!=="pin")return;let i=P(s.valueOf(t)),n=oo(s.placeOf(t),i,e,a=>s.commitText(t,a));n&&Object.assign(n.dataset,{r:t.r,c:t.c})}key(t,e){let{store:s,cells:i,selection:n}=this,a=s.view.cell(s.model);if(!a)return!1;let{block:r}=a;if(e===r.canvas&&t.shiftKey&&Ci[t.key]){let[h,c]=Ci[t.key],d=s.model.cell(r.key,a.r+h,a.c+c);return d&&n.select(d),!0}if(t.key==="ArrowUp"||t.key==="ArrowDown"){if(!i.isEditable(a))return!1;let h=i.lastOf(a),c=(t.key==="ArrowUp"?1:-1)*Es(h,t);return i.set(a,i.within(a,zt(h+c))),!0}if(r.editable==="toggle"){if(t.key!=="Enter")return!1;i.toggleMask(a)}else if(t.key==="Enter"||t.key==="F2")this.#s(a);else if(/^[0-9.−-]$/.test(t.key))this.#s(a,t.key);else return!1;return!0}paste(t){let{store:e,cells:s}=this,i=e.view.cell(e.model);if(!i||t.composedPath()[0].matches?.("input, textarea"))return;let n=t.clipboardData?.getData("text");if(!n)return;if(t.preventDefault(),i.block.editable===!0)return s.paste(i,n);this.notify(`Not changed: ${i.block.title} is computed. To paste a matrix, select a number that can be edited, such as a weight or an input.`,!0)}};function oo(o,t,e,s){if(o.querySelector("input"))return null;let i=l("input",{type:"text",inputmode:"decimal",class:"typing","aria-label":"new value"});i.value=e??t;let n=!1,a=r=>{if(n||i.dataset.moving)return;n=!0;let h=i.value,c=i.parentElement;i.remove(),(c.querySelector("canvas")??c).focus(),r&&s(h)};return i.addEventListener("keydown",r=>{r.stopPropagation(),r.key==="Enter"&&a(!0),r.key==="Escape"&&a(!1),r.key==="Tab"&&a(i.value!==t)}),i.addEventListener("blur",()=>a(i.value!==t)),o.append(i),i.focus(),e===null&&i.select(),i}var ce=class{#t={};constructor(t,e){this.own=t,this.other=e}follow({granularity:t,step:e}){let{own:s,other:i}=this,n=i.steps(t)?t:"layer",a=n===t?4:1,r=(d,[p,...u])=>[d.blocks[p].key,...u].slice(0,a).join(" "),h=s.steps(t),c=i.steps(n);if(e>=h.length)return{granularity:n,step:c.length};this.#t[n]??=new Map(c.map((d,p)=>[r(i,d),p+1]));for(let d=e-1;d>=0;d--){let p=this.#t[n].get(r(s,h[d]));if(p!==void 0)return{granularity:n,step:p}}return{granularity:n,step:0}}};function zs(o,t){let e=new Set;for(let[s,i]of Object.entries(o)){let{offset:n}=t.byKey.get(s);i.forEach((a,r)=>{a&&e.add(n+r)})}return e}function Cs(o){let t=l("figure",{class:`block ${o.phase}`,"data-block":o.key});if(o.figure=t,o.norm=l("p",{class:"norm",hidden:!0}),o.chars=0,o.heat)return t.append(po(o),o.norm),t;let e=l("tr",{role:"row"},l("td",{role:"cell"}));for(let i=0;i<o.columns;i++)e.append(l("th",{role:"columnheader",scope:"col"},o.columnNoun?`${o.columnNoun} ${i+1}`:o.symbol));let s=l("tbody",{role:"rowgroup"});o.elements=[];for(let i=0;i<o.rows;i++){let n=l("tr",{role:"row"},l("th",{role:"rowheader",scope:"row"},`${o.rowNoun} ${i+1}`.trim()));for(let a=0;a<o.columns;a++){let r=l("td",{role:"cell",tabindex:"0","data-r":i,"data-c":a});o.elements.push(r),n.append(r)}s.append(n)}return o.texts=o.elements.map(i=>i.appendChild(document.createTextNode(""))),o.names=o.elements.map(()=>""),t.append(l("table",{role:"table"},l("caption",{},o.symbol,o.frozen?ao():null,l("span",{class:"of"},o.caption.slice(o.symbol.length))),l("thead",{role:"rowgroup"},e),s),o.norm),t}function ao(){let o="frozen: no update changes it";return l("span",{class:"frozen",role:"img","aria-label":o,title:o}," ❄")}function ro(o,t){let e=1;for(let s=o.offset;s<o.offset+o.rows*o.columns;s++)e=Math.max(e,t.t[s].length);return e<=o.chars?!1:(o.chars=e,o.figure.style.setProperty("--chars",e),!0)}function lo(o,t,e,s){let i=e.norms?.[t.key];if(y(t.norm,{hidden:!i}),!i)return;let n=o.isKnown(o.at(t,t.rows-1,t.columns-1),s);$(t.norm,n?A`‖${t.symbol.replace("h = φ","h")}‖ ${i}`:"·")}function ho(o,{tensor:t,layer:e}){return t==="h"||t==="mask"?o.byKey.get(`mask.${e}`):t===o.structure.bands[e].activationInput?o.byKey.get(`slope.${e}`):null}function pe(o,t,e,s,i,n,a){let r=o.reveals[e.granularity],h=new Set(t.pins.map(([p,u,m])=>o.at(o.byKey.get(`a.${p}`),u,m))),c=!1,d=o.largestOfAll(t,!!e.sizes);for(let p of o.blocks){if(lo(o,p,t,e),p.heat){uo(o,p,t,e,s,a,d.get(p));continue}ro(p,t)&&(c=!0);let u=d.get(p),m=ho(o,p),f=p.columnNoun==="sample"&&p.columns>1?e.sample-1:-1;for(let g=0;g<p.elements.length;g++){let x=p.offset+g,v=i?.at===x,w=v||r[x]<=e.step,k=t.v[x],M=v?i.text:w?t.t[x]:"·",C=p.texts[g];C.data!==M&&(C.data=M);let E=w?k===null?"broken":k<0?"negative":k>0?"positive":"zero":"blank";w&&k&&(E+=` t${Math.ceil(Math.abs(k)/u*10)}`),v&&(E+=" partial"),p.editable===!0&&(E+=" editable"),w&&m&&t.v[m.offset+g]===0&&(E+=" closed"),h.has(x)&&(E+=" pinned"),g%p.columns===f&&(E+=" chosen"),w&&n?.has(x)&&(E+=" differs"),w&&a?.has(x)&&(E+=" changed");let H=s.get(x);H&&(E+=` ${H}`),p.names[g]!==E&&(p.names[g]=E,p.elements[g].className=E)}}return c}function Ai({block:o,r:t,c:e},s,i,n,a){let r=s.at(o,t,e),h=s.isKnown(r,n),[c,d]=ut(i,r),p=o.heat?d||c:d===c?"":d,u=o.heat?o.canvas:o.elements[t*o.columns+e];u.title=h?[p,ci(a??"")].filter(Boolean).join(`
`):""}var co=150;function po(o){let t=Math.max(2,Math.floor(co/Math.max(o.rows,o.columns)));o.scale=t;let e=`${o.caption}: ${o.rows} by ${o.columns} numbers`;return o.canvas=l("canvas",{width:o.columns*t,height:o.rows*t,tabindex:"0",role:"img","aria-label":`${e}, as a heat map; Shift and an arrow key move from number to number`}),l("div",{class:"heat"},l("span",{class:"heat-caption"},`${o.symbol} ${o.rows}×${o.columns}`),o.canvas)}function uo(o,t,e,s,i,n,a){let r=o.reveals[s.granularity],{canvas:h,scale:c,rows:d,columns:p}=t,u=getComputedStyle(h),[m,f,g,x,v]=["--positive","--negative","--empty","--mark","--corner"].map(k=>u.getPropertyValue(k)),w=h.getContext("2d");w.clearRect(0,0,h.width,h.height);for(let k=0;k<d;k++)for(let M=0;M<p;M++){let C=o.at(t,k,M),E=e.v[C],H=r[C]<=s.step;w.globalAlpha=1,w.fillStyle=g,w.fillRect(M*c,k*c,c-1,c-1),H&&E!==null&&(w.globalAlpha=a>0?Math.abs(E)/a:0,w.fillStyle=E<0?f:m,w.fillRect(M*c,k*c,c-1,c-1)),H&&n?.has(C)&&mo(w,v,M*c,k*c,Math.max(2,c/3)),i.has(C)&&(w.globalAlpha=1,w.strokeStyle=x,w.lineWidth=1.5,w.strokeRect(M*c+.5,k*c+.5,c-2,c-2))}}function mo(o,t,e,s,i){o.globalAlpha=1,o.fillStyle=t,o.beginPath(),o.moveTo(e,s),o.lineTo(e+i,s),o.lineTo(e,s+i),o.fill()}function Oi(o,t,e){let{structure:s}=o,i=s.bands.map(n=>fo(o,t,n,e));return i.push(go(o,t,e)),i}function fo(o,t,e,s){let{layer:i}=e,n=l("div",{class:"side"},l("h3",{},e.label));if(!s)n.append(i>0?Pi(e.chosen):l("span",{class:"sub"},"input"));else if(i>0){let a=l("select",{class:"quiet","data-of":i,"data-control":`activation.${i}`,"aria-label":`activation of layer ${i}`,onchange:r=>s({type:"set_activation",layer:i,key:r.target.value})});I(a,o.structure.activations,e.activation),n.append(a,...Ft(e.hyperparameters,`the activation of layer ${i}`,(r,h)=>s({type:"set_activation_knob",layer:i,name:r,value:h})))}else n.append(l("span",{class:"sub"},"input"));return e.extras&&n.append(l("span",{class:"sub extras"},e.extras)),s&&n.append(yo(o,t,e,s)),Li(o,l("section",{class:"band","data-layer":i,"aria-label":e.label},n,l("div",{class:"graph"})),o.blocks.filter(a=>a.layer===i&&a.phase!=="loss"&&a.tensor!=="target"))}function Pi([o,t]){return l("span",{class:"sub",title:t===o?null:t},o)}function go(o,t,e){let s=o.structure.layers,i=l("select",{class:"quiet loss","data-of":"loss","data-control":"loss","aria-label":"loss function",onchange:r=>e({type:"set_loss",key:r.target.value})}),n=l("div",{class:"side"},l("h3",{},"loss"),e?i:Pi(o.structure.lossChosen),...e?Ft(o.structure.lossHyperparameters,"the loss",(r,h)=>e({type:"set_loss_knob",name:r,value:h})):[],...e?bo(o,t,e):[]),a=o.blocks.filter(r=>r.layer===s&&(r.phase==="loss"||r.tensor==="target"));return Li(o,l("section",{class:"band","data-layer":"loss","aria-label":"loss"},n,l("div",{class:"graph"})),a)}function bo({structure:o},t,e){let{penalties:s,penalty:i,penaltyHyperparameters:n}=o,a=dt("penalty",[["","no penalty"],...s],i,{class:"quiet","aria-label":"penalty",title:"what is added to the loss so that weights stay small",onchange:({target:h})=>e({type:"set_penalty",key:h.value||null})});if(!i)return[a];let r=jt("penalty.biases",t.penalizeBiases,{"aria-label":"penalise biases too",onchange:({target:h})=>e({type:"penalize_biases",on:h.checked})});return[a,...Ft(n,"the penalty",(h,c)=>e({type:"set_penalty_knob",name:h,value:c})),l("label",{class:"knob bool",title:"whether biases are penalised too"},"biases too",r),l("span",{class:"sub penalty-value",title:"the penalty: it is added to the loss"})]}function xo(o,t){let e=new Map;for(let i of t)e.set(i.line,[...e.get(i.line)??[],i]);if(e.size<2)return l("div",{class:`column ${o}`},...t.map(i=>Cs(i)));let s=[...e].sort(([i],[n])=>i-n);return l("div",{class:`column ${o} stacked`},...s.map(([,i])=>l("div",{class:"line"},...i.map(n=>Cs(n)))))}function Li(o,t,e){for(let[s]of o.structure.columns){let i=e.filter(n=>n.column===s);t.append(xo(s,i))}return t}var wo=2**32;function yo(o,t,e,s){let{layer:i,units:n,bias:a}=e,r=(p,u,m=!1)=>l("button",{type:"button",disabled:m,onclick:f=>{_t(f.target.closest("details")),s(u)}},p),h=i?"unit":"input",c=[r(i?"add a unit":"add an input",{type:"widen",layer:i}),r(`remove the last ${h}`,{type:"narrow",layer:i},n<2),r("add a layer after this",{type:"add_layer",after:i})];i&&(c.push(r("remove this layer",{type:"remove_layer",layer:i},o.structure.layers<2)),c.push(r(a?"remove the bias":"add a bias",{type:"set_bias",layer:i,on:!a})),c.push(...$o(o,e,s),...ko(e,s),...vo(e,t,s)));let d=l("details",{class:"menu","data-menu":i},l("summary",{"data-control":`menu.${i}`,"aria-label":i?`change layer ${i}`:"change the input"},"⋯"),l("div",{},...c));return Rt(d),d.addEventListener("toggle",()=>{d.open&&d.lastElementChild.scrollIntoView({block:"nearest"})}),d.addEventListener("focusout",p=>{d.isConnected&&!d.contains(p.relatedTarget)&&(d.open=!1)}),d}function vo({layer:o,parameters:t,hasRate:e,hasDecay:s,decay:i},n,a){let r=`layer ${o}`,h=t.map(([u,m,f])=>l("label",{class:"frozen-box"},m,jt(`frozen.${o}.${u}`,f,{"aria-label":`${m} of ${r} frozen`,onchange:({target:g})=>a({type:"set_frozen",layer:o,tensor:u,on:g.checked})}))),c=(u,m,f,g,x)=>l("label",{class:"knob",title:f},l("span",{},m),oe(`${u}.${o}`,g==null?"":P(g),{class:"knob-number",placeholder:"as all","aria-label":`${f} of ${r}`},v=>a({type:x,layer:o,value:v.trim()?v:null}))),d=l("div",{class:"knob frozen-boxes",title:"a frozen number keeps its value in every update"},l("span",{},"frozen"),...h),p=n.rates[o-1];return[d,...e?[c("rate","own η","learning rate",p,"set_layer_rate")]:[],...s?[c("decay","own decay λ","weight decay",i,"set_layer_decay")]:[]]}function ko({layer:o,tie:t,ties:e,bias:s,units:i,oneBias:n},a){let r=[];return e.length>1&&r.push(l("label",{class:"knob",title:"a tied weight is one number with that of another layer"},l("span",{},"weight"),dt(`tie.${o}`,e,t,{"aria-label":`weight of layer ${o}`,onchange:({target:{value:h}})=>a({type:"set_tied",layer:o,to:h?Number.parseInt(h,10):null,transposed:h.endsWith("T")})}))),s&&i>1&&r.push(l("label",{class:"knob",title:"all units of the layer have one and the same bias"},l("span",{},"one bias"),jt(`onebias.${o}`,n,{"aria-label":`one bias for all units of layer ${o}`,onchange:({target:h})=>a({type:"set_one_bias",layer:o,on:h.checked})}))),r}function $o(o,{layer:t,norm:e,normHyperparameters:s,dropout:i,skip:n,skips:a,inner:r},h){let c=`layer ${t}`,d=(m,f,...g)=>l("label",{class:"knob",title:f},l("span",{},m),...g),p=[d("norm","what stands between z and the activation",dt(`norm.${t}`,[["","none"],...o.structure.norms],e,{"aria-label":`norm of ${c}`,onchange:({target:m})=>h({type:"set_norm",layer:t,key:m.value||null})})),...Ft(s,`the norm of ${c}`,(m,f)=>h({type:"set_norm_knob",layer:t,name:m,value:f}))];if(!r)return p;let u=()=>Math.floor(Math.random()*wo);return p.push(d("dropout","the chance of a unit to be dropped, from 0 to below 1",oe(`dropout.${t}`,i,{class:"knob-number","aria-label":`dropout rate of ${c}`},m=>h({type:"set_dropout",layer:t,rate:m,seed:u()})))),i&&p.push(l("button",{type:"button","data-control":`redraw.${t}`,onclick:()=>h({type:"redraw_mask",layer:t,seed:u()})},"draw another mask")),a.length>1&&p.push(d("skip","what is added to the output of this layer",dt(`skip.${t}`,a,n,{"aria-label":`skip to ${c}`,onchange:({target:m})=>h({type:"set_skip",layer:t,around:Number(m.value)})}))),p}var Mo=2e3;function Ni(o,t,e){let{structure:s}=o,i=[...t.querySelectorAll(".band")],n=i[0].querySelector(".graph"),a=t.getBoundingClientRect(),r=n.getBoundingClientRect(),h=r.width;e.setAttribute("width",h),e.setAttribute("height",t.scrollHeight),e.style.left=`${r.left-t.parentElement.getBoundingClientRect().left}px`;let c=[];s.bands.forEach(({units:f},g)=>{let x=i[g].getBoundingClientRect(),v=x.top-a.top+t.scrollTop+x.height/2,w=Math.min(50,(h-8)/f),k=Math.max(2,Math.min(14,w*.45,x.height/2-2));c.push(Array.from({length:f},(M,C)=>({x:h/2+(C-(f-1)/2)*w,y:v,radius:k})))});let d=O("g"),p=O("g"),u={nodes:[],edges:[]},m=s.bands.slice(1).reduce((f,{units:g},x)=>f+g*s.bands[x].units,0);for(let f=1;f<c.length&&m<=Mo;f++){let g=o.byKey.get(`weight.${f}`);c[f].forEach((x,v)=>c[f-1].forEach((w,k)=>{let M=O("line",{x1:w.x,y1:w.y+w.radius,x2:x.x,y2:x.y-x.radius});d.append(M),u.edges.push({line:M,block:g,at:o.at(g,v,k),name:`W ${v+1},${k+1} of layer ${f}`})}))}return c.forEach((f,g)=>f.forEach(({x,y:v,radius:w},k)=>{let M=O("g",{transform:`translate(${x} ${v})`});M.append(O("circle",{r:w}));let C=O("text",{dy:"0.35em"}),E=O("line",{x1:-w*.7,y1:w*.7,x2:w*.7,y2:-w*.7,class:"strike"});w>=9&&M.append(C),M.append(E),p.append(M),u.nodes.push({group:M,text:C,number:g,unit:k})})),e.replaceChildren(d,So(s,c,h),p),u}function So(o,t,e){let s=O("g");return o.bands.forEach(({skip:i},n)=>{if(!i)return;let[a,r]=[t[n-i].at(-1),t[n].at(-1)],[h,c]=[a.x+a.radius+1,r.x+r.radius+1],d=Math.min(e-2,Math.max(h,c)+26);s.append(O("path",{class:"skip",d:`M${h} ${a.y} C${d} ${a.y} ${d} ${r.y} ${c} ${r.y}`}));let p=O("text",{class:"skip-sign",x:c+4,y:r.y-4});p.textContent="+",s.append(p)}),s}function _i(o,t,e,s,i){let n=s.sample-1,a=t.reveals[s.granularity],r=new Map;for(let{line:h,block:c,at:d}of o.edges){let p=e.v[d]??0;r.has(c)||r.set(c,t.largest(c,e)||1);let u=p<0?"negative":p>0?"positive":"zero",m=i.get(d)==="path"?"path":"marked",f=i.has(d)?`${u} ${m}`:u;S(h,"class",f),S(h,"stroke-width",(.8+1.4*(Math.abs(p)/r.get(c))).toFixed(1))}for(let{group:h,text:c,number:d,unit:p}of o.nodes){let u=d?`a.${d}`:"x.0",m=t.at(t.byKey.get(u),p,n),f=a[m]<=s.step,g=f?vt(e,m):"";b(c,g.length>7?`${g.slice(0,6)}…`:g),S(c,"class",g.length>3?"long":"");let x=t.byKey.get(`slope.${d}`),v=f&&x&&e.v[t.at(x,p,n)]===0,w=t.byKey.get(`mask.${d}`),k=w&&e.v[t.at(w,p,n)]===0,M=e.pins.some(([H,Cn,An])=>H===d&&Cn===p&&An===n),C=["z","n","h","a","grad_a","grad_h","grad_n","grad_z","x","grad_x"].map(H=>t.byKey.get(`${H}.${d}`)).map(H=>H&&i.get(t.at(H,p,n))).find(Boolean),E=["node",v&&!M&&"closed",k&&"dropped",M&&"pinned",C].filter(Boolean).join(" ");S(h,"class",E)}}function Ri(o,t,e,s,i){let n=o.edges.find(({line:f})=>f===t),a=n?null:o.nodes.find(({group:f})=>f.contains(t));if(!n&&!a)return;let r=a?.number?`a.${a.number}`:"x.0",h=n?.at??e.at(e.byKey.get(r),a.unit,i.sample-1),c=a?.number?`a of unit ${a.unit+1}, layer ${a.number}`:`x ${a?.unit+1}`,d=n?.name??`${c}, sample ${i.sample}`,p=e.isKnown(h,i),u=n?n.line:a.group,m=u.querySelector("title")??u.appendChild(O("title"));b(m,p?`${d}: ${Ut(s,h)||s.t[h]}`:d)}var Eo=[[],["dense"],["tall"],["tall","dense"],["tall","dense","deep"]];var de=class{constructor(t,e,s){this.frame=t,this.sheet=e,this.fold=s,this.restart()}restart(){this.at=0,this.columns=1/0,this.width=this.frame.clientWidth}hasResized(){return Math.abs(this.frame.clientWidth-this.width)>24}fit(t){let e=`${this.at} ${this.columns}`;this.#t(this.at);let s=this.frame.closest(".beside")!==null;for(;this.#e()&&this.at<(s?5:4)-1;)this.at+=1,this.#t(this.at);for(;!s&&this.#e()&&this.#s(t););return this.isTooWide=this.#e(),e!==`${this.at} ${this.columns}`}follow(t){this.applied!==Math.max(t,this.at)&&this.#t(Math.max(t,this.at))}#t(t){this.applied=t;for(let e of["dense","tall","deep"])this.sheet.classList.toggle(e,Eo[t].includes(e))}#e(){return this.frame.scrollWidth>this.frame.clientWidth}#s(t){return this.columns=Math.max(0,...t.filter(({heat:e})=>!e).map(({columns:e})=>e)),this.columns<=4?!1:(this.fold(this.columns),!0)}};var ue=class{constructor(t,e){this.structure=t,this.blocks=t.blocks,this.byKey=new Map,this.cells=0;for(let s of[...t.blocks,...e.map(([i,n,a])=>({key:i,rows:n,columns:a,hidden:!0}))])s.offset=this.cells,this.cells+=s.rows*s.columns,this.byKey.set(s.key,s);this.reveals={};for(let[s,i]of Object.entries(t.steps))this.reveals[s]=this.#t(i)}#t(t){let e=new Int32Array(this.cells);return t.forEach(([s,i,n,,...a],r)=>{for(let h of[s,...a]){let c=this.blocks[h];for(let d=0;d<c.rows;d++)if(!(i>=0&&d!==i))for(let p=0;p<c.columns;p++)(n<0||p===n)&&(e[c.offset+d*c.columns+p]=r+1)}}),e}largest({offset:t,rows:e,columns:s},i){let n=0;for(let a=t;a<t+e*s;a++)n=Math.max(n,Math.abs(i.v[a]??0));return n}largestOfAll(t,e){let s=new Map(this.blocks.map(n=>[n,this.largest(n,t)]));if(!e)return s;let i=new Map;for(let[{tensor:n},a]of s)i.set(n,Math.max(a,i.get(n)??0));return new Map(this.blocks.map(n=>[n,i.get(n.tensor)]))}at(t,e,s){return t.offset+e*t.columns+s}isKnown(t,{granularity:e,step:s}){return this.reveals[e][t]<=s}cell(t,e,s){let i=this.byKey.get(t);return i&&e>=0&&s>=0&&e<i.rows&&s<i.columns?{block:i,r:e,c:s}:null}resolve([t,e,s],{block:i,r:n,c:a},r=0){let{count:h}=i.rule,{samples:c}=this.structure,d=p=>{switch(p){case"r":return n;case"c":return a;case"k":return r;case"rk":return n*h+r;case"k/N":return Math.floor(r/c);case"k%N":return r%c;default:return p}};return{block:this.byKey.get(t),r:d(e),c:d(s)}}references(t,e=1/0){let{rule:s}=t.block,i=s.refs.map(n=>this.resolve(n,t));for(let n=0;n<Math.min(s.count,e);n++)i.push(...s.factors.map(a=>this.resolve(a,t,n)));return i.push(...s.plus.slice(0,Math.max(0,e-s.count)).map(n=>this.resolve(n,t))),i}sources(t,e=1/0){let s=this.references(t,e);for(let{count:i,sources:n}of t.block.rule.details)for(let a=0;a<Math.min(i,e);a++)s.push(...n.map(r=>this.resolve(r,t,a)));return s.filter(({block:i})=>!i.hidden)}steps(t){return this.structure.steps[t]}translate(t,e,s){if(t===0)return 0;let i=this.steps(e)[t-1][0];return this.steps(s).findLastIndex(n=>n[0]===i||n.slice(4).includes(i))+1||0}phases(t){let e=new Map;return this.steps(t).forEach(([s],i)=>{let{phase:n}=this.blocks[s],a=e.get(n)??[i+1,i+1];e.set(n,[a[0],i+1])}),this.structure.phases.filter(([s])=>e.has(s)).map(([s,i])=>[s,i,...e.get(s)])}};var Ct=class{constructor({controls:t,corner:e,send:s,onResize:i}){this.corner=e,this.controls=t,this.send=s,this.drawingLayer=O("svg",{class:"drawing","aria-hidden":"true"}),this.drawingLayer.addEventListener("pointerover",({target:n})=>this.drawing&&Ri(this.drawing,n,this.model,this.scene,this.view)),this.sheet=l("div",{class:"sheet"}),this.element=l("div",{class:"sheet-scroll"},this.sheet),this.element.addEventListener("scroll",()=>{this.drawingLayer.style.translate=`${this.element.scrollLeft}px`,this.sheet.classList.toggle("scrolled",this.element.scrollLeft>0)},{passive:!0}),this.layout=new de(this.element,this.sheet,n=>this.#e(n)),this.observer=new ResizeObserver(()=>{!this.model||!this.element.clientWidth||(this.layout.hasResized()&&this.#t(),this.isFitted=!1,this.drawing=null,i())}),this.observer.observe(this.sheet),this.observer.observe(this.element)}take(t,e){let s=this.model?.structure.id!==t.id;return this.scene=e,s&&(this.model=new ue(t,e.hidden),this.#t()),s}restoreMenus(){let{structure:t}=this.model;for(let e of this.bands){let s=e.querySelector("select"),i=s?.dataset.of;i==="loss"?I(s,t.losses,this.scene.loss):s&&y(s,{value:t.bands[Number(i)].activation})}}#t(){for(let t of this.model.blocks)t.heat=t.isGivenAsHeat??=t.heat;this.#s(),this.layout.restart(),this.isFitted=!1}#e(t){for(let e of this.model.blocks)e.heat||=e.columns>=t;this.#s(),pe(this.model,this.scene,this.view,new Map)}#s(){let t=this.model.structure.columns.map(([f,g])=>l("div",{class:`heading ${f}`},g)),e=F(this.sheet),s=this.sheet.contains(e)?e:null,i=s?.dataset.control,n=s?.closest("[data-block]")?.dataset.block,{r:a=0,c:r=0}=s?.dataset??{},h=s?.matches("input.typing")?s:null;h&&(h.dataset.moving="true",h.remove());let c=i?ki(s):null,d=this.sheet.querySelector("details[open]")?.dataset.menu;this.bands=Oi(this.model,this.scene,this.send),this.sheet.replaceChildren(this.drawingLayer,l("div",{class:"headings"},l("div",{class:"side"},this.corner?.(this.model)),this.controls(this.model),...t),...this.bands);let p=d&&i&&this.sheet.querySelector(`[data-menu="${d}"]`);p&&(p.open=!0);let u=i&&this.sheet.querySelector(`[data-control="${i}"]`);u?.focus(),u&&c&&$i(u,c);let m=n&&this.model.cell(n,Number(a),Number(r));m&&h?To(m,h):m&&queueMicrotask(()=>tt(m).focus({preventScroll:!0})),this.drawing=null}paint(t,e,s,i,n){let{model:a,scene:r}=this;this.view=t,this.#i(r),!!t.sizes!=!!this.hasNorms&&(this.isFitted=!1),this.hasNorms=t.sizes,(pe(a,r,t,e,s,i,n)||!this.isFitted)&&this.layout.fit(a.blocks)&&(this.drawing=null,pe(a,r,t,e,s,i,n)),this.isFitted=!0,this.drawing||(this.drawing=Ni(a,this.sheet,this.drawingLayer)),_i(this.drawing,a,r,t,e);let c=a.steps(t.granularity)[t.step-1],d=c&&a.blocks[c[0]],p=d&&(d.phase==="loss"?"loss":String(d.layer));for(let u of this.bands)u.classList.toggle("current",u.dataset.layer===p);return d}#i({penalty:t}){let e=t&&this.sheet.querySelector(".penalty-value");e&&$(e,t)}stop(){this.observer.disconnect()}};function To(o,t){let{selectionStart:e,selectionEnd:s}=t,i=tt(o);(o.block.heat?i.parentElement:i).append(t),t.focus({preventScroll:!0}),t.setSelectionRange(e,s),delete t.dataset.moving}var zo="(min-width: 1200px)",me=class{constructor(t,{app:e,store:s,own:i,cells:n,selection:a,send:r,insert:h,placed:c,paint:d}){this.host=t,this.app=e,this.store=s,this.own=i,this.cells=n,this.selection=a,this.insert=h,this.placed=c,this.paint=d;let p=(m,f,g)=>l("button",{type:"button",title:f,"aria-label":f,onclick:g},m),u=(m,f,g)=>l("button",{type:"button",title:f,onclick:()=>this.flip(g)},m);this.differences=l("ul",{class:"differences"}),this.losses=l("b"),this.delta=l("p",{class:"delta",role:"status"}),this.here=u("here","show the network that is edited (C)",!1),this.there=u("there","show the one beside it (C)",!0),this.together=l("input",{type:"checkbox",onchange:()=>r({type:"together"})}),this.element=l("section",{class:"comparison",hidden:!0,"aria-label":"comparison"},l("span",{class:"pill"},"loss ",this.losses),this.differences,this.delta,l("label",{},this.together,"edits go to both"),p("⇄ Swap","swap: edit the right one",()=>r({type:"swap"})),p("Adopt the right one","go on with the right one",()=>r({type:"adopt"})),p("✕","stop comparing",()=>r({type:"stop_comparing"}))),this.choice=l("div",{class:"shown-one",role:"group","aria-label":"which network is shown"},this.here,this.there),this.view=new Et,this.other=null,this.stopListening=t.listen("resize",()=>this.#t())}stop(){this.stopListening(),this.other?.stop()}take(t,e){if(this.element.hidden=!t,this.app.classList.toggle("comparing",!!t),this.placed(),!t)return this.other?.stop(),this.other?.element.remove(),this.other=this.ownDiffers=this.otherDiffers=null,this.#t();this.other??=this.#s(),this.other.take(e.get(t.structure),t);let[s,i]=[this.own.model,this.other.model];(this.lockstep?.own!==s||this.lockstep.other!==i)&&(this.lockstep=new ce(s,i),this.#t()),this.deltas=t.deltas,this.ownDiffers=zs(t.deltas,s),this.otherDiffers=zs(t.deltas,i);let n=t.differences.length?t.differences:["no difference"];this.differences.replaceChildren(...n.map(a=>l("li",{},a))),y(this.together,{checked:t.together})}#t(){if(this.app.classList.toggle("beside",this.other!==null&&this.host.matches(zo)),!this.other)this.lockstep=null;else for(let{layout:t}of[this.own,this.other])t.isTooWide=!1}#e(){let t=[this.own.layout,this.other.layout];if(t.some(({isTooWide:s})=>s))return this.app.classList.remove("beside");let e=Math.max(...t.map(s=>s.at));for(let s of t)s.follow(e)}#s(){let t=new Ct({controls:()=>l("div",{class:"graph"}),onResize:this.paint});t.element.classList.add("other"),this.#i(!1),this.insert(t.element);let e=i=>{let n=this.cells.of(i,t.model);this.selection.hoverAt(n&&this.own.model.cell(n.block.key,n.r,n.c))};for(let i of["pointermove","focusin","click"])t.sheet.addEventListener(i,e);t.sheet.addEventListener("pointerleave",()=>this.selection.hoverAt(null));let s=(i,n)=>i.addEventListener("scroll",()=>{n.scrollLeft=i.scrollLeft},{passive:!0});return s(this.own.element,t.element),s(t.element,this.own.element),t}flip(t=!this.app.classList.contains("there")){this.other&&this.#i(t)}#i(t){this.app.classList.toggle("there",t),S(this.here,"aria-pressed",String(!t)),S(this.there,"aria-pressed",String(t))}elementOf({block:t,r:e,c:s}){if(!this.other?.element.offsetParent||this.own.element.offsetParent)return null;let i=this.other.model.cell(t.key,e,s);return i?tt(i):null}render(t,e){let{other:s}=this,{model:i}=s,n=Math.min(t.sample,i.structure.samples);Object.assign(this.view,this.lockstep.follow(t),{sample:n});let a=e&&i.cell(e.block.key,e.r,e.c),r=new Map(a?[[i.at(a.block,a.r,a.c),"focus"]]:[]);s.paint(this.view,r,null,this.otherDiffers),this.app.classList.contains("beside")&&this.#e();let h=(c,d)=>{let p=c.model.byKey.get(`loss.${c.model.structure.layers}`);return As(c,{block:p,r:0,c:0},d)};$(this.losses,A`${h(this.own,t)} | ${h(s,this.view)}`),$(this.delta,e?this.#n(e,a,t):"")}#n(t,e,s){let i=As(this.own,t,s);if(Y(i)==="·")return"";if(!e)return A`here ${i}; the right one has no such number`;let n=this.deltas[t.block.key]?.[t.r*t.block.columns+t.c];return n?A`here ${i}, there ${As(this.other,e,this.view)}: Δ ${n}`:A`${i} in both`}};function As({model:o,scene:t},{block:e,r:s,c:i},n){let a=o.at(e,s,i);return o.isKnown(a,n)?xt(ut(t,a)):"·"}function N(o,t){let[e,s]=o,[i,n]=t,a=s===e?0:(n-i)/(s-e),r=s===e?(i+n)/2:i,h=c=>r+a*(c-e);return h.invert=c=>{let d=n===i?.5:(c-i)/(n-i);return e+(s-e)*Math.min(1,Math.max(0,d))},h.domain=o,h}function fe(o,t){let e=N(o.map(Math.log10),t),s=i=>e(Math.log10(i));return s.invert=i=>10**e.invert(i),s.domain=o,s}function X(o){let[t,e]=[1/0,-1/0];for(let s of o)s!=null&&(s<t&&(t=s),s>e&&(e=s));return t<=e?[t,e]:null}function Os([o,t],e){return t>o?[o,t]:[o-e,t+e]}function it(o,t,e){if(!(t>o))return[o];let s=(t-o)/e,i=10**Math.floor(Math.log10(s)),n=[1,2,5,10].find(r=>r*i>=s)*i,a=[];for(let r=Math.ceil(o/n-1e-9);r*n<=t+n*1e-9;r++)a.push(r*n);return a}function Di(o,t){let e=[],[s,i]=[Math.ceil(Math.log10(o)-1e-9),Math.floor(Math.log10(t)+1e-9)],n=Math.max(1,Math.ceil((i-s)/4));for(let a=s;a<=i;a+=n)e.push(10**a);return e.length?e:[o,t]}function nt(o,t,{values:e,write:s=D,right:i,baseline:n}){o.textAlign=i===void 0?"center":"right",o.textBaseline=i===void 0?"alphabetic":"middle";for(let a of e)i===void 0?o.fillText(s(a),t(a),n):o.fillText(s(a),i,t(a));o.textBaseline="alphabetic"}function G(o,t,e,s,i){o.beginPath();let n=!1;for(let a=0;a<e.length;a++){let r=e[a]==null?Number.NaN:i(e[a]);if(!Number.isFinite(r)){n=!1;continue}let h=s(t?t[a]:a);n?o.lineTo(h,r):o.moveTo(h,r),n=!0}o.stroke()}function ge(o,t,e,s){o.beginPath(),o.moveTo(t,e),o.lineTo(t,s),o.stroke()}function Ps(o){return o.filter(Boolean).map(e=>e.map(s=>s.toFixed(1)).join()).join(" ")}function be(o,{width:t,height:e,edge:s=4,title:i}){let[n,a]=X(o)??[0,0],r=N([0,Math.max(1,o.length-1)],[s,t-s]),h=N([n,a],[e-s,s]),c=o.map((p,u)=>p===null?null:[r(u),h(p)]),d=O("svg",{viewBox:`0 0 ${t} ${e}`,class:"curve",role:"img","aria-label":i});return n<0&&a>0&&d.append(O("line",{x1:s,x2:t-s,y1:h(0),y2:h(0),class:"axis"})),d.append(O("polyline",{points:Ps(c)})),{plot:d,points:c}}var B=240,Ii=46,xe=class{constructor({set:t,back:e,isDark:s}){this.isDark=s,this.canvas=l("canvas",{width:B,height:B,"aria-hidden":"true"}),this.over=O("svg",{viewBox:`0 0 ${B} ${B}`,role:"img"}),this.axes=l("p",{class:"muted axes"}),this.sentence=l("p",{class:"sentence"}),this.element=l("section",{class:"card"},l("h2",{},"What would nudging two do?"),l("div",{class:"contour"},this.canvas,this.over),this.axes,this.sentence,l("button",{type:"button",onclick:e},"Back to one number"));let i=null;this.over.addEventListener("pointerdown",n=>{this.over.setPointerCapture(n.pointerId),i=Mt(),t(this.#e(n),i)}),this.over.addEventListener("pointermove",n=>{n.buttons&&i&&t(this.#e(n),i)}),this.over.addEventListener("pointerup",()=>{i=null})}wants({isSelected:t,second:e}){return t&&e!==null}show(t){if(!t||this.shown===t)return;this.shown=t,this.#t(t);let{x:e,y:s,point:i,slope:n,updated:a,names:r,ends:h,sentence:c}=t,d=N([e[0],e.at(-1)],[0,B]),p=N([s[0],s.at(-1)],[B,0]),u=[d(i[0]),p(i[1])],m=[],f=Math.hypot(...n);if(f>0){let v=[u[0]-n[0]/f*Ii,u[1]+n[1]/f*Ii],w=`the negative gradient: ${Ls(n.map(k=>-k))}`;m.push(Bi(u,v,"down",w))}if(a&&(a[0]!==i[0]||a[1]!==i[1])){let v=[d(a[0]),p(a[1])],w=Ls(a);m.push(Bi(u,v,"update",`the update of these two, to ${w}`)),m.push(kt(v,"updated",`after the update: ${w}`))}m.push(kt(u,"here",`here: ${Ls(i)}`)),this.over.replaceChildren(...m),this.over.setAttribute("aria-label",Y(A`the loss over two numbers. ${c}`));let[g,x]=r.map((v,w)=>A`${v} from ${h[w][0]} to ${h[w][1]}`);$(this.axes,A`→ ${g}, ↑ ${x}; drag to set both`),$(this.sentence,c)}#t({losses:t,levels:e}){let s=Co(t,e),i=this.canvas.getContext("2d"),n=i.createImageData(B,B),a=this.isDark(),r=a?[74,168,232]:[0,92,150],h=a?[38,40,46]:[246,247,248];for(let c=0;c<s.length;c++){let d=s[c]<0?1:s[c]/Math.max(1,e.length),u=c%B&&s[c]!==s[c-1]||c>=B&&s[c]!==s[c-B]?a?26:-34:0;for(let m=0;m<3;m++)n.data[c*4+m]=r[m]+(h[m]-r[m])*d**.7+u;n.data[c*4+3]=255}i.putImageData(n,0,0)}#e(t){let{x:e,y:s}=this.shown,i=this.over.getBoundingClientRect();return[qt((t.clientX-i.left)/i.width,e[0],e.at(-1)),qt(1-(t.clientY-i.top)/i.height,s[0],s.at(-1))]}};function Co(o,t){let[e,s]=[o.length,o[0].length],i=new Int8Array(B*B);for(let n=0;n<B;n++){let a=(1-n/(B-1))*(e-1),r=Math.min(e-2,Math.floor(a)),h=a-r;for(let c=0;c<B;c++){let d=c/(B-1)*(s-1),p=Math.min(s-2,Math.floor(d)),u=d-p,[m,f,g,x]=[o[r][p],o[r][p+1],o[r+1][p],o[r+1][p+1]];if(m===null||f===null||g===null||x===null){i[n*B+c]=-1;continue}let v=(m*(1-u)+f*u)*(1-h)+(g*(1-u)+x*u)*h,w=0;for(;w<t.length&&v>t[w];)w++;i[n*B+c]=w}}return i}function Bi(o,t,e,s){let i=Math.hypot(t[0]-o[0],t[1]-o[1])||1,[n,a]=[(t[0]-o[0])/i,(t[1]-o[1])/i],r=Math.min(7,i),h=[t[0]-n*r,t[1]-a*r],c=[-1,1].map(x=>[h[0]+x*a*r*.55,h[1]-x*n*r*.55]),d=x=>x.map(v=>v.toFixed(1)).join(),[[p,u],[m,f]]=[o,t].map(x=>x.map(v=>v.toFixed(1))),g=ys(O("g",{class:e}),s);return g.append(O("line",{x1:p,y1:u,x2:m,y2:f})),g.append(O("polyline",{points:`${d(c[0])} ${d(t)} ${d(c[1])}`})),g}function Ls(o){return`(${o.map(P).join(", ")})`}var we=class{constructor(){this.verdict=l("p",{class:"sentence verdict"}),this.paths=l("ol",{class:"paths"}),this.rest=l("p",{class:"muted"}),this.uses=l("p",{class:"sentence uses"}),this.element=l("section",{class:"card why"},l("h2",{},"Why?"),this.verdict,this.paths,this.rest,this.uses)}wants({cell:t,isSelected:e}){return e&&t.block.tensor.startsWith("grad_")}show(t){!t||this.shown===t||(this.shown=t,this.element.dataset.cause=t.cause,$(this.verdict,t.verdict),$(this.uses,t.uses),this.paths.replaceChildren(...t.paths.map(({product:e,equals:s,route:i,factors:n})=>l("li",{},st("b",e),` ${s} `,...n.flatMap(([a,r,h],c)=>[c?" · ":"",l("span",{title:r?`${h}: ${r}`:h},c&&a.startsWith("−")?`(${a})`:a)]),l("span",{class:"route"},i)))),this.rest.replaceChildren(...t.paths.length?[...T(t.rest&&A`${t.rest}; `),"together ",st("span",t.sum,{class:"sum"})]:[]))}path(t){return(this.shown?.paths[0]?.edges??[]).map(([s,i,n])=>t.cell(`weight.${s}`,i,n)).filter(Boolean).map(({block:s,r:i,c:n})=>t.at(s,i,n))}};var Ao="input[type=text], textarea, select",Oo="button, summary, a, input[type=checkbox]",ye=class{constructor({cellKey:t,actions:e,scrubber:s,second:i,send:n}){this.cellKey=t,this.actions=e,this.scrubber=s,this.second=i,this.send=n}key(t){let[e]=t.composedPath();if(e.matches?.(Ao))return;let s=t.ctrlKey||t.metaKey;if(s&&t.key.toLowerCase()==="z")return this.send({type:t.shiftKey?"redo":"undo"}),t.preventDefault();s||t.defaultPrevented||this.#t(t,e)&&t.preventDefault()}#t(t,e){let{second:s,scrubber:i}=this;if(s.isPicking()&&t.key==="Escape")return s.clear(),!0;if(s.isPicking()&&t.key==="Enter")return s.take(t);let n=e.matches?.(Oo)??!1,a=e.matches?.("input[type=range]")??!1;if(!n&&!a&&this.cellKey(t,e))return!0;if(a&&e!==i||n&&(t.key===" "||t.key==="Enter"))return!1;let r=this.actions[t.key];return r?.(),r!==void 0}};var mt=class{constructor(t,e,s,...i){this.chosen=null,this.summary=l("summary",{},l("h2",{},e)),this.element=l("details",{class:`card folding ${s}`},this.summary,...i),this.summary.addEventListener("click",n=>{n.preventDefault(),this.chosen=!this.element.open,t()})}isOpen(t){let e=this.chosen??t;return y(this.element,{open:e}),e}};var Po=new Set(["loss","loss_term","probabilities"]),ve=class extends mt{constructor(t){let e=l("div",{});super(t,"The loss, taken apart","loss-parts",e),this.parts=e}wants({cell:{block:t},model:e,isSelected:s}){let{layers:i}=e.structure;return t.layer===i&&(Po.has(t.tensor)||s&&(t.tensor==="grad_a"||t.tensor==="grad_z"))}show(t){if(!t||this.shown===t)return;this.shown=t;let e=t.samples.map(([n,a,r])=>[n,T(a),st("td",r,{class:"sum"})]),s=ht({class:"parts"},null,e),i=l("dl",{class:"factors"},...t.factors.flatMap(([n,a])=>[l("dt",{},J(n)),l("dd",{},...T(a))]));this.parts.replaceChildren(s,l("p",{class:"total"},...T(t.total)),i,...t.slope?[l("p",{class:"sentence"},...T(t.slope))]:[],...t.ways?Lo(t.ways):[])}};function Lo({heading:o,outerName:t,columns:e,marked:s,rows:i,long:n,short:a,over:r,equal:h,sentence:c}){let d=(k,M)=>k.map((C,E)=>st("td",C,{class:`${M}${E===s?" marked":""}`})),p=k=>l("th",{scope:"row",colspan:"2"},k),u=a.map(({result:k})=>k),m=ht({class:"ways"},[l("td"),t,...e.map(k=>`∂/∂${k}`)],[...i.map(({name:k,outer:M,cells:C})=>[k,st("td",M,{class:"outer"}),...d(C,"")]),[p("long way"),...d(n,"")],[p("short way"),...d(u,"")]]),[f,g]=[...m.rows].slice(-2);f.className="long",g.className="short";let x=r?`(p − t)${Y(r)}`:"p − t",v=a.map(({text:k,equals:M,result:C},E)=>l("li",{},`${e[E]}: `,...T(r?A`(${k})${r}`:k),` ${M} `,st("b",C))),w=l("p",{class:"sentence verdict"},c);return w.dataset.equal=String(h),[l("h3",{},o),l("div",{class:"wide"},m),l("p",{class:"muted"},`short way: ${x}`),l("ul",{class:"paths"},...v),w]}var ke=260,Wi=120,At=10,$e=class{constructor({drag:t,endDrag:e,pickSecond:s}){let i=`0 0 ${ke} ${Wi}`;this.plot=O("svg",{viewBox:i,class:"nudge",role:"img"}),this.low=l("span"),this.high=l("span"),this.sentence=l("p",{class:"sentence"});let n=l("span",{},"drag to set the value"),a={type:"button",title:"or hold Ctrl and click it",onclick:s};this.element=l("section",{class:"card"},l("h2",{},"What would nudging do?"),this.plot,l("div",{class:"ends","aria-hidden":"true"},this.low,n,this.high),this.sentence,l("button",a,"Pick a second number"));let r=h=>t(this.#t(h),this.plot);this.plot.addEventListener("pointerdown",h=>{this.plot.setPointerCapture(h.pointerId),r(h)}),this.plot.addEventListener("pointermove",h=>{h.buttons&&r(h)}),this.plot.addEventListener("pointerup",e)}wants({cell:t,isSelected:e,second:s}){return e&&s===null&&Kt.has(t.block.tensor)}show(t){if(!t||this.shown===t)return;this.shown=t;let{values:e,losses:s,value:i,loss:n,slope:a,updated:r,lossUpdated:h}=t,[c,d]=[e[0],e.at(-1)],p=N([c,d],[At,ke-At]),u=N(X([...s,n]),[Wi-At,At]),m=e.map((C,E)=>s[E]===null?null:[p(C),u(s[E])]),f=(d-c)/6,[g,x]=[i-f,i+f],v=C=>u(n+a*(C-i)).toFixed(1),w=`${P(i)}, loss ${P(n)}`,k=[O("polyline",{points:Ps(m)}),O("line",{x1:p(g),y1:v(g),x2:p(x),y2:v(x),class:"tangent"}),kt([p(i),u(n)],"here",`here: ${w}`)];if(h!==null&&r!==null&&r!==i){let E=`after one step of this number alone: ${`${P(r)}, loss ${P(h)}`}`;k.push(kt([p(r),u(h)],"updated",E))}this.plot.replaceChildren(...k);let M=A`the loss from ${t.low} to ${t.high}. ${t.sentence}`;this.plot.setAttribute("aria-label",Y(M)),$(this.low,t.low),$(this.high,t.high),$(this.sentence,t.sentence)}#t(t){let{values:e}=this.shown,s=this.plot.getBoundingClientRect(),i=(t.clientX-s.left)/s.width*ke;return qt((i-At)/(ke-2*At),e[0],e.at(-1))}};var Me=class{constructor(t,{goesBackOnEnter:e}){this.cells=t,this.goesBackOnEnter=e,this.slider=l("input",{type:"range","aria-label":"value",oninput:()=>t.drag(this.cell,Number(this.slider.value),this.slider),onchange:()=>t.endGesture()});let s={inputmode:"decimal",enterkeyhint:"done","aria-label":"exact value",class:"exact",onfocus:()=>{this.typed=this.cell}};this.number=Q(s,i=>this.typed&&t.commitText(this.typed,i)),this.number.addEventListener("keydown",i=>this.#e(i)),this.sign=l("button",{type:"button",class:"sign","aria-label":"change the sign",onmousedown:i=>i.preventDefault(),onclick:()=>this.#s()},"±"),this.pin=l("button",{type:"button",onclick:()=>this.cell&&t.togglePin(this.cell)}),this.element=l("div",{class:"editor"},this.slider,this.number,this.sign,this.pin)}held(t){let{block:e,r:s,c:i}=this.#t()&&this.typed||{};return this.typed=e?t.cell(e.key,s,i):null,this.typed}hide(t){this.cell=t,this.element.hidden=!0}paint(t,e){this.cell=t;let{cells:s}=this,{block:i}=t,n=s.isPinned(t),a=s.isEditable(t);if(this.element.hidden=!a&&i.editable!=="pin",this.slider.hidden=this.number.hidden=this.sign.hidden=!a,this.pin.hidden=i.editable!=="pin"||!n&&!e,b(this.pin,n?"Unpin":"Pin to this value"),!a||s.sliding===this.slider)return;let r=s.valueOf(t),h=2**Math.ceil(Math.log2(Math.max(4,Math.abs(r)*1.5))),[c,d]=[s.within(t,-h),s.within(t,h)],p=s.isClassNumber(i)||h>=64?1:d/400;y(this.slider,{min:c,max:d,step:p,value:r}),U(this.number,P(r))}#t(){return F(this.element)===this.number}#e(t){t.key!=="Escape"&&!(t.key==="Enter"&&this.goesBackOnEnter())||(t.key==="Escape"&&ne(this.number,P(this.cells.valueOf(this.typed))),t.preventDefault(),t.stopPropagation(),tt(this.typed).focus({preventScroll:!0}))}#s(){let{cell:t,cells:e,number:s}=this,i=s.value;this.#t()?Wt(s,/^[-−]/.test(i)?i.slice(1):`-${i}`):e.set(t,e.within(t,-e.lastOf(t)))}};function _s(o,t){let e=J(o);for(let s of e.querySelectorAll("mtext")){let i=/^ref(\d+)$/.exec(s.textContent);if(!i)continue;let[n,a]=t(i[1]);if(s.parentElement.localName==="msup"&&s===s.parentElement.firstElementChild&&/^−|e/.test(n)){s.replaceWith(L("mrow",L("mo","("),Ot(n,a),L("mo",")")));continue}s.replaceWith(Ot(n,a,/^[·−+-]$/.test(s.previousElementSibling?.textContent??"")))}return e}function Ot(o,t,e=!1,s=""){let i=L("mn",o);return t&&t!==o&&i.setAttribute("data-exact",t),s&&i.setAttribute("class",s),e&&o.startsWith("−")?L("mrow",L("mo","("),i,L("mo",")")):i}function W(...o){return L("math",...o)}function Fi(o){o.addEventListener("pointermove",t=>{let[e]=t.composedPath(),s=e.closest?.("math")?.parentElement;s&&S(s,"title",e.getAttribute("data-exact")??"")})}var Ns=8,Se=class{constructor(t,e,s){this.model=t,this.scene=e,this.isPinned=s}#t({block:t,r:e,c:s}){return ut(this.scene,this.model.at(t,e,s))}#e(t,e=!1,s=""){let[i,n]=this.#t(t);return Ot(i,n,e,s)}#s(t){let{model:e,scene:s}=this,i=({block:n,r:a,c:r})=>{let h=e.at(n,a,r),[c,d]=[s.v[h],vt(s,h)];return c===null||d.includes("/")?!0:Math.abs(Number(d.replaceAll("−","-"))-c)<=1e-12*Math.abs(c)};return L("mo",t.every(i)?"=":"≈")}#i(t,e,s,i=0){return _s(t,n=>this.#t(this.model.resolve(e[n],s,i)))}details(t){let{model:e}=this,s=[];for(let{symbol:i,template:n,refs:a,value:r,pin:h,count:c}of t.block.rule.details){let d=Math.min(c,Ns);for(let p=0;p<d;p++){if(h&&this.isPinned(e.resolve(h,t,p)))continue;let u=e.resolve(r,t,p),m=this.#s([u,...a.map(f=>e.resolve(f,t,p))]);s.push(l("div",{class:"formula"},W(this.#i(i,a,t,p)),W(L("mo","=")),this.#i(n,a,t,p),W(m,this.#e(u))))}d<c&&s.push(ji(`and ${c-d} more like these`))}return s}live(t,e,s){let{model:i}=this,{rule:n}=t.block,a=s?Ot(s.text,s.exact,!1,"result"):this.#e(t,!1,"result"),r=this.#s([t,...i.references(t)]),h=()=>L("mo","=");if(e)return[W(L("mi","a"),h(),a)];if(!n.count&&!n.template)return[W(h(),a)];if(n.template)return[W(h()),this.#i(n.template,n.refs,t),W(r,a)];let c=this.#n(t,s?s.term+1:n.terms);if(!n.divisor)return[W(h()),...c,W(r,a)];let d=L("mfrac",L("mn","1"),this.#e(i.resolve(n.divisor,t))),p=W(d,L("mo","·"),L("mo","("));return[W(h()),p,...c,W(L("mo",")")),W(r,a)]}#n(t,e){let{model:s}=this,{rule:i}=t.block,n=Math.min(i.count,e),a=n>Ns?Ns-2:n,r=[];for(let h=0;h<a;h++){let c=L("mrow");h>0&&c.append(L("mo","+")),i.factors.forEach((d,p)=>{p>0&&c.append(L("mo","·")),c.append(this.#e(s.resolve(d,t,h),p>0||h>0))}),r.push(W(c))}a<n&&r.push(ji(`+ … ${n-a} more`));for(let h of i.plus.slice(0,Math.max(0,e-i.count)))r.push(W(L("mo","+"),this.#e(s.resolve(h,t),!0)));return r}};function ji(o){return l("span",{class:"folded"},o)}var No="Press ▶ Play or the → key: the network computes in front of you, forward, loss, backward, update. Hover or select any number to see what it is made of; drag a weight, an input or a target to change it.",_o="a[sample, unit] = value  # pinned: whatever the activation gives",Ro="This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it.",Ee=class{constructor(t,{cards:e,lastEdit:s,goesBackOnEnter:i}){this.cells=t,this.title=l("h2",{}),this.value=l("p",{class:"value"}),this.change=l("p",{class:"value change"}),this.sentence=l("p",{class:"sentence"}),this.formula=l("div",{class:"formula"}),this.live=l("div",{class:"formula live"}),this.details=l("div",{class:"details"}),this.editor=new Me(t,{goesBackOnEnter:i}),this.numpy=l("code"),this.torch=l("code"),this.code=l("section",{class:"card"},l("h2",{},"The same line in code"),l("pre",{},this.numpy,this.torch)),this.element=l("aside",{class:"panel","aria-label":"explanation"},l("section",{class:"card main"},l("div",{class:"told"},this.title,this.value,this.change,this.sentence),l("div",{class:"shown"},this.formula,this.live,this.details,this.editor.element)),...e,s,this.code),Fi(this.element)}paint(t,e,s,i,{partial:n,changeOf:a}){let r=this.editor.held(t)??i;if(this.code.hidden=!r,!r)return this.#e();let{block:h,r:c,c:d}=r,{rule:p}=h,u=t.at(h,c,d),m=t.isKnown(u,s),f=this.cells.isPinned(r),g=n?.at===u?n:null;b(this.title,Do(r)),b(this.sentence,f?Ro:p.sentence);let x=f?null:p;this.shown!==x&&(this.shown=x,this.formula.replaceChildren(...x?.formula?[J(x.formula)]:[]));let v=new Se(t,e,E=>this.cells.isPinned(E));this.live.replaceChildren(...m||g?v.live(r,f,g):[]),this.details.replaceChildren(...m&&!f?v.details(r):[]);let w=m?Ut(e,u):"",k=w&&w!==vt(e,u)?`exactly ${w}`:"";b(this.value,m||g?k:"Not computed yet at this step.");let[M,C]=f?[_o,""]:[p.numpy,p.torch];return b(this.numpy,M&&`# NumPy
${M}
`),b(this.torch,C&&`# PyTorch
${C}`),this.editor.paint(r,m),this.#t(i,t,s,a)}#t(t,e,s,i){let a=t&&e.isKnown(e.at(t.block,t.r,t.c),s)?i(t):"";y(this.change,{hidden:!a}),$(this.change,a&&A`last edit: ${a}`)}#e(){this.shown=null,b(this.title,"Start here"),b(this.value,""),b(this.sentence,No),y(this.change,{hidden:!0}),this.editor.hide(null);for(let t of[this.formula,this.live,this.details])t.replaceChildren()}};function Do({block:{title:o,rowNoun:t,columnNoun:e},r:s,c:i}){let n=[t&&`${t} ${s+1}`,e&&`${e} ${i+1}`];return[o,...n].filter(Boolean).join(" · ")}var Te=class{constructor({send:t,showPlace:e,isWrong:s}){this.lastEdit=new Rs,this.findings=new Ds({send:t,showPlace:e,isWrong:s}),this.changed=null}take({review:t,version:e},s){e!==this.version&&(this.changed=null),this.version=e,t&&(this.model=s,this.changed=Io(t.edit?.cells??{},s),this.lastEdit.show(t.edit,t.fault),this.findings.show(t.wrong))}changeOf({block:t,r:e,c:s}){return this.changed?.get(this.model.at(t,e,s))??""}};function Io(o,{byKey:t}){let e=new Map;for(let[s,[i,n]]of Object.entries(o)){let{offset:a}=t.get(s);i.forEach((r,h)=>{e.set(a+r,n[h]??"")})}return e}var Rs=class{constructor(){this.parts=l("div",{}),this.element=l("section",{class:"card last-edit",hidden:!0},l("h2",{},"Your last edit"),this.parts)}show(t,e){if(y(this.element,{hidden:!t&&!e}),e&&this.parts.replaceChildren(l("p",{class:"sentence"},e)),!t)return;let[s,i,n,a]=t.loss,{forecast:r}=t,h=(c,d)=>l("div",{},l("dt",{},c),l("dd",{},...T(d)));this.parts.replaceChildren(l("p",{class:"edited"},...T(t.title)),l("p",{class:"sentence"},l("span",{class:"corner","aria-hidden":"true"}),t.summary,"; loss ",l("b",{},...T(s))," → ",l("b",{},...T(i))," (Δ ",...T(n),")."),...[a,t.note,t.unreached].filter(Boolean).map(c=>l("p",{class:"muted"},...T(c))),l("ul",{class:"reach"},...t.reach.map(c=>l("li",{},...T(c)))),...r?[l("dl",{class:"forecast"},h("gradient · Δ",r.promised),h("the loss did",r.true)),l("p",{class:"sentence"},...T(r.reason))]:[l("p",{class:"muted"},"The network itself changed, so there is no gradient that could have foretold it.")]),r&&(this.element.dataset.cause=r.cause)}},Ds=class{constructor({send:t,showPlace:e,isWrong:s}){this.send=t,this.showPlace=e,this.isWrong=s,this.list=l("ul",{}),this.unfolded=new Set,this.element=l("section",{class:"findings",role:"status","aria-label":"something is wrong here",hidden:!0},this.list)}show(t){let e=JSON.stringify(t);e!==this.shown&&(this.shown=e,y(this.element,{hidden:t.length===0}),this.isWrong(t.length>0),q(this.list,...t.map(s=>this.#t(s))))}#t({key:t,label:e,sentence:s,place:i,remedy:n}){let a=l("span",{}," ",...T(s)),r=l("button",{type:"button",class:"more",title:"what is wrong","aria-label":`what is wrong: ${e}`},"▾"),h=d=>{d?this.unfolded.add(t):this.unfolded.delete(t),c.classList.toggle("unfolded",d),S(r,"aria-expanded",String(d))};r.addEventListener("click",()=>h(!this.unfolded.has(t)));let c=l("li",{},l("button",{type:"button",class:"finding",title:"show the place",onclick:()=>{h(!0),this.showPlace(i)}},l("b",{},`⚠ ${e}.`),a),r,n&&l("button",{type:"button",class:"remedy",title:"a suggestion; undo takes it back",onclick:()=>this.send(n.event)},n.label));return c.dataset.key=t,h(this.unfolded.has(t)),c}};var Bo="Pick the second number: click a weight, a bias or an input, or walk to it with Tab and press Enter. Escape cancels.",ze=class{constructor(t,{notify:e,changeOf:s,opened:i,shown:n,pause:a}){this.store=t,this.notify=e,this.changeOf=s,this.opened=i,this.shown=n,this.pause=a,this.isPicking=!1}cell(){return this.store.hover??this.restingCell()}restingCell(){return this.store.view.cell(this.store.model)??this.stepCell()}stepCell(){let{model:t,view:e}=this.store,s=t.steps(e.granularity)[e.step-1];if(!s)return null;let i=t.blocks[s[0]],n=i.columnNoun==="sample"?e.sample-1:0;return{block:i,r:Math.max(s[1],0),c:s[2]>=0?s[2]:n}}partial(){let{model:t,scene:e,view:s}=this.store;if(s.granularity!=="product")return null;let[i,n,a,r]=t.steps("product")[s.step-1]??[],h=t.blocks[i];if(!h||h.rule.terms<2||r===h.rule.terms-1)return null;let c=e.partials?.[h.key],d=c?c[(n*h.columns+a)*h.rule.terms+r]:"…",[p,u]=[wt(d)[0]].flat();return{at:t.at(h,n,a),term:r,text:p,exact:u}}hoverAt(t){let{hover:e,model:s,scene:i,view:n}=this.store;t?.block===e?.block&&t?.r===e?.r&&t?.c===e?.c||(t&&Ai(t,s,i,n,this.changeOf(t)),this.store.set({hover:t}))}select(t){let{view:e}=this.store;e.select(t),t?.block.columnNoun==="sample"&&(e.sample=t.c+1),this.store.set({hover:null}),t&&this.opened()}showPlace(t){let{model:e,view:s}=this.store;s.selection=t;let i=s.cell(e);if(!i)return this.select(null);this.pause();let n=e.at(i.block,i.r,i.c);return s.step=Math.max(s.step,e.reveals[s.granularity][n]),this.select(i),this.shown(i)}pickSecond(){this.isPicking=!0,this.notify(Bo),this.store.set()}clearSecond(){this.store.view.second=null,this.#t(),this.store.set()}#t(){this.isPicking&&this.notify(""),this.isPicking=!1}takesSecond(t,e){let{view:s,model:i}=this.store,n=s.cell(i);if(!n||!(this.isPicking||e.ctrlKey||e.metaKey))return!1;if(!Kt.has(n.block.tensor)||!Kt.has(t.block.tensor))return this.isPicking;let a=Bt(t);return a===s.selection?this.isPicking:(s.second=a,this.#t(),this.store.set(),!0)}pair(){let{view:t,model:e}=this.store,s=t.secondCell(e);return s?[t.cell(e),s]:[]}};function qi({model:o,view:t},e,s,i){let n=new Map,a=({block:r,r:h,c})=>o.at(r,h,c);if(e){let r=a(e),h=i?.at===r;if(h||o.isKnown(r,t)){let c=h?i.term+1:1/0;for(let d of o.sources(e,c))n.set(a(d),"source")}n.set(r,"focus")}for(let r of s)n.set(a(r),"focus");return n}var Wo={layer:1.5,unit:3,product:6},Ce=class{constructor(t,{send:e,stepCell:s,shown:i}){this.store=t,this.send=e,this.stepCell=s,this.shown=i,this.timer=null,this.speed=1,this.live=l("p",{class:"visually-hidden","aria-live":"polite"})}get isPlaying(){return this.timer!==null}steps(){return this.store.model.steps(this.store.view.granularity)}goTo(t,e=!1){let{view:s}=this.store;e||this.pause(),s.step=Math.max(0,Math.min(t,this.steps().length)),s.select(null);let i=this.stepCell();this.#s(i),this.store.set({hover:null}),i&&this.shown(i)}goBy(t,e=!1){this.goTo(this.store.view.step+t,e)}setGranularity(t){let{model:e,scene:s,view:i}=this.store;i.step=e.translate(i.step,i.granularity,t),i.granularity=t,this.store.set(),t==="product"&&!s.partials&&this.send({type:"view"})}setSample(t){this.store.view.sample=t,this.store.set()}toggle(){return this.isPlaying?(this.pause(),this.store.set()):(this.#t()&&this.goTo(0,!0),this.timer=setTimeout(()=>this.#e(),0),this.store.set())}pause(){clearTimeout(this.timer),this.timer=null}#t(){return this.store.view.step>=this.steps().length}#e(){this.goBy(1,!0);let t=1e3/(Wo[this.store.view.granularity]*this.speed);this.timer=this.#t()?null:setTimeout(()=>this.#e(),t),this.isPlaying||this.store.set()}#s(t){if(!t)return b(this.live,"start: nothing is computed yet");let[,e]=this.steps()[this.store.view.step-1],s=e>=0?` · ${t.block.rowNoun} ${e+1}`:"";return b(this.live,`${t.block.title}${s}. ${t.block.rule.sentence}`)}};var jo=/^(weight|bias)$/,Ae=class{constructor(t){this.send=t,this.sentence=l("p",{class:"sentence"}),this.actions=l("p",{class:"tie-actions"}),this.element=l("section",{class:"card"},l("h2",{},"One number in several places"),this.sentence,this.actions)}wants({cell:t,isSelected:e}){return e&&jo.test(t.block.tensor)}show(t){!t||this.shown===t||(this.shown=t,$(this.sentence,t.sentence),this.actions.replaceChildren(...t.actions.map(({label:e,event:s})=>l("button",{type:"button",onclick:()=>this.send(s)},e))))}};var Is=9e5;function Fo(o){let t="";for(let e=0;e<o.length;e+=8192)t+=String.fromCharCode(...o.subarray(e,e+8192));return btoa(t)}var Pt=class{constructor({send:t,complain:e,done:s=()=>{}}){this.send=t,this.complain=e,this.done=s,this.waiting=[],this.file=null,this.text=l("span",{});let i=l("button",{type:"button",class:"quiet",onclick:()=>this.#e()},"cancel");this.element=l("p",{class:"notice",role:"status",hidden:!0},this.text,i)}openAll(t){this.waiting=[...t].slice(1),this.open(t[0])}open(t,e){this.file=t,this.purpose=e,this.at=-1,this.#t(0)}take({arrived:t},e){this.file&&(e||t===null&&this.at>0?this.#e():t>this.at&&this.#t(t))}async#t(t){let{file:e,purpose:s}=this;this.at=t,this.#s();try{let i=new Uint8Array(await e.slice(t,t+Is).arrayBuffer());if(this.file!==e)return;let{name:n,size:a}=e,r={name:n,size:a,at:t,bytes:Fo(i)};if(this.send({type:"upload_piece",...s?{purpose:s}:{},...r}),t+Is<a)return;let h=this.waiting.shift();if(h)return this.open(h,s);this.#e(),this.done()}catch{this.#e(),this.complain(`${e.name} cannot be read any more: open it again.`)}}#e(){this.file=null,this.waiting=[],this.#s()}#s(){let{file:t}=this;y(this.element,{hidden:!t||t.size<=Is}),t&&b(this.text,`${t.name}: ${V(this.at/t.size)} has arrived `)}};var Oe=class{constructor({send:t,notify:e}){this.send=t,this.notify=e,this.upload=new Pt({send:t,complain:i=>e(i,!0),done:()=>t({type:"open_files"})}),this.input=l("input",{type:"file",hidden:!0,multiple:!0,"aria-label":"file to open",onchange:()=>{this.open(this.input.files),this.input.value=""}}),this.title=l("h2",{id:"import-title"}),this.body=l("div",{class:"import-body"});let s=(i,n,a)=>l("button",{type:"button",class:a,onclick:()=>t({type:n})},i);this.dialog=l("dialog",{class:"import","aria-labelledby":"import-title",oncancel:i=>{i.preventDefault(),t({type:"cancel_import"})}},this.title,this.body,l("div",{class:"bar"},s("Open on the sheet","finish_import","primary"),s("Cancel","cancel_import",""))),this.elements=[this.input,this.upload.element,this.dialog]}offer(t){this.input.accept=t.join(",")}choose(){this.input.click()}open(t){t.length&&this.upload.openAll([...t])}watch(t){let e=s=>s.dataTransfer?.types.includes("Files");t.addEventListener("dragover",s=>{e(s)&&(s.preventDefault(),t.classList.add("dropping"))}),t.addEventListener("dragleave",s=>{t.contains(s.relatedTarget)||t.classList.remove("dropping")}),t.addEventListener("drop",s=>{e(s)&&(s.preventDefault(),t.classList.remove("dropping"),this.open(s.dataTransfer.files))})}take({importing:t,arrived:e},s){if(this.upload.take({arrived:e},s),!t){this.dialog.open&&this.dialog.close();return}b(this.title,`${t.file}: ${t.tool}`),q(this.body,...this.#t(t.guesses),...Ki("Understood",t.understood),...Ki("Not held",t.left_out)),y(this.dialog,{hidden:!1}),this.dialog.open||this.dialog.showModal()}#t(t){if(!t.length)return[];let e=t.map(({key:s,question:i,choices:n,chosen:a})=>{let r=l("select",{"aria-label":i,"data-control":`import.${s}`,onchange:()=>this.send({type:"answer_import",key:s,choice:r.value})});for(let[h,c]of n)r.append(new Option(c,h,!1,h===a));return l("label",{},l("span",{},i),r)});return[l("h3",{},"Guessed: please check"),l("div",{class:"guesses"},...e)]}};function Ki(o,t){return t.length?[l("h3",{},o),l("ul",{},...t.map(e=>l("li",{},e)))]:[]}var Pe=class{constructor({send:t,notify:e,link:s,setNumbers:i,setSizes:n}){this.send=t,this.notify=e,this.link=s;let a=(h,c,d)=>l("button",{type:"button",title:c,"aria-label":c,onclick:d},h);this.preset=Bs({class:"preset","aria-label":"example network"},h=>h&&t({type:"preset",key:h})),this.compare=Bs({class:"compare","aria-label":"compare with",title:"a second network beside this one"},h=>h&&t({type:"compare",key:h}));let r="how numbers are written";this.numbers=Bs({"aria-label":r,title:r},i),this.sizes=l("button",{type:"button",class:"sizes",title:"one colour scale per kind of number, the same in every layer, and the norm of each block","aria-pressed":"false",onclick:()=>n(this.sizes.getAttribute("aria-pressed")!=="true")},"Sizes"),this.rate=Q({class:"rate",inputmode:"decimal","aria-label":"learning rate"},h=>t({type:"set_learning_rate",value:h})),this.optimizer=new js(t),this.loss=l("b"),this.files=new Ws({send:t,notify:e,copyLink:()=>this.#t()}),this.undo=a("↶","undo (Ctrl+Z)",()=>t({type:"undo"})),this.redo=a("↷","redo (Ctrl+Shift+Z)",()=>t({type:"redo"})),this.linkField=l("input",{class:"link-field",readonly:!0,hidden:!0,"aria-label":"link to this page",onblur:()=>{this.linkField.hidden=!0}}),this.element=l("div",{class:"toolbar",role:"toolbar","aria-label":"network"},l("div",{class:"tools"},this.preset,l("label",{class:"rate-label"},"η ",this.rate),...this.optimizer.elements),l("div",{class:"tools"},l("span",{class:"pill loss-value"},"loss ",this.loss),a("Train this network","learn these samples from these weights on",()=>t({type:"train_network"})),this.compare,this.numbers,this.sizes,this.undo,this.redo,a("Reset","back to the example as it came",()=>t({type:"reset"})),...this.files.elements,this.linkField))}paint(t,e,s){let i=e.presets.map(([a,r])=>[a,r]);I(this.preset,[["",e.name||"untitled"],...i],""),I(this.compare,[["","Compare …"],...e.variants],""),I(this.numbers,e.number_styles,s.numbers||e.number_style),S(this.sizes,"aria-pressed",String(!!s.sizes)),U(this.rate,P(e.learningRate)),this.optimizer.paint(t,e),e.files&&this.files.offer(e.files,e.imports);let n=t.byKey.get(`loss.${t.structure.layers}`).offset;$(this.loss,t.isKnown(n,s)?xt(ut(e,n)):"·"),y(this.undo,{disabled:!e.can_undo}),y(this.redo,{disabled:!e.can_redo})}twinOf(t){return t===this.undo?this.redo:t===this.redo?this.undo:null}async#t(){let{url:t,problem:e}=this.link();if(e)return this.notify(e,!0);try{await navigator.clipboard.writeText(t),this.notify("The link is copied: it holds the whole network and where you stand.")}catch{this.linkField.hidden=!1,this.linkField.value=t,this.linkField.select()}}};function Bs(o,t){let e=l("select",{...o,onchange:()=>t(e.value)});return e}var Ws=class{constructor({send:t,notify:e,copyLink:s}){this.send=t,this.notify=e,this.copyLink=s,this.opener=new Oe({send:t,notify:e}),this.items=l("div"),this.menu=l("details",{class:"menu file"},l("summary",{},"File"),this.items),this.elements=[Rt(this.menu),...this.opener.elements]}offer(t,e){this.files||(this.files=t,this.opener.offer([...t.open,...e]),this.items.append(this.#t("Copy link","copy a link to exactly this",this.copyLink),this.#t("Open a file …","a network saved here, or one of PyTorch, Keras, ONNX, scikit-learn, R and others; dropping it onto the page does the same",()=>this.opener.choose()),...t.save.map(([s,i,n])=>this.#t(`Save ${i}`,n,()=>this.send({type:"save",format:s})))))}#t(t,e,s){return l("button",{type:"button",title:e,onclick:()=>{_t(this.menu),s()}},t)}},qo=[["1","× 1"],["10","× 10"],["100","× 100"]],js=class{constructor(t){this.send=t,this.choice=l("select",{class:"optimizer","aria-label":"optimizer",title:"how the update uses the gradient",onchange:()=>t({type:"set_optimizer",key:this.choice.value})}),this.sentence=l("p",{class:"muted"}),this.inputs=new Map,this.fields=l("div",{class:"knobs"}),this.menu=l("details",{class:"menu knobs-menu"},l("summary",{"aria-label":"knobs of the optimizer",title:"knobs of the optimizer"},"⚙"),this.fields),Rt(this.menu),this.times=l("select",{class:"times","aria-label":"updates at once",title:"updates at once"},...qo.map(([e,s])=>l("option",{value:e},s))),this.apply=l("button",{type:"button",title:"make the new numbers the current ones",onclick:()=>t({type:"update",times:Number(this.times.value)})},"Apply update"),this.count=l("span",{class:"steps-taken",title:"steps that the optimizer remembers"}),this.elements=[this.choice,this.menu,this.apply,this.times,this.count]}paint({structure:t},e){let{optimizers:s,optimizer:i}=t;I(this.choice,s,i.key),b(this.count,e.steps_taken?`t = ${e.steps_taken}`:""),y(this.count,{hidden:!e.steps_taken}),this.shown?.key!==i.key&&this.#t(i),this.shown=i;for(let{name:n}of i.hyperparameters)this.#s(n)}#t({sentence:t,hyperparameters:e}){let s=this.inputs;this.inputs=new Map;let i=e.map(n=>{let a=`${n.name} ${n.kind}`,r=s.get(n.name),h=r?.key===a?r:this.#e(n,a);return h.label.title=n.sentence,b(h.label.firstChild,n.label),this.inputs.set(n.name,h),h.label});b(this.sentence,t),rt(this.fields,[this.sentence,...i])}#e({name:t,kind:e},s){let i=e==="bool",n=r=>{this.send({type:"set_optimizer_knob",name:t,value:r}),this.#s(t)},a=i?l("input",{type:"checkbox",onchange:()=>n(a.checked)}):Q({inputmode:"decimal"},n);return{key:s,input:a,label:l("label",{class:"knob"},l("span",{}),a)}}#s(t){let e=this.shown.hyperparameters.find(i=>i.name===t),s=this.inputs.get(t)?.input;!e||!s||(s.type==="checkbox"?s.checked=e.value:U(s,P(e.value)))}};var Ui={width:260,height:64,edge:6},Le=class extends mt{constructor({onToggle:t,rewind:e}){let s=l("div",{class:"walk-plot"}),i=l("output",{class:"where-walk"}),n=l("input",{type:"range",min:0,step:1,"aria-label":"go back to a step that was taken"}),a=l("button",{type:"button"},"Go back to this step"),r=l("p",{class:"sentence"});super(t,"Steps taken","walk",s,l("div",{class:"walk-where"},n,i),a,r),this.plot=s,this.where=i,this.slider=n,this.back=a,this.sentence=r,n.addEventListener("input",()=>this.#t()),a.addEventListener("click",()=>{a.ariaDisabled!=="true"&&e(Number(n.value))})}get isOfNoCell(){return!0}wants({walked:t}){return t>1}isOpen(){return super.isOpen(!1)}show(t){if(!t||this.shown===t)return;this.shown=t;let{losses:e,starts:s,here:i}=t,{plot:n,points:a}=be(e,{...Ui,title:`the loss at each step. ${Y(t.sentence)}`});for(let[r]of s.slice(1).map(h=>a[h]??[]))r!==void 0&&n.append(O("line",{x1:r,x2:r,y1:0,y2:Ui.height,class:"start"}));this.marker=O("circle",{r:4,class:"here"}),this.points=a,n.append(this.marker),this.plot.replaceChildren(n),y(this.slider,{max:e.length-1,value:i<0?e.length-1:i}),$(this.sentence,t.sentence),this.#t()}#t(){let{steps:t,texts:e,here:s}=this.shown,i=Number(this.slider.value),n=this.points[i];this.marker.setAttribute("visibility",n?"visible":"hidden"),n&&(this.marker.setAttribute("cx",n[0].toFixed(1)),this.marker.setAttribute("cy",n[1].toFixed(1))),$(this.where,A`step ${t[i]} · loss ${e[i]}`),this.slider.setAttribute("aria-valuetext",this.where.textContent),y(this.back,{ariaDisabled:i===s}),b(this.back,i===s?"You are at this step":`Go back to step ${t[i]}`)}};var Ko=[["0.5","½×"],["1","1×"],["2","2×"],["4","4×"],["8","8×"]],Uo=[["layer","layer"],["unit","unit"],["product","single product"]],Ne=class{constructor(t,e){this.stepping=t;let s=(n,a,r)=>l("button",{type:"button",title:a,"aria-label":a,onclick:r},n);this.play=s("▶ Play","play (Space)",()=>t.toggle()),this.range=l("input",{type:"range",class:"scrubber",min:0,step:1,"aria-label":"step",oninput:()=>t.goTo(Number(this.range.value))}),this.phases=l("div",{class:"phases","aria-hidden":"true"}),this.where=l("output",{class:"pill where"});let i=n=>n.map(([a,r])=>l("option",{value:a,selected:a==="1"},r));this.speed=l("select",{"aria-label":"speed",title:"speed",onchange:()=>{t.speed=Number(this.speed.value)}},...i(Ko)),this.granularity=l("select",{"aria-label":"granularity",title:"how much one step shows",onchange:()=>t.setGranularity(this.granularity.value)},...i(Uo)),this.element=l("div",{class:"transport",role:"group","aria-label":"steps"},e,s("|◀◀","to the start (Home)",()=>t.goTo(0)),s("◀","one step back (←)",()=>t.goBy(-1)),this.play,s("▶|","one step forward (→)",()=>t.goBy(1)),s("▶▶|","to the end (End)",()=>t.goTo(1/0)),l("div",{class:"track"},this.phases,this.range),this.where,this.speed,this.granularity)}paint(t,e){b(this.play,this.stepping.isPlaying?"❚❚ Pause":"▶ Play");let s=t.steps(e.granularity);y(this.range,{max:s.length,value:e.step});let i=t.phases(e.granularity),n=i.join();this.phases.dataset.signature!==n&&(this.phases.dataset.signature=n,this.phases.replaceChildren(...i.map(c=>Go(c,s.length))));let a=i.find(([,,c,d])=>e.step>=c&&e.step<=d),r=a?`${a[1].toLowerCase()} ${e.step-a[2]+1} / ${a[3]-a[2]+1}`:"start";b(this.where,r),S(this.range,"aria-valuetext",r),y(this.granularity,{value:e.granularity});let h=this.granularity.options[2];y(h,{disabled:!t.steps("product"),title:t.structure.noProducts})}};function Go([o,t,e,s],i){let n=s-e+1,a=l("span",{class:o,title:t},n/i>.06?t:"");return a.style.flexGrow=String(n),a}var Ho=/^(new_|grad_)?(weight|bias|gamma|beta)$/,_e=class extends mt{constructor(t){let e=l("div",{});super(t,"The update, taken apart","update-parts",e),this.parts=e}wants({cell:{block:t},isSelected:e}){return Ho.test(t.tensor)&&(e||t.phase==="update")}isOpen(t,{block:e}){return super.isOpen(t&&e.phase==="update")}show(t){if(!t||this.shown===t)return;this.shown=t;let{title:e,sentence:s,uses:i,lines:n,rounds:a,head:r,rows:h,series:c}=t;this.parts.replaceChildren(l("h3",{},e),...s?[l("p",{class:"sentence"},s)]:[],...i?[l("p",{class:"sentence uses"},...T(i))]:[],l("ol",{class:"step-lines"},...n.map(Vo)),...a?Yo(a):[],...h.length>1?[l("h3",{},"The last steps"),Jo(r,h),l("div",{class:"series"},...c.map(Xo))]:[])}};function Vo({symbol:o,formula:t,template:e,numbers:s,value:i,isWhole:n,isTheta:a}){let r=l("div",{class:"formula general"},J(o),W(L("mo",a?"←":"=")),J(t)),h=Ot(i[0],i[1],!1,a?"result":""),c=_s(e,p=>s[p]);c.prepend(L("mo","="));let d=l("div",{class:"formula live"},c,W(L("mo",n?"=":"≈"),h));return s.length===1&&s[0][0]===i[0]?l("li",{},l("div",{class:"formula general"},...r.childNodes,W(L("mo","="),h))):l("li",{},r,d)}function Yo({sentence:o,head:t,rows:e}){let s=t.map((n,a)=>a>1?J(n):n),i=e.map(([n,...a])=>[n,...a.map(r=>st("td",r))]);return[l("h3",{},"The rounds"),l("p",{class:"sentence"},o),l("div",{class:"wide"},ht({class:"steps"},s,i))]}function Jo(o,t){let e=o.map((i,n)=>n?J(i):i),s=t.map(([i,...n])=>[i,...n.map(a=>st("td",a))]);return l("div",{class:"wide"},ht({class:"steps"},e,s))}function Xo({symbol:o,values:t,last:e}){let s=l("span",{class:"name"},J(o)),{plot:i}=be(t,{width:150,height:34,title:`${s.textContent} over the last ${t.length} points, now ${Y(e)}`});return l("div",{class:"one"},s,i,l("span",{class:"last"},...T(e)))}var Re=class{constructor(t){let e="Learn on with the weights as they are here, in a branch: what was learned before stays.",s=()=>t({type:"go",page:"train"}),i=()=>t({type:"take_weights_back"});this.back=l("button",{type:"button",onclick:s}),this.element=l("p",{class:"way-back",hidden:!0},this.back,l("button",{type:"button",title:e,onclick:i},"← back with these weights")),this.openedFrom=""}show(t){this.openedFrom=t,b(this.back,`← back to the ${t}`),y(this.element,{hidden:!t})}};var Zo=globalThis.requestIdleCallback??(o=>setTimeout(o,200)),De=class{constructor(t,{store:e,send:s,link:i}){this.host=t,this.store=e,this.#t(s,i)}#t(t,e){let{host:s,store:i}=this,n=(p,u)=>this.notify(p,u),a=()=>this.stepping.pause(),r=p=>this.#s(p),h=()=>i.set();this.app=l("div",{class:"app"}),this.cells=new re(i,t),this.selection=new ze(i,{notify:n,pause:a,shown:r,changeOf:p=>this.review.changeOf(p),opened:()=>this.bottomSheet.open()});let{cells:c,selection:d}=this;this.stepping=new Ce(i,{send:t,shown:r,stepCell:()=>d.stepCell()}),this.review=new Te({send:t,showPlace:p=>d.showPlace(p),isWrong:p=>this.app.classList.toggle("wrong",p)}),this.cards=new se({why:new we,nudge:new $e({drag:(p,u)=>c.drag(i.view.cell(i.model),p,u),endDrag:()=>c.endGesture(),pickSecond:()=>d.pickSecond()}),contour:new xe({set:(p,u)=>c.setSeveral(d.pair(),p,u),back:()=>d.clearSecond(),isDark:()=>this.app.classList.contains("dark")}),tie:new Ae(t),loss:new ve(h),update:new _e(h),walk:new Le({onToggle:h,rewind:p=>t({type:"rewind",to:p})})}),this.panel=new Ee(c,{cards:this.cards.elements,lastEdit:this.review.lastEdit.element,goesBackOnEnter:()=>this.bottomSheet.isDocked}),this.batch=new ae(i,{send:t,setSample:p=>this.stepping.setSample(p)}),this.network=new Ct({controls:p=>this.batch.samples(p),corner:p=>this.batch.mode(p),send:t,onResize:()=>this.paint()}),this.toolbar=new Pe({send:t,notify:n,link:e,setNumbers:p=>{i.view.numbers=p,t({type:"view"})},setSizes:p=>{i.view.sizes=p?"k":"",t({type:"view"})}}),this.transport=new Ne(this.stepping,this.review.findings.element),this.comparison=new me(s,{app:this.app,store:i,own:this.network,cells:c,selection:d,send:t,insert:p=>this.network.element.after(p),placed:()=>this.bottomSheet.place(),paint:()=>this.paint()}),this.wayBack=new Re(t),this.body=l("div",{class:"body"},this.network.element,this.panel.element),this.bottomSheet=new le(s,{app:this.app,body:this.body,store:i,panel:this.panel.element,above:this.comparison.choice,below:this.transport.element,restingCell:()=>d.restingCell(),deselect:()=>d.select(null)}),this.input=new he(this.network.sheet,{store:i,cells:c,selection:d,notify:n}),this.keyboard=this.#e(t),this.notice=l("p",{class:"notice",role:"status",hidden:!0}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.app.append(this.wayBack.element,this.toolbar.element,this.error,this.notice,this.comparison.element,this.body,this.bottomSheet.element,this.stepping.live)}#e(t){let{bottomSheet:e,cells:s,comparison:i,input:n,selection:a,stepping:r}=this;return new ye({cellKey:(h,c)=>n.key(h,c),scrubber:this.transport.range,send:t,second:{isPicking:()=>a.isPicking,clear:()=>a.clearSecond(),take:h=>{let c=s.of(h);return c!==null&&a.takesSecond(c,h)}},actions:{ArrowRight:()=>r.goBy(1),ArrowLeft:()=>r.goBy(-1),Home:()=>r.goTo(0),End:()=>r.goTo(1/0)," ":()=>r.toggle(),e:()=>e.step(),c:()=>i.flip(),Escape:()=>e.lower()||a.select(null)}})}watch(){let{host:t}=this;this.bottomSheet.watch(),this.toolbar.files.opener.watch(this.app);let e=s=>this.store.model&&t.isMeantFor(this.app,s.composedPath());this.stopListening=[t.listen("keydown",s=>e(s)&&this.keyboard.key(s)),t.listen("paste",s=>e(s)&&this.input.paste(s))]}#s(t){(this.comparison.elementOf(t)??tt(t)).scrollIntoView({block:"nearest",inline:"nearest"})}take(t,e){let{store:s}=this;s.scene=t,this.network.take(e.get(t.structure),t)&&this.bottomSheet.settle(),s.model=this.network.model;let{comparison:i}=this;(t.other||i.other||!i.element.hidden)&&i.take(t.other,e),t.opened_from!==this.wayBack.openedFrom&&this.wayBack.show(t.opened_from),this.review.take(t,s.model),this.network.restoreMenus(),Zo(()=>{this.app.isConnected&&this.app.classList.toggle("dark",Zt(this.app))})}restore(){Mi(this.app)}notify(t,e=!1){let s=e?this.error:this.notice;$(s,t),y(s,{hidden:!t})}keepFocus(t){if(!this.app.contains(t)&&t?.isConnected)return;let e=F(this.app);if(!t||e===t&&!e.matches("button, select, summary"))return;let s=n=>n&&this.app.contains(n)&&!n.disabled&&n.checkVisibility();if(s(e))return;[t,this.toolbar.twinOf(t),this.transport.play].find(s).focus({preventScroll:!0})}paint(){let{store:t,selection:e,review:s}=this,{model:i,scene:n,view:a}=t,r=e.cell(),h=e.partial(),c=qi(t,r,e.pair(),h);this.panel.paint(i,n,a,r,{partial:h,changeOf:p=>s.changeOf(p)}),this.cards.paint(i,n,a,e.restingCell());for(let p of this.cards.path(i))c.has(p)||c.set(p,"path");let d=this.network.paint(a,c,h,this.comparison.ownDiffers,s.changed);S(this.app,"data-phase",d?.phase??"start"),this.batch.paint(a),this.toolbar.paint(i,n,a),this.transport.paint(i,a),this.comparison.other&&this.comparison.render(a,r),this.bottomSheet.makeRoom(this.network.layout.isTooWide)}missingCards(){let{model:t,scene:e,view:s}=this.store;return this.cards.missing(t,e,s,this.selection.restingCell())}stop(){for(let t of this.stopListening)t();this.stepping.pause(),this.network.stop(),this.comparison.stop(),this.bottomSheet.stop(),this.app.remove()}};var Qo=200,Ie=new Map,Fs=class{constructor(t,e){this.host=e,this.store=te({scene:null,model:null,view:new Et,hover:null});let s=()=>this.store.scene?{view:this.store.view.toText()}:{},i=h=>e.channel.send({page:"sheet",...h,...s()}),n=h=>this.layout.notify(h,!0);this.outbox=new pt(i,{refuse:n}),this.send=h=>this.outbox.add(h),this.questions=new ie(this.send),this.saver=new St(this.send,(h,c)=>e.saveFile(h,c)),this.address={};let a={page:"sheet",events:[{type:"check"}]};this.badge=new ct(()=>e.channel.send(a));let r=()=>this.#n();this.layout=new De(e,{store:this.store,send:this.send,link:r}),t.append(this.badge.element,this.layout.app),this.layout.watch(),this.store.subscribe(()=>this.layout.paint()),this.store.subscribe(()=>this.#s()),e.channel.listen({onAnswer:h=>this.#t(h),onLost:()=>this.outbox.retry()})}#t({state:t,said:e,address:s,file:i,acknowledged:n,proof:a}){let{store:r,layout:h}=this;if(this.badge.take(a),!("structure"in t))return t.unshown&&this.outbox.acknowledge(n),r.scene&&this.#e(e),r.scene??this.send({type:"resend"});for(let m of[t.structure_data,t.other?.structure_data])m&&Ie.set(m.id,m);if(!Ie.has(t.structure)||t.other&&!Ie.has(t.other.structure))return this.outbox.acknowledge(n),this.send({type:"resend"});let c=!r.scene,d=F(h.app);h.take(t,Ie),t.review&&this.questions.takeReview();let p=c||t.view_number!==this.viewNumber;t.view!=null&&p&&r.view.read(t.view),this.viewNumber=t.view_number,r.view.clamp(r.model),Object.assign(this.address,s),h.toolbar.files.opener.take(t,e.error),this.#e(e),c?this.saver.skip(i):i&&this.saver.take(i),r.set(),c||h.keepFocus(d),this.outbox.acknowledge(n),this.outbox.isAwaiting("set")||h.cells.settle();let u=a?.version??null;this.badge.show(u),this.host.announce("painted",{version:u})}#e({number:t,error:e,notice:s}){t!==this.said&&(this.said=t,e&&this.layout.restore(),this.layout.notify(e??"",!0),this.layout.notify(s??""))}#s(){let{scene:t,view:e}=this.store;this.questions.askForCards(this.layout.missingCards()),this.questions.askForReview(t,e),clearTimeout(this.following),this.following=setTimeout(()=>{t.link_problem||this.host.address.replace(this.#i())},Qo)}#i(){return{...this.address,v:this.store.view.toText()}}#n(){let t=this.store.scene.link_problem;return{problem:t,url:t?"":this.host.address.link(this.#i())}}stop(){clearTimeout(this.following),this.outbox.stop(),this.questions.stop(),this.badge.stop(),this.layout.stop()}};function qs(o,t){let e=new Fs(o,t);return()=>e.stop()}var Gi=`/* The training page: settings left, the live view in the middle, curves right, the transport on top. */

.train {
  display: flex;
  flex-direction: column;
  gap: 8px;
  min-height: calc(100vh - 64px);
  padding-bottom: 24px;
  background: var(--bg);
}
.train h2 {
  margin: 0;
  font-size: 17px;
}
.train h3 {
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
  top: 56px; /* below the frame above */
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
  flex: 1 1 220px;
  min-width: 120px;
}
.transport progress {
  width: 110px;
  height: 10px;
  accent-color: var(--primary);
}
.transport .left {
  min-width: 130px;
  color: var(--muted);
  font-size: 12.5px;
}

/* the three columns */

.train .body {
  display: grid;
  grid-template: "settings middle curves" / 270px minmax(0, 1fr) 350px;
  gap: 20px;
  align-items: start;
}
.settings {
  grid-area: settings;
}
.curves {
  grid-area: curves;
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
.field label {
  overflow-wrap: anywhere;
  font-size: 13px;
}
.field select,
.field input[type="text"] {
  width: 100%;
  min-width: 0;
  min-height: 28px;
  padding: 2px 6px;
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

.answers {
  display: grid;
  grid-template-columns: minmax(0, clamp(320px, 100vh - 560px, 560px)) minmax(0, 1fr);
  gap: 4px 18px;
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
  display: flex;
  flex-direction: column;
  gap: 8px;
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
.chart .legend i {
  display: inline-block;
  width: 14px;
  margin-right: 4px;
  border-top: 2.5px solid;
  vertical-align: 4px;
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
  display: inline-block;
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
  .train .body {
    grid-template: "settings middle" "curves curves" / 250px minmax(0, 1fr);
  }
  .curves {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
  }
  .answers {
    grid-template-columns: minmax(0, 480px) minmax(0, 1fr);
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
  .transport {
    position: static;
  }
  .answers {
    grid-template-columns: minmax(0, 1fr);
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
  .transport .timeline {
    flex-basis: 120px;
  }
  .facts {
    flex: 1 1 100%;
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
`;var Be=class{constructor(){this.still=null,this.frame=null,this.clear()}clear(){this.run="",this.still=null,this.frame=null,this.curves=new Map,this.bands=null}take(t,e){if(t&&(t.run!==this.run&&this.clear(),this.still=t,this.run=t.run),!e||e.run!==this.run)return!1;let s=!0;return e.lanes.forEach((i,n)=>{for(let a of i.curves)s&&=this.#t(this.curves,`${n} ${a.branch}`,a);i.bands&&(this.bands?.lane!==n&&(this.bands={lane:n,kept:new Map}),s&&=this.#t(this.bands.kept,"bands",i.bands))}),this.frame=e,s}#t(t,e,s){let i=t.get(e);if(!i||i.generation!==s.generation||s.start===0){if(s.start!==0)return!1;i={generation:s.generation},t.set(e,i)}for(let[n,a]of Object.entries(s))if(Array.isArray(a)){if(i[n]??=[],i[n].length<s.start)return!1;i[n].length=s.start;for(let r of a)i[n].push(r)}return!0}curve(t,e){return this.curves.get(`${t} ${e}`)??null}get layers(){return this.bands?.kept.get("bands")??null}};var We="–";function _(o){return o==null?We:xt(hi(o))}function Z(o){return o==null?We:D(o)}function j(o){return o==null?We:xt([V(o),`${P(100*o)}%`])}function R(o){return o==null?We:Jt(o)}function Hi(o){return o==null?"":o<1?"under a second":o<90?`${Math.round(o)} s`:o<5400?`${Math.round(o/60)} min`:`${D(o/3600,{digits:2})} h`}var je=46,Ks=10,Us=6,Gs=18,ea=1e3,at=class{constructor({title:t,tall:e=130,isLogarithmic:s=null,onPick:i=null,across:n="epoch"}){this.tall=e,this.across=e<90?"":n,this.canvas=l("canvas",{role:"img","aria-label":t}),this.canvas.style.height=`${e}px`,this.legend=l("span",{class:"legend"}),this.log=s===null?null:l("input",{type:"checkbox",onchange:()=>this.draw()}),s&&(this.log.checked=!0),this.title=l("b",{},t),this.element=l("figure",{class:"chart"},l("figcaption",{},this.title,this.legend,this.log&&l("label",{class:"log"},this.log,"log")),this.canvas),this.hover=null,this.canvas.addEventListener("pointermove",a=>{this.hover=a.offsetX,this.draw()}),this.canvas.addEventListener("pointerleave",()=>{this.hover=null,this.draw()}),this.canvas.addEventListener("click",a=>{this.scale&&i?.(Math.round(this.scale.x.invert(a.offsetX)))})}setTitle(t){b(this.title,t)}take(t,e,{cursor:s=null,range:i=null,most:n=1/0,format:a=_,tick:r=D}={}){this.series=t,this.colours=e,this.cursor=s,this.range=i,this.most=n,this.format=a,this.tick=r,this.draw()}draw(){if(!this.series)return;let t=this.canvas.clientWidth;if(!t)return;let e=K(this.canvas,t,this.tall),s=this.log?.checked??!1,i=this.#t(t,s);this.scale=i,this.#s(e,t,i,s),e.save(),e.beginPath(),e.rect(je,0,t-je-Ks,this.tall-Gs+1),e.clip();for(let n of this.series)this.#i(e,n,i);this.cursor!==null&&this.#n(e,i.x(this.cursor),z(this.colours.mark),[4,3]),e.restore(),this.#o(e,i)}#t(t,e){let[s,i]=this.#e(e),n=this.series.filter(({x:c})=>c.length).flatMap(({x:c})=>[c[0],c.at(-1)]),[a,r]=X(n)??[0,1],h=e?fe:N;return{x:N([a,r>a?r:a+1],[je,t-Ks]),y:h([s,i],[this.tall-Gs,Us])}}#e(t){let e=this.series.map(({y:r})=>Math.abs(r.find(h=>h!=null)??0)),s=t?1/0:this.most*Math.max(1,...e),[i,n]=[1/0,-1/0];for(let{y:r}of this.series)for(let h of r)h==null||t&&h<=0||Math.abs(h)>s||(h<i&&(i=h),h>n&&(n=h));if(n>=i||([i,n]=t?[.1,1]:[0,1]),t)return[i/1.15,n*1.15];if(this.range)return[Math.min(this.range[0],i),Math.max(this.range[1],n)];i===n&&([i,n]=i>0?[0,2*i]:[i-1,n+1]);let a=i>=0&&i<.5*n?0:i;return[a,n+(n-a)*.04]}#s(t,e,{x:s,y:i},n){t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.72),t.strokeStyle=this.colours.faint(.14),t.lineWidth=1;let a=n?Di(...i.domain):it(...i.domain,4),r=p=>Math.round(i(p))+.5;for(let p of a)G(t,s.domain,[p,p],s,r);nt(t,r,{values:a,write:this.tick,right:je-5});let h=e-(this.across?64:18),d=it(...s.domain,Math.max(2,Math.floor(e/90))).filter(p=>s(p)<h);nt(t,s,{values:d,baseline:this.tall-4}),t.textAlign="right",t.fillText(this.across,e-Ks,this.tall-4)}#i(t,{x:e,y:s,colour:i,dash:n=[],width:a=1.8,alpha:r=1},h){t.strokeStyle=z(i,r),t.lineWidth=a,t.setLineDash(n),t.lineJoin="round",G(t,e,s,h.x,h.y),e.length===1&&s[0]!=null&&Number.isFinite(h.y(s[0]))&&(t.beginPath(),t.arc(h.x(e[0])+1,h.y(s[0]),1,0,2*Math.PI),t.stroke()),t.setLineDash([])}#n(t,e,s,i){t.strokeStyle=s,t.lineWidth=1.2,t.setLineDash(i),ge(t,e,Us,this.tall-Gs),t.setLineDash([])}#o(t,e){let s=this.hover!==null?e.x.invert(this.hover):this.cursor;this.hover!==null&&this.#n(t,e.x(s),this.colours.faint(.5),[]);let i=this.series.filter(a=>a.label);for(;this.legend.children.length>i.length;)this.legend.lastChild.remove();if(i.forEach((a,r)=>{let h=this.legend.children[r];h||(h=l("span",{},l("i",{}),l("span",{})),this.legend.append(h)),h.firstChild.style.borderColor=z(a.colour),h.firstChild.style.borderTopStyle=a.dash?.length?"dashed":"solid";let c=s===null?a.x.length-1:sa(a.x,s);$(h.lastChild,A`${a.label} ${this.format(a.y[c])}`)}),this.saying??=setTimeout(()=>this.#a(),ea),this.hover===null)return;let n=e.x(s)>80;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.9),t.textAlign=n?"right":"left",t.fillText(`epoch ${Math.round(s)}`,e.x(s)+(n?-4:4),Us+9)}#a(){this.saying=null;let t=this.cursor??this.series.find(({x:n})=>n.length)?.x.at(-1),e=t===void 0?"":` at epoch ${Math.round(t)}`,s=[...this.legend.children].map(n=>n.textContent).join(", "),i=s&&`${e}: ${s}`;this.canvas.setAttribute("aria-label",`${this.title.textContent}${i}`)}};function sa(o,t){let[e,s]=[0,o.length-1];for(;e<s;){let i=e+s>>1;o[i]<t?e=i+1:s=i}return e>0&&t-o[e-1]<o[e]-t?e-1:e}var Vi=20,ia=.3,qe=class{constructor(t){this.loss=new at({title:"loss",tall:170,isLogarithmic:!1,onPick:t}),this.metric=new at({title:"score",tall:120,onPick:t}),this.rate=new at({title:"learning rate",tall:84,isLogarithmic:!1,onPick:t}),this.norm=new at({title:"gradient norm",tall:96,isLogarithmic:!0,onPick:t}),this.dead=new at({title:"dead units",tall:72,onPick:t});let e=[this.loss,this.metric,this.norm,this.rate,this.dead],s={class:"curves","aria-label":"curves"};this.element=l("section",s,...e.map(({element:i})=>i))}take(t,e){let{frame:s,still:i}=t,n=s.viewing.live?null:s.viewing.epoch,a=Yi(t,e,["train_loss","validation_loss","average_loss","penalty"]);this.loss.take(a,e,{cursor:n,most:Vi});let r=i.metric==="accuracy";this.metric.setTitle(r?"accuracy":"R²"),this.metric.take(Yi(t,e,["train_metric","validation_metric","average_metric",null]),e,{cursor:n,range:r?[0,1]:null,most:Vi,format:r?j:_,tick:r?p=>V(p,0):D}),this.rate.take(na(t,e),e,{cursor:n});let{layers:h}=t;if(!h)return;this.norm.take(oa(h,e),e,{cursor:n});let c=h.dead.map(p=>p.slice(0,-1).reduce((u,m)=>u+m,0)),d={label:"in hidden layers",x:h.epoch,y:c,colour:e.negative};this.dead.take([d],e,{cursor:n,range:[0,4]})}};function Fe(o){return o.some(t=>t!=null)}function Yi(o,t,[e,s,i,n]){let{frame:a}=o,r=a.lanes.length===1;return a.lanes.flatMap((h,c)=>a.branches.flatMap(({branch:d})=>{let p=o.curve(c,d);if(!p)return[];let u=d===a.branch,m=(v,w,k,M,C=1.7)=>{let E=u?1:ia;return{label:u?v:"",x:p.epoch,y:w,colour:k,dash:M,width:C,alpha:E}},f=Fe(p[s]);if(!r){let v=f?p[s]:p[e],w=c===a.focus?2.8:1.7;return[m(h.label,v,t.ofClass(c),c>3?[5,3]:[],w)]}let g=Fe(p[e])?p[e]:p.loss,x=[m("train",g,t.positive)];if(f&&x.push(m("validation",p[s],t.negative,[6,3])),Fe(p[i])){let v=f?"validation, averaged weights":"averaged weights";x.push(m(v,p[i],t.text,[1,2],1.7))}if(n&&Fe(p[n])){let v=`penalty, part of ${f?"both":"it"}`;x.push(m(v,p[n],t.update,[2,3],1.3))}return x}))}function na(o,t){let{frame:e}=o,s=e.lanes.length===1;return e.lanes.flatMap(({label:i},n)=>{let a=o.curve(n,e.branch);if(!a)return[];let r=s?t.update:t.ofClass(n);return[{label:s?"η":i,x:a.epoch,y:a.learning_rate,colour:r}]})}function oa({epoch:o,gradient_norm:t,norms:e},s){let i=e[0]?.length??0,n=Array.from({length:i},(a,r)=>({label:r===0||r===i-1?`layer ${r+1}`:"",x:o,y:e.map(h=>h[r]),colour:s.mix(s.mark,i<2?1:.5+.5*r/(i-1)),width:1.3}));return[{label:"all layers",x:o,y:t,colour:s.text},...n]}var Ke=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.where=l("span",{});let s=(i,n)=>l("button",{type:"button",onclick:()=>this.#t(n)},i);this.back=s("◀ rows before",-1),this.on=s("rows after ▶",1),this.table=l("table",{}),this.element=l("details",{class:"below table",ontoggle:()=>this.element.open&&this.#e(0)},l("summary",{},"The data as a table"),l("div",{class:"head"},this.back,this.where,this.on),l("div",{class:"scroll"},this.table))}#t(t){let e=this.start+t*this.step;e>=0&&e<this.samples&&this.#e(e)}#e(t){this.run=this.store.still.run,this.start=t,this.send({type:"table",start:t,gesture:"table"})}take({table:t}){t&&this.#s(t)}askIfOutdated(){this.element.open&&this.run!==this.store.still.run&&this.#e(0)}#s({start:t,samples:e,features:s,more:i,step:n,rows:a}){this.start=t,this.step=n,this.samples=e,b(this.where,`rows ${R(t+1)} to ${R(t+a.length)} of ${R(e)}`),y(this.back,{disabled:t===0}),y(this.on,{disabled:t+a.length>=e});let r=(d,p)=>T(bt(p,d.map(_))),h=["row","part","target","as the loss reads it",...s];i&&h.push(`and ${i} more`);let c=a.map(([d,p,u,m,f])=>[String(d),p,Array.isArray(u)?r(u,", "):u,r(m," "),...f.map(g=>T(_(g)))]);this.table.replaceChildren(...lt(h,c))}};var Ue=[null,4,3,-4,-3,5,6],aa=4,Xi={train:"●",validation:"○",test:"◉"};function Ji(o,t,e,s,i,n){let a=n?2*i:i,r=i===4&&!n?Math.PI/4:0;for(let h=0;h<a;h++){let c=r-Math.PI/2+2*Math.PI*h/a,d=s*(n&&h%2?.45:1);o.lineTo(t+d*Math.cos(c),e+d*Math.sin(c))}o.closePath()}function ra(o,t,e,s,i){o.beginPath();let n=Ue[t%(Ue.length+3)];if(n===null)o.arc(e,s,i,0,2*Math.PI);else if(n===void 0)Ji(o,e,s,i*1.35,aa+t%(Ue.length+3)-Ue.length,!0);else if(n===-4){for(let a=0;a<4;a++)o.lineTo(e+i*1.3*Math.cos(a*Math.PI/2),s+i*1.3*Math.sin(a*Math.PI/2));o.closePath()}else if(n===-3){for(let[a,r]of[[-1.15,-.75],[1.15,-.75],[0,1.25]])o.lineTo(e+i*a,s+i*r);o.closePath()}else Ji(o,e,s,i*(n<5?1.25:1.15),n)}function Hs(o,{form:t,part:e,x:s,y:i,radius:n,colour:a,colours:r}){ra(o,t,s,i,n);let h=e==="train";o.fillStyle=h?a:z(r.ground,.85),o.fill(),o.lineWidth=h?1:1.6,o.strokeStyle=h?z(r.ground):a,o.stroke(),e==="test"&&(o.beginPath(),o.arc(s,i,Math.max(1,.38*n),0,2*Math.PI),o.fillStyle=a,o.fill())}var Lt=14,Ge=class{constructor(){this.element=l("p",{class:"meaning"})}take({classes:t,scale:e,colours:s}){let i=JSON.stringify([t,e,s.id]);i!==this.key&&(this.key=i,this.element.replaceChildren(...t?t.map((n,a)=>this.#t(n,a,s)):this.#e(e,s)))}#t(t,e,s){let i=l("canvas",{"aria-hidden":"true"});return Object.assign(i.style,{width:`${Lt}px`,height:`${Lt}px`}),Hs(K(i,Lt,Lt),{form:e,part:"train",x:Lt/2,y:Lt/2,radius:4.6,colour:z(s.ofClass(e)),colours:s}),l("span",{},i,t)}#e(t,e){if(!t)return[];let s=l("i",{class:"scale","aria-hidden":"true"}),i=[e.negative,e.positive].map(c=>z(e.mix(c,.85))),n=[i[0],z(e.ground),i[1]].join(", ");s.style.background=`linear-gradient(to right, ${n})`;let[a,r,h]=t.texts;return[l("span",{},`${t.name}: ${a}`,s,h),l("span",{},`no colour is ${r}`)]}};var He=class{constructor({send:t,repaint:e,cursor:s}){this.send=t,this.cursor=s,this.parts=new Set(["train","validation"]),this.tool="look",this.select=l("select",{"aria-label":"what a click on the picture does",onchange:()=>this.pick(this.select.value)}),this.axes=[0,1].map(i=>l("select",{"aria-label":i?"feature upwards":"feature to the right",onchange:()=>this.#t(i)})),this.boxes=["train","validation","test"].map(i=>{let n=l("input",{type:"checkbox",onchange:()=>{this.parts[n.checked?"add":"delete"](i),e()}});return n.checked=this.parts.has(i),l("label",{class:"part"},n,l("span",{"aria-hidden":"true"},Xi[i]),i)}),this.hard=l("input",{type:"checkbox",onchange:e}),this.hardBox=l("label",{class:"part",title:"only which answer it is, not how surely"},this.hard,"discretize"),this.element=l("span",{class:"tools"},...this.boxes,this.hardBox,...this.axes,this.select)}take(t){this.still=t;let e=t.features.length>2&&!t.image_shape;for(let i of this.boxes)i.hidden=!!t.image_shape;this.hardBox.hidden=!!t.image_shape||t.axes.length===1,this.axes.forEach((i,n)=>{i.hidden=!e||n>=t.axes.length,i.hidden||I(i,t.features.map((a,r)=>[String(r),a]),String(t.axes[n].feature))});let s=[["look","pointer: looks"]];t.features.length<=2&&(t.axes.length===1?s.push(["add","pointer: adds, drags points"],["draw","pointer: draws a curve"]):t.task==="classes"&&t.class_names.slice(0,10).forEach((i,n)=>s.push([`add ${n}`,`pointer: adds, drags ${i}`])),s.push(["remove","pointer: removes points"])),I(this.select,s,s.some(([i])=>i===this.select.value)?this.select.value:"look"),this.select.hidden=s.length===1,this.pick(this.select.value)}get isHard(){return this.hard.checked}pick(t){this.select.value=t;let[e,s]=t.split(" ");this.tool=e==="add"?{target:s===void 0?null:Number(s)}:e,this.cursor(e==="look"?"crosshair":e==="draw"?"cell":"copy")}#t(t){let e=this.axes.map(s=>Number(s.value));e[0]===e[1]&&(e[1-t]=this.still.axes[t].feature),this.send({type:"axes",axes:e})}},Zi=9,Ve=class{constructor(t,{send:e,tools:s}){this.map=t,this.send=e,this.tools=s,this.stroke=null,this.dragged=null;for(let[i,n]of[["pointerdown","down"],["pointermove","move"],["pointerup","up"],["pointercancel","up"],["pointerleave","leave"]])t.points.addEventListener(i,a=>this[n](a))}#t(t){let[e,s]=[null,Zi*Zi];for(let i of this.map.still.samples)this.tools.parts.has(i.part)&&i.rows.forEach((n,a)=>{let[r,h]=this.map.spot(i,a),c=(r-t.offsetX)**2+(h-t.offsetY)**2;c<s&&([e,s]=[{row:n,target:i.target[a],part:i.part},c])});return e}down(t){let{map:e}=this,s=this.tools.tool;if(!(!e.still||s==="look"||t.button)){if(e.points.setPointerCapture(t.pointerId),t.preventDefault(),s==="draw")this.stroke=[e.place(t)];else{let i=this.#t(t);if(s==="remove")return i&&this.send({type:"remove_point",row:i.row});if(!i)return this.send({type:"add_point",at:e.place(t),target:s.target});this.dragged={...i,at:e.place(t),moved:!1}}e.paintPoints()}}move(t){let{map:e}=this;e.still&&(this.stroke?(this.stroke.push(e.place(t)),e.paintPoints()):this.dragged&&(this.dragged.at=e.place(t),this.dragged.moved=!0,e.paintPoints()),this.#e(t))}up(){if(this.stroke){let t=this.stroke.filter(([e],s,i)=>s===0||e>Math.max(...i.slice(0,s).map(([n])=>n)));this.stroke=null,t.length>1?this.send({type:"draw",points:t}):this.map.paintPoints()}if(this.dragged){let{row:t,at:e,moved:s}=this.dragged;this.dragged=null,s&&this.send({type:"move_point",row:t,at:e}),this.map.paintPoints()}}leave(){b(this.map.readout,"")}#e(t){let{still:e,isCurve:s}=this.map,[i,n]=this.map.place(t),a=this.#t(t),r=u=>e.task==="classes"?e.class_names[u]:Z(u),h=s?`${e.axes[0].name} ${Z(i)}, y ${Z(n)}`:`${e.axes[0].name} ${Z(i)}, ${e.axes[1].name} ${Z(n)}`,c=this.map.answerAt(i,n),d=c===null?"":c.share===void 0?` → ${Z(c.value)}`:` → ${e.class_names[c.number]} ${V(c.share)}`,p=a?` · sample ${a.row+1} (${a.part}): ${r(a.target)}`:"";b(this.map.readout,h+d+p)}};var et={left:38,right:8,top:8,bottom:30},la=600,Ye=class{constructor(t,e){this.tools=e,this.picture=new ot,this.gallery=[],this.map=l("canvas",{class:"map","aria-hidden":"true"}),this.points=l("canvas",{class:"points",tabindex:0,role:"img","aria-label":"answers of the network and the samples"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.broken=l("p",{class:"broken",hidden:!0}),this.legend=new Ge,this.element=l("div",{class:"plane"},this.map,this.points,this.readout,this.broken),this.pointer=new Ve(this,{send:t,tools:e}),this.size=[0,0],this.still=null}setCursor(t){this.points.style.cursor=t}take({still:t,lane:e,unit:s,colours:i,pictures:n},a){this.element.classList.toggle("picture",!!n),this.size=[this.element.clientWidth,this.element.clientHeight];let r=this.still?.samples;this.still=t,this.lane=e,this.unit=s,this.colours=i,this.pictures=n,this.#t(),this.#i(),this.#e();let h=[t.run,i.id,...this.size,this.y.domain,...this.tools.parts].join();h===this.key&&r===t.samples&&!a||(this.key=h,this.paintPoints())}get isCurve(){return this.still.axes.length===1}#t(){let[t,e]=this.still.axes;this.targetsOf!==this.still&&(this.targetsOf=this.still,this.targets=X(this.still.samples.flatMap(({target:d})=>d))??[0,0]);let[s,i]=this.targets,n=.12*(i-s||1),a=e?[e.low,e.high]:[s-n,i+n],[r,h]=this.size;this.x=N([t.low,t.high],[et.left,r-et.right]),this.y=N(a,[h-et.bottom,et.top]);let c=[r-et.left-et.right,h-et.top-et.bottom];this.box=[et.left,et.top,...c]}#e(){let{still:t,lane:e,unit:s,pictures:i,colours:n}=this,a=t.task==="classes"&&!s&&!i?t.class_names:null;this.legend.take({classes:a,scale:a?null:this.#s(),colours:n});let r=`diverged at epoch ${e.diverged}: its numbers are not finite any more`,h=e.diverged!=null?r:"";b(this.broken,h),y(this.broken,{hidden:!h});let c=t.axes.map(({name:f,low:g,high:x})=>`${f} from ${D(g)} to ${D(x)}`),p=t.samples.filter(({part:f})=>this.tools.parts.has(f)).map(({part:f,rows:g})=>`${g.length} ${f} samples`),u=`what the network answers over ${c.join(", ")}; on it ${p.join(", ")}. ${h}`,m=i?"the weights of the first units as pictures":u.trim();S(this.points,"aria-label",m)}#s(){let{unit:t,pictures:e,targets:s}=this;if(t?.grid){let{low:a,high:r}=t.grid;return{name:"activation",texts:[D(a),"0",D(r)]}}if(e)return{name:"weight of a pixel",texts:["below 0","0","above 0"]};if(this.isCurve||this.still.task==="classes")return null;let[i,n]=s;return{name:"answer",texts:[i,(i+n)/2,n].map(a=>D(a))}}place({offsetX:t,offsetY:e}){return[this.x.invert(t),this.y.invert(e)]}spot(t,e){return[this.x(t.x[e]),this.y(this.isCurve?t.target[e]:t.y[e])]}answerAt(t,e){let{map:s}=this.lane;if(this.unit||!s?.strength||this.pictures)return null;let{width:i,height:n,low:a,high:r,bytes:h}=s.strength,[c,d]=this.still.axes,p=Math.floor(i*(t-c.low)/(c.high-c.low)),u=Math.floor(n*(d.high-e)/(d.high-d.low)),m=Math.min(n-1,u)*i+Math.min(i-1,p),f=a+(r-a)*$t(h)[m]/255;return s.kind==="values"?{value:f}:s.winner?{number:$t(s.winner.bytes)[m],share:f}:f<.5?{number:0,share:1-f}:{number:1,share:f}}#i(){let[t,e]=this.size;if(!t)return;let s=K(this.map,t,e),{unit:i,lane:n,pictures:a,colours:r}=this;if(this.isCurve)return this.#a(s,i?.curve?this.#n(i):n.map);if(s.imageSmoothingEnabled=!1,a&&!i)return this.#o(s);let h=i?.grid??n.map;if(!h)return;let c={isHard:this.tools.isHard,range:i?null:this.targets};s.drawImage(yt(this.picture,h,r,c),...this.box)}#n({curve:t}){let[e,s]=this.x.domain;return{x:t.map((i,n)=>e+(s-e)*n/(t.length-1)),y:[t]}}#o(t){let[e,s,i,n]=this.box,a=Math.ceil(Math.sqrt(this.pictures.length)),r=Math.min(i,n)/a;this.pictures.forEach((h,c)=>{this.gallery[c]??=new ot;let[d,p]=[e+r*(c%a),s+r*Math.floor(c/a)];t.drawImage(yt(this.gallery[c],h,this.colours),d,p,r-6,r-6)})}#a(t,e){e&&(t.beginPath(),t.rect(...this.box),t.clip(),t.lineWidth=2.5,e.y.forEach((s,i)=>{t.strokeStyle=z(this.colours.ofClass(i?i+1:1)),G(t,e.x,s,this.x,this.y)}))}paintPoints(){let[t,e]=this.size;if(!t||!this.still)return;let s=K(this.points,t,e);this.#h(s,t,e);let{dragged:i,stroke:n}=this.pointer;for(let h of this.still.samples){if(!this.tools.parts.has(h.part))continue;let c=h.rows.length>la?2.2:3.6;h.rows.forEach((d,p)=>{i?.row!==d&&this.#r(s,h.part,this.spot(h,p),h.target[p],c)})}if(i){let h=[this.x(i.at[0]),this.y(i.at[1])];this.#r(s,"train",h,i.target,5)}if(!n)return;s.strokeStyle=z(this.colours.mark),s.lineWidth=2;let[a,r]=[0,1].map(h=>n.map(c=>c[h]));G(s,a,r,this.x,this.y)}#r(t,e,s,i,n){let[a,r]=s,h=this.still.task==="classes"?i:0,c=z(this.#l(i));Hs(t,{form:h,part:e,x:a,y:r,radius:n,colour:c,colours:this.colours})}#l(t){let{colours:e}=this;if(this.still.task==="classes")return e.ofClass(t);if(this.isCurve)return e.negative;let[s,i]=this.targets,n=(t-s)/(i-s||1),a=n<.5?e.negative:e.positive;return e.mix(a,.3+1.2*Math.abs(n-.5))}#h(t,e,s){let[i,n]=this.still.axes,[a,r,h,c]=this.box;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.75),t.strokeStyle=this.colours.faint(.3),t.strokeRect(a-.5,r-.5,h+1,c+1);let d=s-et.bottom+13;nt(t,this.x,{values:it(...this.x.domain,5),baseline:d}),t.fillText(i.name,(e+et.left)/2,s-3),nt(t,this.y,{values:it(...this.y.domain,5),right:et.left-5}),n&&(t.save(),t.translate(10,s/2-10),t.rotate(-Math.PI/2),t.textAlign="center",t.fillText(n.name,0,0),t.restore())}};function Qi({classes:o,confusion:t},e){let s=Math.max(...t.flat(),1),i=(a,r,h)=>{let c=l("td",{},a?String(a):"·"),d=r===h?e.positive:e.negative;return c.style.background=a?z(d,.12+.4*(a/s)):"",c},n=t.map((a,r)=>[o[r],...a.map((h,c)=>i(h,r,c))]);return l("figure",{class:"confusion"},l("figcaption",{},"Confusion matrix: true classes down, answers across"),ht({},["",...o],n))}function tn({perClass:o}){let t=o.map(([s,i,n,a,r])=>[s,...[i,n,a].map(h=>T(j(h))),R(r)]),e=["class","precision","recall","F1","samples"];return l("figure",{},l("figcaption",{},"Scores per class"),ht({},e,t))}function en({wrong:o,wrongs:t,classes:e},s,i){let n=o.map(({row:c,true:d,guess:p,p:u,picture:m,x:f})=>{let g=`open sample ${c+1} on the score sheet: its forward and backward pass`,x=f?.map(([v,w])=>A`${v} ${_(w)}`);return l("button",{type:"button",class:"wrong",title:g,onclick:()=>i(c)},m?Xt(m,56,s):l("span",{class:"note"},...T(bt(", ",x))),l("span",{},`${e[d]} → ${e[p]}`),l("span",{class:"note"},...T(j(u))))}),a=t>o.length?`, the ${o.length} surest`:"",h=t?`Misclassified: ${R(t)}${a} (true → answer, its probability). Click one to step through it.`:"Nothing is misclassified.";return l("figure",{class:"wrongs"},l("figcaption",{},h),l("div",{},...n))}function sn({predicted:o,residuals:t},e){let[s,i]=[420,240],n=l("canvas",{role:"img","aria-label":"residuals over predictions"});Object.assign(n.style,{width:`${s}px`,height:`${i}px`});let a=K(n,s,i),r=N(Os(X(o),1),[52,s-12]),h=N(Os(X([...t,0]),1),[i-32,8]);return a.font=`11px ${e.font}`,a.fillStyle=e.faint(.75),nt(a,r,{values:it(...r.domain,5),baseline:i-18}),a.fillText("predicted",s/2,i-3),nt(a,h,{values:it(...h.domain,5),right:46}),a.strokeStyle=e.faint(.5),G(a,r.domain,[0,0],r,h),a.fillStyle=z(e.positive,.7),o.forEach((c,d)=>{a.beginPath(),a.arc(r(c),h(t[d]),2.6,0,2*Math.PI),a.fill()}),l("figure",{},l("figcaption",{},"Residuals: true minus predicted"),n)}function Je(){let o=l("summary",{}),t=l("div",{}),e=l("details",{class:"formula-of"},o,t),s="";return{element:e,update:n=>{b(o,n.text);let a=JSON.stringify(n);if(a===s)return;s=a;let{sentence:r,formulas:h,code:c}=n;t.replaceChildren(l("p",{class:"note"},r),...h.map(d=>l("div",{class:"line"},J(d))),l("pre",{},...c.map(([d,p])=>l("code",{},`# ${d}
${p}
`))))}}}var nn=40,Ze=class{constructor({send:t}){this.send=t;let e=s=>{s.preventDefault(),this.#e()};this.form=l("form",{class:"point",onsubmit:e}),this.answer=l("div",{class:"given"}),this.pad=new Vs(s=>t({type:"digit",drawing:s,gesture:"digit"})),this.element=l("div",{class:"try"},l("h3",{},"Ask the network"),this.form,this.pad.element,this.answer)}take(t,e,s){if(e&&this.#s(e,s),t.run===this.run)return;this.run=t.run,this.answer.replaceChildren();let i=JSON.stringify([t.features,t.image_shape]);i!==this.key&&this.#t(t),this.key=i}#t({features:t,image_shape:e}){this.pad.element.hidden=!e,this.form.hidden=!!e||t.length>nn,this.inputs=t.slice(0,nn).map(s=>l("input",{type:"text",inputmode:"decimal","aria-label":s,value:"0"})),this.form.replaceChildren(...this.inputs.map((s,i)=>l("label",{},l("span",{},t[i]),s)),l("button",{type:"submit"},"predict"))}#e(){this.send({type:"predict",point:this.inputs.map(t=>t.value)})}#s({classes:t,probabilities:e,guess:s,values:i,picture:n},a){let r=(p,u,...m)=>l("div",{class:u?"bar chosen":"bar"},l("span",{},p),...m),h=t?t.map((p,u)=>{let m=l("span",{},...T(j(e[u])));return r(p,u===s,ha(e[u],a.ofClass(u)),m)}):i.map((p,u)=>{let m=i.length>1?`output ${u+1}`:"answer";return r(m,!1,l("b",{},...T(_(p))))}),c=l("p",{class:"note"},"what the network reads:"),d=n?[c,Xt(n,84,a)]:[];this.answer.replaceChildren(...d,...h)}};function ha(o,t){let e=l("i",{}),s=`${Math.round(100*(o??0))}%`;return Object.assign(e.style,{width:s,background:z(t)}),l("span",{class:"track"},e)}var ft=96,Xe=192,Vs=class{constructor(t){this.onDrawn=t,this.canvas=l("canvas",{class:"paper",width:ft,height:ft,role:"img","aria-label":"draw a digit here"}),Object.assign(this.canvas.style,{width:`${Xe}px`,height:`${Xe}px`}),this.context=this.canvas.getContext("2d",{willReadFrequently:!0}),this.element=l("div",{class:"drawing"},l("p",{class:"note"},"Draw a digit:"),this.canvas,l("button",{type:"button",onclick:()=>this.context.clearRect(0,0,ft,ft)},"clear")),this.canvas.addEventListener("pointerdown",e=>{this.canvas.setPointerCapture(e.pointerId),this.last=this.#t(e),this.#e(e)}),this.canvas.addEventListener("pointermove",e=>this.last&&this.#e(e));for(let e of["pointerup","pointercancel"])this.canvas.addEventListener(e,()=>{this.last&&this.#s(),this.last=null})}#t(t){return[t.offsetX*ft/Xe,t.offsetY*ft/Xe]}#e(t){let{context:e}=this,s=this.#t(t);e.lineWidth=8,e.lineCap="round",e.beginPath(),e.moveTo(...this.last),e.lineTo(...s),e.stroke(),this.last=s}#s(){let{data:t}=this.context.getImageData(0,0,ft,ft),e="";for(let s=3;s<t.length;s+=4)e+=String.fromCharCode(t[s]);this.onDrawn(btoa(e))}};var Qe=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.parts=l("select",{"aria-label":"which samples are examined",onchange:()=>this.#t(this.parts.value)}),this.head=l("p",{class:"score"}),this.body=l("div",{class:"results"}),this.samples=new Ze({send:e}),this.element=l("details",{class:"below examine",ontoggle:()=>this.element.open&&this.#t()},l("summary",{},"Examine the result"),l("div",{class:"head"},l("label",{},"samples ",this.parts),this.head),l("div",{class:"columns"},this.body,this.samples.element))}#t(t=this.part){this.asked=this.#e(),this.send({type:"examine",part:t??null,gesture:"examine"})}#e(){let{run:t,viewing:e,step:s,focus:i}=this.store.frame;return[t,e.epoch,e.live&&s,i].join()}take({examined:t,answer:e}){let{still:s,colours:i}=this.store;s.run!==this.run&&(this.run=s.run,this.part=null),this.samples.take(s,e,i),t&&this.#i(t,i)}askIfOutdated(){let t=this.store.frame.status!=="running";this.element.open&&t&&this.asked!==this.#e()&&this.#t()}#s(t){$(this.head,t)}#i(t,e){this.part=t.part;let s=t.parts.map(a=>{let r=a===t.part?R(t.samples):"…";return[a,`${a} (${r})`]});I(this.parts,s,t.part);let i=`at epoch ${R(t.epoch)}`,n=A`loss ${_(t.loss)}`;if(t.kind==="classes"){let[a,r,h]=t.interval,c=A`between ${j(a)} and ${j(r)} with ${V(h,0)} confidence`;this.#s(A`accuracy ${j(t.accuracy)} ${i}, ${c} · ${n}`);let d=p=>this.send({type:"to_sheet",row:p});q(this.body,Qi(t,e),tn(t),en(t,e,d),...on(t))}else{let[a,r]=[t.rmse,t.mae].map(c=>bt(", ",c.map(_))),h=A`root mean squared error ${a} · mean absolute error ${r}`;this.#s(A`R² ${_(t.r2)} ${i} · ${h} · ${n}`),q(this.body,sn(t,e),...on(t))}}};function on({formulas:o}){return o.map(t=>{let{element:e,update:s}=Je();return s(t),e})}var ts=class{constructor(t,e){this.send=e,this.list=l("div",{}),this.menu=l("details",{class:"menu"},l("summary",{},"Experiments ▾"),this.list),this.title=l("h2",{}),this.question=l("p",{class:"question"}),this.look=l("p",{class:"look"}),this.answer=l("p",{}),this.fold=l("details",{class:"fold"},l("summary",{},"the answer"),this.answer),this.claim=l("p",{class:"claim",role:"status"}),this.rival=l("p",{class:"note"}),this.table=l("table",{}),this.card=l("section",{class:"card","aria-label":"experiment",hidden:!0},this.title,this.question,this.look,this.claim,this.rival,this.table,this.fold,l("button",{type:"button",class:"quiet","aria-label":"close the experiment",onclick:()=>e({type:"experiment",key:null})},"✕")),this.stop=t.listen("pointerdown",s=>{s.composedPath().includes(this.menu)||(this.menu.open=!1)})}take({experiments:t,experiment:e}){if(t&&q(this.list,...t.map(([r,h,c])=>l("button",{type:"button",title:c,onclick:()=>{this.menu.open=!1,this.send({type:"experiment",key:r})}},h))),e===void 0||(this.card.hidden=!e,!e))return;this.title.textContent!==e.label&&y(this.fold,{open:!1}),b(this.title,e.label),b(this.question,e.question),b(this.look,`What to look at: ${e.look}`),b(this.answer,e.answer+(e.source?` (${e.source})`:""));let{claim:s,rival:i}=e;b(this.claim,s?`${s.holds?"✓":"✗"} This run: ${s.sentence}`:""),S(this.claim,"data-holds",String(s?.holds??""));let n=i&&(i.share<1?`learning, ${V(i.share,0)} done`:"done");b(this.rival,i?`${i.label}: ${Jt(i.parameters)} parameters, ${n}`:"");let a=(i?.rows??[]).map(([r,...h])=>[String(r),...h.map(c=>T(j(c)))]);this.table.replaceChildren(...a.length?lt(i.columns,a):[])}};var es=class{constructor(t,{send:e,openFile:s,first:i}){this.host=t;let n=(h,c,d)=>l("button",{type:"button",title:c,onclick:d},h),a=l("input",{type:"file",hidden:!0,"aria-label":"run file",onchange:()=>{a.files[0]&&s(a.files[0],"run"),a.value=""}});this.copy=n("copy link","the whole setup as a link: seed and steps make the weights again",()=>this.#t());let r=l("input",{type:"file",hidden:!0,"aria-label":"network file",onchange:()=>{r.files[0]&&s(r.files[0],"network"),r.value=""}});this.file=a,this.network=r,this.send=e,this.saves=l("span",{class:"saves"}),this.element=l("div",{class:"bar"},i,this.copy,this.saves,n("open run …",null,()=>a.click()),a,n("train the sheet's network","begin a training with the network, the weights and the samples of the score sheet",()=>e({type:"from_sheet"})),n("open network …","begin a training with the network in a file",()=>r.click()),r,n("step through this batch","open this network with the batch of its next step on the score sheet",()=>e({type:"to_sheet"})))}offer({run:t,network:e}){this.file.accept=t.open.join(","),this.network.accept=e.open.join(","),this.saves.replaceChildren(...Ys(this.send,"save",t.save))}async#t(){await navigator.clipboard?.writeText(this.host.address.link({d:null,v:null})),b(this.copy,"copied"),setTimeout(()=>b(this.copy,"copy link"),1500)}};function Ys(o,t,e){return e.map(([s,i,n])=>l("button",{type:"button",title:n,onclick:()=>o({type:t,format:s})},`save ${i}`))}var an=[["weights","weights W"],["activations","activations a"],["gradients","gradients ∂L/∂W"]],ss=92,Js=44,rn=62,is=class{constructor(){this.element=l("div",{class:"layers"}),this.cells=[]}#t(t){this.cells.length!==t&&(this.cells=Array.from({length:t},(e,s)=>an.map(([i,n])=>{let a=l("canvas",{role:"img","aria-label":`layer ${s+1}: distribution of ${n} over the epochs`});return a.style.height=`${ss}px`,{kind:i,canvas:a}})),this.element.replaceChildren(l("span",{}),...an.map(([,e])=>l("b",{},e)),...this.cells.flatMap((e,s)=>[l("span",{class:"layer"},`layer ${s+1}`),...e.map(({canvas:i})=>i)])))}take({bands:t,lane:e,colours:s,cursor:i}){if(!e.layers.length||!this.element.clientWidth)return;this.#t(e.layers.length);let n=this.cells[0][0].canvas.clientWidth;this.cells.forEach((a,r)=>a.forEach(({kind:h,canvas:c})=>{let d=t?.[h]?.map(p=>p[r])??[];this.#e(K(c,n,ss),n,d,t?.epoch??[],e.layers[r][h],s,i)}))}#e(t,e,s,i,n,a,r){let[h,c]=[n.low??0,n.high??0];for(let f of s)f[0]!=null&&f[0]<h&&(h=f[0]),f[6]!=null&&f[6]>c&&(c=f[6]);c>h||([h,c]=[h-.5,c+.5]);let d=e-rn,p=N([h,c],[ss-6,6]),u=N([0,i.at(-1)||1],[Js,d-6]);t.font=`10px ${a.font}`,t.fillStyle=a.faint(.7),nt(t,p,{values:it(h,c,3),right:Js-4});let m=a.positive;for(let[f,g,x]of[[0,6,.16],[1,5,.28],[2,4,.5]]){t.fillStyle=z(m,x),t.beginPath(),s.forEach((v,w)=>v[g]!=null&&t.lineTo(u(i[w]),p(v[g])));for(let v=s.length-1;v>=0;v--)s[v][f]!=null&&t.lineTo(u(i[v]),p(s[v][f]));t.fill()}t.strokeStyle=z(m),t.lineWidth=1.4,G(t,i,s.map(f=>f[3]),u,p),t.strokeStyle=a.faint(.35),h<0&&c>0&&G(t,[Js,d],[0,0],f=>f,p),r!==null&&(t.strokeStyle=z(a.mark),ge(t,u(r),4,ss-4)),this.#s(t,d,n,p,a)}#s(t,e,{low:s,high:i,counts:n},a,r){let h=Math.max(...n,1);t.fillStyle=r.faint(.55),n.forEach((c,d)=>{let p=(i-s)/n.length,[u,m]=[a(s+(d+1)*p),a(s+d*p)];t.fillRect(e,u,(rn-8)*c/h,Math.max(1,m-u-.5))})}};var gt=72,ns=class{constructor({send:t,focus:e}){this.send=t,this.maps=l("div",{class:"lanes",role:"group","aria-label":"networks side by side"}),this.table=l("table",{}),this.about=l("p",{class:"muted"}),this.saves=l("span",{class:"saves"}),this.body=null,this.element=l("section",{class:"comparison",hidden:!0},l("div",{class:"head"},l("h3",{},"Comparison"),this.saves,l("button",{type:"button",title:"go on with the network in focus alone",onclick:()=>t({type:"keep",lane:e()})},"keep the one in focus")),this.about,this.table),this.cells=[]}offer({comparison:t}){this.saves.replaceChildren(...Ys(this.send,"export",t.save))}take(t,e,s){let i=t.lanes.length>1;this.element.hidden=this.maps.hidden=!i,i&&(this.#t(t,e),t.lanes.forEach((n,a)=>{let{button:r,canvas:h,picture:c,label:d,broken:p}=this.cells[a];S(r,"aria-pressed",String(a===t.focus)),b(d,n.label),b(p,n.diverged===null?"":`diverged at epoch ${R(n.diverged)}`),p.hidden=n.diverged===null,d.style.borderColor=z(s.ofClass(a)),n.map&&this.#s(h,c,n.map,s,a),this.#e(a,n,e,t.focus)}))}#t(t,e){b(this.about,e.compared);let s=`${e.run} ${t.lanes.length}`;if(this.key===s)return;this.key=s;let i=e.samples.flatMap(d=>d.target);this.range=[Math.min(...i),Math.max(...i)],this.cells=t.lanes.map((d,p)=>{let u=l("canvas",{"aria-hidden":"true"});Object.assign(u.style,{width:`${gt}px`,height:`${gt}px`});let m=l("span",{}),f=l("em",{hidden:!0});return{button:l("button",{type:"button",class:"lane",onclick:()=>this.send({type:"focus",lane:p})},l("div",{},u,f),m),canvas:u,label:m,broken:f,picture:new ot}}),q(this.maps,...this.cells.map(({button:d})=>d));let n=e.samples.some(({part:d})=>d==="validation")?"validation":"training",a=e.metric==="accuracy"?"accuracy then":"R² then",r=[e.choice||"network","parameters",`best ${n} loss`,a,"at epoch",`${n} loss now`,"seconds"],[h,c]=lt(r,t.lanes.map(()=>Array(r.length).fill("")));this.table.replaceChildren(h,c),this.body=c}#e(t,e,s,i){let n=this.body.children[t];S(n,"class",t===i?"chosen":"");let{score:a}=e;[e.label,R(s.lanes[t].parameters),_(a.best),s.metric==="accuracy"?j(a.best_metric):_(a.best_metric),R(a.best_epoch),e.diverged!==null?`diverged at epoch ${R(e.diverged)}`:_(e.now.validation_loss??e.now.train_loss),_(a.seconds)].forEach((h,c)=>$(n.children[c],h))}#s(t,e,s,i,n){let a=K(t,gt,gt);if(s.kind!=="curve"){a.imageSmoothingEnabled=!1,a.drawImage(yt(e,s,i,{range:this.range}),0,0,gt,gt);return}let[r]=s.y,h=N([0,s.x.length-1],[0,gt]),c=N(X(r)??[0,0],[gt-4,4]);a.strokeStyle=z(i.ofClass(n)),a.lineWidth=2,G(a,null,r,h,c)}};var Gt=250;function ln(o,{nodes:t,pictures:e,still:s,lane:i,colours:n}){o.imageSmoothingEnabled=!1,t.forEach((a,r)=>{let h=r?i.units[r-1]:s.input_maps;a.forEach((c,d)=>{let{x:p,y:u,half:m}=c,f=[p-m,u-m,2*m,2*m],g=r>0&&h?.dead.includes(d);o.fillStyle=z(n.ground),o.fillRect(...f),ca(o,f,{number:r,unit:d,maps:h,picture:e[r][d],still:s,lane:i,colours:n}),o.strokeStyle=g?z(n.negative):n.faint(.55),o.lineWidth=g?2:1,o.strokeRect(...f),g&&(o.beginPath(),o.moveTo(p-m,u+m),o.lineTo(p+m,u-m),o.stroke())})})}function ca(o,t,{number:e,unit:s,maps:i,picture:n,still:a,lane:r,colours:h}){let c=r.shown?.activations[e-1];if(!e&&a.pictured){let d=h.strength(h.text,!1);o.drawImage(n.paint(a.pictured.picture,d),...t)}else i?.grids[s]?o.drawImage(yt(n,i.grids[s],h),...t):i?.curves[s]?da(o,t,i.curves[s],h):c&&pa(o,t,c,s,h)}function pa(o,t,e,s,i){let n=Math.max(1e-9,...e.map(h=>Math.abs(h??0))),a=e[s]??0,r=a<0?i.negative:i.positive;o.fillStyle=z(i.mix(r,.9*Math.abs(a)/n)),o.fillRect(...t)}function da(o,[t,e,s],i,n){let a=N([0,i.length-1],[t,t+s]),r=N(X(i)??[0,0],[e+s-2,e+2]);o.strokeStyle=z(n.positive),o.lineWidth=1.5,G(o,null,i,a,r)}function hn(o,{nodes:t,width:e,still:s,lane:i,heading:n,colours:a}){let{layers:r}=n,{image_shape:h,pictured:c}=s;o.font=`11px ${a.font}`,o.fillStyle=a.faint(.8),o.textAlign="center";let d=(f,g,x)=>{let v=o.measureText(f).width/2;o.fillText(f,Math.min(Math.max(g,v),e-v),x)},p=t.length>1?t[1][0].x-t[0][0].x:1/0,u=({outputs:f,activation:g})=>o.measureText(`${f} · ${g} `).width,m=r.some(f=>u(f)>p);t.forEach((f,g)=>{d(ua(f,g,r,h,m),f[0].x,12);let x=g?i.layers[g-1]?.dead_units:0;x&&o.fillText(`${x} dead`,f[0].x,Gt-4)}),c?ma(d,t[0][0],c,i.shown??{}):fa(o,t[0],s.inputs),ga(o,t.at(-1),s.class_names,e)}function ua(o,t,e,s,i){let n=!t&&s,a=t?e[t-1].outputs:e[0].inputs;if(n)return`${s.join(" × ")} pixels`;if(i)return String(a);let r=a>o.length?` (${o.length} of ${a})`:"";return t?`${a} · ${e[t-1].activation}${r}`:`${a} input${a>1?"s":""}${r}`}function ma(o,{x:t,y:e,half:s},i,{guess:n,probability:a}){o(`sample ${i.row+1}: ${i.true}`,t,e+s+15),n&&o(`taken for ${n} (${V(a)})`,t,e+s+30)}function fa(o,t,e){o.textAlign="right",t.forEach(({x:s,y:i,half:n},a)=>{n<5||o.fillText(e[a]??"",s-n-4,i+4,Math.max(19,s-n-4))})}function ga(o,t,e,s){e.length!==t.length||t[0].half<4||(o.textAlign="left",t.forEach(({x:i,y:n,half:a},r)=>{o.fillText(e[r],i+a+4,n+4,Math.max(10,s-i-a-4))}))}var ba=7;function cn(o,{weights:t,nodes:e,colours:s,skipsFirst:i,chosen:n}){t.forEach((a,r)=>{if(!r&&i)return;let h=1e-9;for(let p of a)for(let u of p)Math.abs(u)>h&&(h=Math.abs(u));let[c,d]=[e[r],e[r+1]];d.forEach((p,u)=>c.forEach((m,f)=>{let g=a[u]?.[f];if(g==null)return;let x=Math.abs(g)/h,v=n&&n.layer===r&&n.unit===u&&n.source===f;o.strokeStyle=v?z(s.mark):z(g<0?s.negative:s.positive,.15+.75*x),o.lineWidth=(v?1.6:.4)+4*x,o.setLineDash(g<0?[6,4]:[]);let[w,k]=[m.x+m.half,p.x-p.half],M=(w+k)/2;o.beginPath(),o.moveTo(w,m.y),o.bezierCurveTo(M,m.y,M,p.y,k,p.y),o.stroke()}))}),o.setLineDash([])}function pn(o,t,{weights:e,nodes:s,skipsFirst:i}){let[n,a]=[null,ba];return e.forEach((r,h)=>{if(!h&&i)return;let[c,d]=[s[h],s[h+1]],[p,u]=[c[0].x+c[0].half,d[0].x-d[0].half];if(o<p||o>u)return;let m=xa((o-p)/(u-p));d.forEach((f,g)=>c.forEach((x,v)=>{let w=x.y+(f.y-x.y)*(3*m*m-2*m*m*m),k=r[g]?.[v];Math.abs(w-t)<a&&k!=null&&([n,a]=[{layer:h,unit:g,source:v,value:k},Math.abs(w-t)])}))}),n}function xa(o){let t=o;for(let e=0;e<6;e++){let s=1.5*t*(1-t)**2+1.5*t*t*(1-t)+t**3,i=1.5*(1-t)**2+1.5*t*t;t=Math.min(1,Math.max(0,t-(s-o)/(i||1)))}return t}var dn=232;function un(o){return o==null?"":P(o)}var os=class{constructor({send:t}){this.send=t,this.title=l("b",{}),this.fields=l("div",{class:"numbers"}),this.element=l("form",{class:"unit-editor",hidden:!0,"aria-label":"numbers of one unit",onsubmit:e=>e.preventDefault(),onkeydown:e=>this.#s(e)},l("div",{class:"head"},this.title,l("button",{type:"button",class:"quiet","aria-label":"close",onclick:()=>this.close()},"✕")),this.fields),this.chosen=null}open(t,e,s,{x:i,y:n,width:a},r){this.back=F(this.element),this.chosen={...t,source:e},b(this.title,t.name),this.inputs=s.map((p,u)=>this.#t(`weight of ${p}`,`from ${p}`,u));let h=this.#t(`bias of ${t.name}`,"bias",null);this.bias=h.input,q(this.fields,h.element,...this.inputs.map(({element:p})=>p)),y(this.element,{hidden:!1}),Object.assign(this.element.style,{left:`${Math.max(0,Math.min(i,a-dn))}px`,top:`${n}px`,width:`${Math.min(dn,a)}px`}),this.take(r);let c=e===null?this.bias:this.inputs[e]?.input,d=c?.disabled?this.inputs[0]?.input:c;d?.focus(),d?.select()}#t(t,e,s){let n=Q({inputmode:"decimal",autocomplete:"off","aria-label":t},a=>this.#e(a,s));return{input:n,element:l("label",{},l("span",{},e),n)}}#e(t,e){if(!this.chosen)return;let{layer:s,unit:i}=this.chosen;this.send({type:"set_parameter",layer:s,unit:i,source:e,value:t})}#s(t){t.key==="Escape"&&this.close(),t.stopPropagation()}close(){y(this.element,{hidden:!0}),this.chosen=null,this.back?.focus?.()}take(t){if(!this.chosen||!t?.weights)return;this.numbers=t;let{layer:e,unit:s}=this.chosen,i=t.weights[e]?.[s];if(!i)return this.close();let n=t.biases?.[e];y(this.bias,{disabled:!n}),U(this.bias,un(n?.[s])),this.inputs.forEach(({input:a},r)=>U(a,un(i[r])))}};var wa=40,ya=12,va=72,Xs=46,mn=66,ka=104,$a=12,fn=16,Ma={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]},as=class{constructor({point:t,send:e}){this.point=t,this.send=e,this.canvas=l("canvas",{role:"img","aria-label":"network: a small map per unit, a line per weight"}),this.units=l("div",{class:"units",role:"group","aria-label":"units; arrow keys go from one to the next, Enter opens its numbers",onkeydown:s=>this.#r(s)}),this.sizes=l("div",{class:"sizes",role:"group","aria-label":"layers and units"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.editor=new os({send:e}),this.element=l("div",{class:"network"},this.canvas,this.units,this.sizes,this.readout,this.editor.element),this.nodes=[],this.pictures=[],this.unitButtons=new Map,this.pairs=new Map,this.canvas.addEventListener("pointermove",s=>this.#m(s)),this.canvas.addEventListener("pointerleave",()=>b(this.readout,"")),this.canvas.addEventListener("click",s=>this.#f(s))}take(t){this.shown=t;let e=this.element.clientWidth;if(!e)return;this.#e(e);let{weights:s,biases:i,colours:n}=t,a=K(this.canvas,e,Gt),r={...t,nodes:this.nodes,pictures:this.pictures,width:e};s&&cn(a,{...this.#t,colours:n,chosen:this.editor.chosen}),ln(a,r),hn(a,r),this.editor.take({weights:s,biases:i})}get#t(){let{weights:t,still:e}=this.shown;return{weights:t,nodes:this.nodes,skipsFirst:!!e.image_shape}}#e(t){let{still:e,lane:s,alone:i}=this.shown,{layers:n}=this.shown.heading,a=s.units.map(({grids:g,curves:x,width:v})=>Math.min(v,Math.max(g.length,x.length)||fn)),r=[e.image_shape?1:Math.min(n[0].inputs,$a),...n.map((g,x)=>a[x]??Math.min(g.outputs,fn))],h=[t,...r,e.run,i].join();if(h===this.key)return;this.key=h;let c=r.length,d=Gt-44,p=Math.min(wa,d/Math.max(...r)-4,t/c-26),u=Math.max(ya,p);this.nodes=r.map((g,x)=>{let v=(t-Xs-mn)*x/(c-1),w=c===1?t/2:Xs+v,k=Math.min(u+10,d/g),C=!x&&e.image_shape?Math.min(va,t/c-14):Math.min(u,k-2);return Array.from({length:g},(E,H)=>({x:x?w:Math.max(w,C/2),y:20+d/2+(H-(g-1)/2)*k,half:C/2}))}),this.pictures=this.nodes.map(g=>g.map(()=>new ot));let m=n.map(({outputs:g,activation:x})=>`${g} ${x}`),f=[n[0].inputs,...m].join(", then ");S(this.canvas,"aria-label",`network of ${f}: a small map per unit, a line per weight`),this.#i(),this.#l(t)}#s(t,e){let{still:s,heading:i}=this.shown,{layers:n}=i;if(t<0)return s.image_shape?"the picture":`input ${s.inputs[e]}`;if(t<n.length-1)return`layer ${t+1}, unit ${e+1}`;let{class_names:a}=s;return a.length===n.at(-1).outputs?`output ${a[e]}`:`output ${e+1}`}#i(){let t=this.nodes.flatMap((e,s)=>e.map((i,n)=>this.#n(i,s-1,n)));t.length&&!t.some(({tabIndex:e})=>e===0)&&(t[0].tabIndex=0),rt(this.units,t)}#n({x:t,y:e,half:s},i,n){let a=`${i},${n}`;this.unitButtons.has(a)||this.unitButtons.set(a,this.#a(i,n));let r=this.unitButtons.get(a),h=this.#s(i,n),c=this.#o(i),d=i<0?`show ${h}`:`show what ${h} responds to; its numbers open with a click`;y(r,{title:c?"another sample":h,ariaLabel:c?"another sample":d});let p=`${2*s}px`;return Object.assign(r.style,{left:`${t-s}px`,top:`${e-s}px`,width:p,height:p}),r}#o(t){return t<0&&!!this.shown.still.image_shape}#a(t,e){let s=i=>()=>{let n=this.#s(t,e);this.point(i?{layer:t,unit:e,name:n}:null),b(this.readout,i?this.#p(t,e,n):"")};return l("button",{type:"button",tabindex:-1,"data-column":t+1,"data-unit":e,onpointerenter:s(!0),onpointerleave:s(!1),onfocus:s(!0),onblur:s(!1),onclick:()=>{this.#o(t)?this.send({type:"sample",row:null}):t>=0&&this.#u(t,e,null)}})}#r(t){let e=Ma[t.key],{column:s,unit:i}=t.target.dataset;if(!e||s===void 0)return;t.preventDefault(),t.stopPropagation();let n=Math.min(this.nodes.length-1,Math.max(0,Number(s)+e[0])),a=Math.min(this.nodes[n].length-1,Math.max(0,Number(i)+e[1]));for(let r of this.units.children){let h=r.dataset.column===String(n)&&r.dataset.unit===String(a);r.tabIndex=h?0:-1,h&&r.focus()}}#l(t){let{alone:e,heading:s}=this.shown,i=s.layers.slice(0,-1),n=(t-Xs-mn)/Math.max(1,this.nodes.length-1);if(!e||n<ka)return rt(this.sizes,[]);let a=this.#h(0,t,"layers","hidden layer",{less:{type:"remove_layer",index:null},more:{type:"add_layer"},canLess:i.length>0});return rt(this.sizes,[a,...i.map(({outputs:r},h)=>this.#h(h+1,t,"units",`unit in layer ${h+1}`,{less:{type:"add_units",layer:h,count:-1},more:{type:"add_units",layer:h,count:1},canLess:r>1}))])}#h(t,e,s,i,{less:n,more:a,canLess:r}){if(!this.pairs.has(t)){let d=(m,f,g)=>l("button",{type:"button",title:f,"aria-label":f,onclick:()=>this.send(g)},m),p=d("−",`one ${i} less`,n),u=d("+",`one ${i} more`,a);this.pairs.set(t,{fewer:p,element:l("span",{},p,l("i",{},s),u)})}let{fewer:h,element:c}=this.pairs.get(t);return y(h,{disabled:!r}),c.style.left=`${Math.min(Math.max(this.nodes[t][0].x,48),e-48)}px`,c}#p(t,e,s){let{still:i,lane:n,biases:a}=this.shown;if(t<0)return i.pictured?"click for another sample":s;let r=a?.[t]?.[e],h=n.shown?.activations[t]?.[e],c=[s,r==null?"no bias":`bias ${Z(r)}`];return h!=null&&c.push(`answers ${Z(h)}`),`${c.join(" · ")} (click to change)`}#c(t){return!this.shown?.weights||!this.nodes.length?null:pn(t.offsetX,t.offsetY,this.#t)}#m(t){let e=this.#c(t);if(S(this.canvas,"class",e?"editable":""),!e)return b(this.readout,"");let{layer:s,unit:i,source:n,value:a}=e,r=`${this.#s(s,i)}: weight of ${this.#d(s,n)}`;return b(this.readout,`${r} is ${Z(a)} (click to change)`)}#d(t,e){return t?this.#s(t-1,e):this.shown.still.inputs[e]}#f(t){let e=this.#c(t);e?this.#u(e.layer,e.unit,e.source):this.editor.chosen&&this.editor.close()}#u(t,e,s){let{still:i,weights:n,biases:a}=this.shown,r=t||!i.image_shape?n?.[t]?.[e]?.length??0:0,h=Array.from({length:r},(m,f)=>this.#d(t,f)),{x:c,y:d,half:p}=this.nodes[t+1][e],u={x:c+p+6,y:Math.min(d,Gt-60),width:this.element.clientWidth};this.editor.open({layer:t,unit:e,name:this.#s(t,e)},s,h,u,{weights:n,biases:a}),b(this.readout,"")}};var Sa=150;function Ea(o,t){return t==="text"||t==="numbers"?o:o.trim()||null}function Qs(o){return[o??""].flat().map(e=>typeof e=="number"?P(e):e).join(", ")}var rs=class{#t=new Map;constructor({send:t,isAnswered:e,openFile:s,colours:i}){this.send=t,this.isAnswered=e,this.openFile=s,this.colours=i}show(t,e,s){let i=s.map((n,a)=>this.#e(`${e} ${n.path??a} ${n.kind}`,n));rt(t,i)}#e(t,e){this.#t.has(t)||this.#t.set(t,this.#s(e,t));let s=this.#t.get(t);return s.update(e),s.element}#s(t,e){switch(t.kind){case"heading":return gn(l("h3",{}));case"note":return gn(l("p",{class:"note"}));case"group":return this.#i(e);case"ticks":return this.#n(e);case"actions":return this.#o();case"plot":return this.#a(t);case"formula":return Je();case"file":return this.#r();case"flag":return this.#h(t);case"choice":return this.#p(t);default:return this.#c(t)}}#i(t){let e=l("b",{}),s=l("div",{class:"fields"}),i=this.#o(),n=l("div",{class:"head"},e,i.element);return{element:l("div",{class:"group",role:"group"},n,s),update:a=>{b(e,a.text),i.update(a),this.show(s,t,a.items)}}}#n(t){let e=l("div",{class:"ticks",role:"group","aria-label":"features"});return{element:e,update:({items:s})=>this.show(e,t,s)}}#o(){let t=l("div",{class:"actions"}),e=[],s=()=>{let n={button:null,event:null};return n.button=l("button",{type:"button",onclick:()=>this.send(n.event)}),n},i=({label:n,title:a=n,event:r,disabled:h=!1},c)=>{e[c]??=s(),e[c].event=r;let{button:d}=e[c];return b(d,n),y(d,{title:a??n,ariaLabel:a??n,disabled:h}),d};return{element:t,update:({actions:n=[]})=>rt(t,n.map(i))}}#a({text:t}){let e=new at({title:t,tall:90,across:""}),s=({x:i,y:n})=>{let a=this.colours();e.take([{x:i,y:n,colour:a.positive}],a)};return{element:e.element,update:i=>requestAnimationFrame(()=>s(i))}}#r(){let t=l("input",{type:"file",onchange:()=>{t.files[0]&&this.openFile(t.files[0],"csv"),t.value=""}}),e=l("span",{});return{element:l("label",{class:"file"},e,t),update:s=>{b(e,s.text),t.accept=s.accept}}}#l(t,e){this.send({type:"set",path:t,value:e})}#h({path:t}){let e=l("input",{type:"checkbox",id:Zs(t),onchange:()=>this.#l(t,e.checked)}),s=l("label",{for:e.id});return{element:l("div",{class:"field flag"},e,s),update:({label:i,sentence:n="",value:a,disabled:r=!1})=>{b(s,i),s.title=n??"",y(e,{checked:a,disabled:r??!1})}}}#p({path:t}){let e=[],s=l("select",{id:Zs(t),onchange:()=>this.#l(t,e[s.selectedIndex][0])}),i=l("label",{for:s.id});return{element:l("div",{class:"field"},i,s),update:n=>{e=n.options,b(i,n.label),i.title=s.title=n.sentence??"";let a=e.map(([r,h])=>[String(r),h]);I(s,a,String(n.value)),s.disabled=n.disabled??!1}}}#c(t){let e=t,s=0,i=p=>{clearTimeout(s),(p!==Qs(e.value)||!this.isAnswered())&&this.#l(e.path,Ea(p,e.kind))},n=()=>{let{value:p}=r;ne(r,p),i(p)},a={id:Zs(t.path),inputmode:t.kind==="text"?"text":"decimal",autocomplete:"off",spellcheck:"false",onkeydown:p=>{let u={ArrowUp:1,ArrowDown:-1}[p.key];!u||!e.step||(p.preventDefault(),bn(r,e,u),clearTimeout(s),s=setTimeout(n,Sa))}},r=Q(a,i),h=l("label",{for:r.id}),c=(p,u)=>{let m=`${u<0?"less":"more"} ${t.label}`;return l("button",{type:"button",class:"quiet",tabindex:-1,"aria-label":m,onclick:()=>{bn(r,e,u),n()}},p)},d=t.step?[c("−",-1),c("+",1)]:[];return{element:l("div",{class:"field"},h,l("span",{class:"number"},r,...d)),update:p=>{e=p,b(h,e.label),h.title=r.title=e.sentence??"",r.placeholder=e.placeholder??"",r.disabled=e.disabled??!1,U(r,Qs(e.value))}}}};function gn(o){return{element:o,update:({text:t})=>b(o,t)}}function Zs(o){return`setting-${String(o).replaceAll(",","-")}`}function bn(o,t,e){let s=Si(o.value)??t.low??0,i=t.times?s*t.step**e:s+t.step*e,n=Math.min(t.high??1/0,Math.max(t.low??-1/0,i));Wt(o,Qs(Number(n.toPrecision(6))))}var ls=class{constructor({send:t,isAnswered:e,openFile:s}){this.isAnswered=e,this.items=new rs({send:t,isAnswered:e,openFile:s,colours:()=>this.colours}),this.tabs=l("div",{role:"tablist",class:"tabs","aria-label":"settings",onkeydown:n=>this.#s(n)}),this.panel=l("div",{role:"tabpanel",class:"panel",id:"settings-panel"});let i={class:"settings","aria-label":"settings"};this.element=l("section",i,this.tabs,this.panel),this.open="data",this.colours=null}take(t,e){if(!this.isAnswered())return!1;this.sections=t,this.colours=e;let s=t.map(({key:i})=>i).join();return this.tabs.dataset.of!==s&&(this.tabs.dataset.of=s,this.tabs.replaceChildren(...t.map(i=>this.#t(i)))),this.#i(),!0}#t({key:t,title:e}){return l("button",{...{type:"button",role:"tab","data-key":t,"aria-controls":"settings-panel"},onclick:()=>this.#e(t)},e)}#e(t){this.open=t,this.#i()}#s(t){let e={ArrowRight:1,ArrowLeft:-1}[t.key];if(!e)return;t.preventDefault(),t.stopPropagation();let s=this.sections.map(({key:i})=>i);this.#e(s[(s.indexOf(this.open)+e+s.length)%s.length]),this.tabs.querySelector('[aria-selected="true"]').focus()}#i(){for(let e of this.tabs.children){let s=e.dataset.key===this.open;e.setAttribute("aria-selected",String(s)),e.tabIndex=s?0:-1}let t=this.sections.find(({key:e})=>e===this.open)??this.sections[0];this.items.show(this.panel,t.key,t.items)}};var ti="mlpviz.train",Ta=150,hs=null,xn=new Set,Nt=null,cs=class{constructor(t,{send:e,epoch:s}){this.host=t,this.send=e,this.epoch=s,this.wanted=0,this.again=l("button",{type:"button",onclick:()=>this.#n()}),this.element=l("p",{class:"again",hidden:!0},this.again),hs??=za(t.tabs(ti)),this.stopListening=t.listen("pagehide",()=>this.#s())}take({again:t},e){if(t&&this.#i(t),!e)return;let s=this.#e();if(s&&s.ticket!==e&&!xn.has(s.ticket)){xn.add(s.ticket),this.#t(s,e);return}Nt=e,this.#s()}#t({ticket:t,epoch:e},s){let i=!1,n=({data:a})=>{a.has===t&&(i=!0)};hs?.addEventListener("message",n),hs?.postMessage({asks:t}),setTimeout(()=>(hs?.removeEventListener("message",n),i?(Nt=s,this.#s()):this.send({type:"resume",tab_token:t,epoch:e})),Ta)}#e(){try{let t=JSON.parse(this.host.storage.get(ti));return typeof t?.ticket=="string"?t:null}catch{return null}}#s(){Nt&&this.host.storage.set(ti,JSON.stringify({ticket:Nt,epoch:this.epoch()}))}#i(t){this.wanted=t,b(this.again,`train to epoch ${R(t)} again`),y(this.element,{hidden:!1})}#n(){y(this.element,{hidden:!0});let t=this.wanted-Math.floor(this.epoch());t>0&&this.send({type:"epochs",count:t})}stop(){this.stopListening()}};function za(o){return o?.addEventListener("message",({data:t})=>{t.asks&&t.asks===Nt&&o.postMessage({has:Nt})}),o}var yn=120,wn=fe([1e-5,10],[0,yn]),ps=class{constructor({send:t,isAnswered:e,toggle:s,travel:i}){this.send=t,this.isAnswered=e;let n=(h,c,d)=>l("button",{type:"button",title:c,"aria-label":c,onclick:d},h),a=h=>()=>t(h);this.play=l("button",{type:"button",class:"play",title:"play or pause (Space)",onclick:s},"▶ Play"),this.rate=l("input",{type:"range",min:0,max:yn,step:1,"aria-label":"learning rate",oninput:()=>this.#t(Number(wn.invert(Number(this.rate.value)).toPrecision(2)))});let r={class:"rate",inputmode:"decimal","aria-label":"learning rate as a number"};this.number=Q(r,h=>this.#e(h)),this.facts=l("dl",{class:"facts"}),this.progress=l("progress",{max:1,value:0,"aria-label":"progress"}),this.left=l("span",{class:"left"}),this.time=l("input",{type:"range",class:"timeline",min:0,step:1,"aria-label":"moment of the run, in epochs",oninput:()=>i(Number(this.time.value))}),this.live=n("newest","back to the newest moment (End)",()=>i(null)),this.where=l("output",{class:"pill where","aria-live":"off"}),this.branches=l("select",{"aria-label":"branch",title:"which branch is shown",onchange:()=>t({type:"travel",epoch:null,branch:Number(this.branches.value)})}),this.element=l("div",{class:"transport",role:"group","aria-label":"training"},l("div",{class:"line"},this.play,n("step","one step: one batch (→)",a({type:"step"})),n("1 epoch","one epoch (E)",a({type:"epochs",count:1})),n("10 epochs","ten epochs",a({type:"epochs",count:10})),n("↺ same weights","reset to the same first weights",a({type:"reset"})),n("↺ new weights","reset to new first weights",a({type:"reset",new:!0})),l("label",{class:"learning"},l("span",{},"learning rate"),this.rate,this.number),this.facts),l("div",{class:"line"},this.where,this.time,this.live,this.branches,this.progress,this.left))}#t(t){U(this.number,P(t)),this.#e(t)}#e(t){let e=["optimizer","learning_rate"];this.send({type:"set",path:e,value:t,gesture:"learning_rate"})}#s(t,e,s){let i=this.facts.children[t];i||(i=l("div",{},l("dt",{}),l("dd",{})),this.facts.append(i)),b(i.firstChild,e),$(i.lastChild,s)}paint(t,e){let s=t.status==="running",{viewing:i}=t,n=t.lanes[t.focus],a=i.live?"▶ Play":`▶ Branch from ${i.epoch}`;b(this.play,s?"❚❚ Pause":a),S(this.play,"aria-pressed",String(s)),this.#i(t.hyperparameters.learning_rate),this.#n(n,e,s?t.epochs_per_second:null);let r=t.branches.find(({branch:u})=>u===t.branch)?.until??t.epoch,h=t.within&&r===t.epoch&&r>0,c=Math.max(r,t.epoch,1)+(h?1:0);y(this.time,{max:c}),y(this.time,{value:i.live?c:i.epoch});let d=`epoch ${i.epoch} of ${c}`;S(this.time,"aria-valuetext",d),b(this.where,i.live?`epoch ${n.epoch} · step ${R(n.step)}`:d),y(this.live,{disabled:i.live}),this.#o(t),y(this.progress,{value:t.share});let p=s&&t.left!=null?`${Hi(t.left)} left`:null;$(this.left,p??(t.sentence||t.status))}#i(t){t!=null&&this.isAnswered()&&(y(this.rate,{value:Math.round(wn(t||1e-9))}),U(this.number,P(t)));for(let e of[this.rate,this.number])e.disabled=t==null}#n({now:t,epoch:e},{metric:s},i){let n=t.validation_metric??t.train_metric,a=s==="accuracy";this.#s(0,"epoch",R(e)),this.#s(1,"train loss",_(t.train_loss??t.loss)),this.#s(2,"validation loss",_(t.validation_loss)),this.#s(3,a?"accuracy":"R²",a?j(n):_(n)),this.#s(4,"epochs/s",i!==null&&i<10?_(i):R(i))}#o({branches:t,branch:e}){y(this.branches,{hidden:t.length<2});let s=t.map(({branch:i,label:n})=>`${i}${n}`).join();if(this.branches.dataset.of!==s){this.branches.dataset.of=s;let i=({branch:n,label:a})=>l("option",{value:n},a);q(this.branches,...t.map(i))}y(this.branches,{value:e})}};var Ca={note:"i",warning:"!",failure:"✗"},ds=class{constructor(){this.list=l("ul",{}),this.none=l("p",{class:"note"},"No warnings."),this.element=l("section",{class:"tape","aria-label":"warnings"},l("h3",{},"Warnings"),this.list,this.none)}take(t){let e=[...t.warnings].reverse();for(this.none.hidden=e.length>0;this.list.children.length>e.length;)this.list.lastChild.remove();e.forEach(({level:s,lane:i,epoch:n,sentence:a,over:r},h)=>{let c=this.list.children[h];c||(c=l("li",{},l("b",{}),l("span",{})),this.list.append(c)),S(c,"class",`${s}${r?" over":""}`),b(c.firstChild,r?"✓":Ca[s]);let d=t.lanes.length>1?`${t.lanes[i].label}: `:"",u=[Y(a).includes(`since epoch ${n}`)?"":`since epoch ${n}`,r&&"over"].filter(Boolean).join(", ");$(c.lastChild,A`${d}${a}${u&&` (${u})`}`)})}};var us=class{constructor(t,{store:e,frames:s,send:i,isAwaiting:n,toggle:a,travel:r}){this.store=e,this.frames=s,this.isFormDue=!1,this.unit=null;let h=p=>this.complain(p);this.upload=new Pt({send:i,complain:h});let c=(p,u)=>this.upload.open(p,u);this.tabRestore=new cs(t,{send:i,epoch:()=>e.frame?.epoch??0});let d=()=>!n("set");this.settings=new ls({send:i,isAnswered:d,openFile:c}),this.transport=new ps({send:i,isAnswered:d,toggle:a,travel:r}),this.network=new as({send:i,point:p=>{this.unit=p,this.#i()}}),this.tools=new He({send:i,repaint:()=>this.#i(!0),cursor:p=>this.map.setCursor(p)}),this.map=new Ye(i,this.tools),this.curves=new qe(r),this.layers=new is,this.warnings=new ds,this.members=new ns({send:i,focus:()=>e.frame.focus}),this.examine=new Qe({store:e,send:i}),this.table=new Ke({store:e,send:i}),this.experiment=new ts(t,i),this.fileBar=new es(t,{send:i,openFile:c,first:this.experiment.menu}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.notice=l("p",{class:"notice",role:"status",hidden:!0}),this.speaker=l("p",{class:"visually-hidden","aria-live":"polite"}),this.mapTitle=l("b",{}),this.distributions=l("details",{class:"below",ontoggle:()=>this.paint()},l("summary",{},"Distributions per layer over time"),this.layers.element),this.element=this.#t(),this.observer=new ResizeObserver(()=>this.paint()),this.observer.observe(this.element)}#t(){let{map:t,tools:e,warnings:s,members:i}=this,n=l("div",{class:"answers"},l("div",{class:"caption"},this.mapTitle,e.element),i.maps,l("div",{class:"picture"},t.element,t.legend.element),l("div",{class:"aside"},s.element));return l("div",{class:"app train"},this.transport.element,this.fileBar.element,this.experiment.card,this.error,this.notice,this.tabRestore.element,this.upload.element,l("div",{class:"body"},l("div",{class:"middle"},this.network.element,n,i.element),this.curves.element,this.settings.element),this.distributions,this.examine.element,this.table.element,this.speaker)}take(t,e,s){let{colours:i,still:n}=this.store,a=this.say(e);t.settings&&(this.sections=t.settings);let r=a&&!!e.error;if(this.isFormDue||=!!t.settings||r||i!==this.settings.colours,this.isFormDue&&(this.isFormDue=!this.settings.take(this.sections,i)),t.still&&this.tools.take(n),t.tool&&this.tools.pick(t.tool),this.tabRestore.take(t,s),this.upload.take(t,e.error),this.experiment.take(t),t.files)for(let h of[this.fileBar,this.members])h.offer(t.files);this.examine.take(t),this.table.take(t),this.examine.askIfOutdated(),this.table.askIfOutdated()}say({number:t,error:e,notice:s}){let i=t!==this.said;return this.said=t,i?(this.#e(this.error,e??""),this.#e(this.notice,s??""),!0):!1}complain(t){this.#e(this.notice,""),this.#e(this.error,t)}#e(t,e){$(t,e),y(t,{hidden:!e})}paint(){let{frame:t,still:e,state:s,colours:i,isRunning:n}=this.store;if(!t||!i)return;let a=this.#s(t.lanes[t.focus]),r=t.viewing.live?null:t.viewing.epoch;this.element.dataset.status=t.status,this.#i();let h=n?t.number%2:null;if(h!==0){let{weights:c,biases:d}=s,[p,u]=[e.lanes[t.focus],t.lanes.length===1];this.network.take({still:e,lane:a,heading:p,weights:c,biases:d,colours:i,alone:u})}this.transport.paint(t,e),h!==1&&(this.curves.take(this.frames,i),this.warnings.take(t),this.members.take(t,e,i),this.distributions.open&&this.layers.take({bands:this.frames.layers,lane:a,colours:i,cursor:r}))}#s(t){let{pictures:e}=this.store.state;if(!e)return t;let s={layer:0,dead:[],grids:[],curves:[],width:e.length},i=t.units.length?t.units:[s];return{...t,units:i.map((n,a)=>({...n,grids:a?[]:e}))}}#i(t=!1){let{frame:e,still:s,state:i,colours:n}=this.store;if(!e||!n)return;let{pictures:a}=i,r=this.#s(e.lanes[e.focus]),h=this.#n(s,r),c=s.held&&!h&&!a;b(this.mapTitle,this.#o(h)+(c?" (other features at their mean)":"")),this.mapTitle.title=s.held,this.map.take({still:s,lane:r,unit:h,colours:n,pictures:a},t)}#n(t,e){if(!this.unit)return null;let s=this.unit.layer<0?t.input_maps:e.units[this.unit.layer],[i,n]=[s?.grids[this.unit.unit],s?.curves[this.unit.unit]];return i||n?{grid:i,curve:n}:null}#o(t){let{still:e,state:s}=this.store;return t?this.unit.layer<0?this.unit.name:`what ${this.unit.name} responds to`:e.axes.length===1?"what the network answers":s.pictures?"what the first units look for: their weights":e.task==="classes"?"which class it answers":"what it answers"}stop(){this.observer.disconnect(),this.experiment.stop(),this.tabRestore.stop(),this.element.remove()}};var Aa=4e3,Oa="input, select, textarea, [contenteditable]",ei=class{constructor(t,e){this.host=e,this.frames=new Be,this.store=te({frame:null,still:null,state:null,colours:null,isRunning:!1}),this.outbox=new pt(i=>e.channel.send({page:"train",...i}),{isPatient:({type:i})=>i==="tick",refuse:i=>this.layout.complain(i)}),this.send=i=>this.outbox.add(i),this.saver=new St(this.send,(i,n)=>e.saveFile(i,n)),this.spoken=0,this.layout=new us(e,{store:this.store,frames:this.frames,send:this.send,isAwaiting:i=>this.outbox.isAwaiting(i),toggle:()=>this.#o(),travel:i=>this.#a(i)});let s={page:"train",events:[{type:"check"}]};this.badge=new ct(()=>e.channel.send(s)),t.append(this.badge.element,this.layout.element),this.store.subscribe(()=>{this.due??=requestAnimationFrame(()=>this.#e())}),e.channel.listen({onAnswer:i=>this.#t(i),onLost:()=>this.outbox.retry()}),this.stopListening=e.listen("keydown",i=>this.#r(i))}#t({state:t,acknowledged:e,said:s,address:i,file:n,next:a,proof:r,tab_token:h}){if(this.badge.take(r),!("frame"in t))return t.unshown&&this.outbox.acknowledge(e),this.store.frame&&this.layout.say(s),this.store.frame??this.send({type:"resend"});let c=this.frames.take(t.still,t.frame);if(this.outbox.acknowledge(e),!c)return this.send({type:"resend"});let{frame:d,still:p}=this.frames,u=this.store.frame===null;this.acknowledged=e,this.version=r?.version??null,Object.assign(this.store,{frame:d,still:p,state:t,isRunning:a!==null}),this.#s(a),this.#i(),Object.keys(i).length&&this.host.address.replace(i),u?this.saver.skip(n):this.saver.take(n),this.layout.take(t,s,h),this.#n(),this.store.set()}#e(){this.due=null;let{frame:t}=this.store;this.layout.paint(),this.host.announce("frame",{number:t.number,learningRate:t.hyperparameters.learning_rate,epoch:t.epoch,status:t.status,acknowledged:this.acknowledged}),this.badge.show(this.version),this.host.announce("painted",{version:this.version})}#s(t){if(clearTimeout(this.timer),t===null)return;let e=()=>this.send({type:"tick",gesture:"tick"});t?this.timer=setTimeout(e,t):e()}#i(){let{store:t,layout:e}=this;if(t.colours&&t.isRunning&&t.frame.number%50!==0)return;let s=new It(e.element);if(s.id===t.colours?.id)return;let i=e.element.classList.toggle("dark",s.isDark);t.colours=i?new It(e.element):s}#n(){let{frame:t,isRunning:e}=this.store;if(e&&performance.now()-this.spoken<Aa)return;this.spoken=performance.now();let{now:s,epoch:i}=t.lanes[t.focus],n=[Z(s.train_loss??s.loss),Z(s.validation_loss)],r=`${`${t.sentence||t.status}: epoch ${R(i)}`}, training loss ${n[0]}, validation loss ${n[1]}`;b(this.layout.speaker,r)}#o(){let t=this.outbox.unanswered.findLast(({type:s})=>s==="play"||s==="pause"),e=t?t.type==="play":this.store.frame.status==="running";this.send({type:e?"pause":"play"})}#a(t){this.send({type:"travel",epoch:t,gesture:"travel"})}#r(t){let e=t.composedPath(),[s]=e;if(t.ctrlKey||t.metaKey||t.altKey||s.closest?.(Oa)||!this.store.frame||!this.host.isMeantFor(this.layout.element,e))return;let i=!!s.closest?.("button, summary, a"),n={" ":()=>!i&&this.#o(),ArrowRight:()=>this.send({type:"step"}),e:()=>this.send({type:"epochs",count:1}),r:()=>this.send({type:"reset"}),Home:()=>this.#a(0),End:()=>this.#a(null)}[t.key.length===1?t.key.toLowerCase():t.key];n&&n()!==!1&&t.preventDefault()}stop(){clearTimeout(this.timer),cancelAnimationFrame(this.due),this.stopListening(),this.outbox.stop(),this.badge.stop(),this.layout.stop()}};function si(o,t){let e=new ei(o,t);return()=>e.stop()}function Pa(){let{height:o,offsetTop:t,scale:e}=window.visualViewport,s=e>1?0:window.innerHeight-o-t;return s>120?Math.round(s):0}function vn(o,t,e,s=!1){return o?.addEventListener(t,e,s),()=>o?.removeEventListener(t,e,s)}var La=new Set(["keydown","paste","pointerdown"]);function kn(){let o=t=>{let e=new URL(window.location.href);for(let[s,i]of Object.entries(t))i?e.searchParams.set(s,i):e.searchParams.delete(s);return e.hash="",e.toString()};return{address:{get:t=>new URL(window.location.href).searchParams.get(t),replace:t=>window.history.replaceState(window.history.state,"",o(t)),link:o},storage:{get(t){try{return window.sessionStorage.getItem(t)}catch{return null}},set(t,e){try{window.sessionStorage.setItem(t,e)}catch{}}},tabs:t=>"BroadcastChannel"in window?new BroadcastChannel(t):null,saveFile(t,e){let s=URL.createObjectURL(e);Object.assign(document.createElement("a"),{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(s),1e3)},listen:(t,e)=>vn(La.has(t)?document:window,t,e),onKeyboard:t=>vn(window.visualViewport,"resize",()=>t(Pa())),matches:t=>window.matchMedia(t).matches,isMeantFor(t,e){let s=t.getRootNode(),i=s instanceof ShadowRoot?s.host:t;return e.includes(t)||e[0]instanceof Node&&e[0].contains(i)},announce(t,e){window.dispatchEvent(new CustomEvent(`mlpviz:${t}`,{detail:e}))}}}var fs=null,ms=0;function $n(o){let{origin:t,pathname:e}=window.location,s=o.composedPath().find(i=>i instanceof HTMLAnchorElement&&i.origin===t);!s||o.ctrlKey||o.metaKey||o.shiftKey||s.pathname===e||(fs={path:s.pathname,until:performance.now()+5e3})}function Mn(){return ms===0&&document.addEventListener("click",$n,!0),ms+=1,()=>{ms-=1,ms===0&&document.removeEventListener("click",$n,!0)}}function Na(){let o=document.querySelector("[data-test-connection-state]"),t=o instanceof HTMLElement?o.dataset.testConnectionState:void 0;return t===void 0||t==="CONNECTED"}function Sn(){return!(fs!==null&&fs.path!==window.location.pathname&&performance.now()<fs.until)&&Na()}var En=[],ii=!1;function Tn(o){ii?En.push(o):zn(o)}function zn(o){ii=!0;try{o()}finally{setTimeout(()=>{ii=!1;let t=En.shift();t&&zn(t)})}}var gs=class{constructor(){this.listener=null,this.token=null,this.acknowledged=0,this.isTriggered=!1,this.wasFragment=!1,this.socket=new ni({onAnswer:t=>this.#s(t),onLost:()=>this.listener?.onLost()}),this.stopWatching=Mn()}listen(t){this.listener=t}send(t){return Sn()?(Tn(()=>this.#t(t)||this.socket.send(t)||this.#e(t)),!0):!1}#t(t){return this.wasFragment||t.sequence!==void 0?!1:(this.#e(t),!0)}#e(t){this.isTriggered=!0,this.trigger(t)}take({channel:t,answer:e},s){this.trigger=s,this.wasFragment=this.isTriggered,this.isTriggered=!1;let i=t?.token===this.token&&e.acknowledged<this.acknowledged;t?.token!==this.token&&(this.acknowledged=0),this.token=t?.token,t&&this.socket.connect(t),i||this.#i(e)}#s(t){t.go?this.trigger({page:t.page,events:[]}):this.#i(t)}#i(t){this.acknowledged=Math.max(this.acknowledged,t.acknowledged),this.listener?.onAnswer(t)}close(){this.listener=null,this.stopWatching(),this.socket.close()}},ni=class{constructor({onAnswer:t,onLost:e}){this.onAnswer=t,this.onLost=e,this.token=null,this.socket=null,this.isOpen=!1}connect({path:t,token:e}){if(e===this.token)return;this.close(),this.token=e;let s=new URL(t,window.location.href);s.protocol=s.protocol.replace("http","ws");let i=new WebSocket(s),n=!1;i.onopen=()=>{i.send(e),this.isOpen=!0},i.onmessage=({data:a})=>{n=!0,this.onAnswer(JSON.parse(a))},i.onclose=()=>{this.isOpen=!1,n&&(this.token=null),this.onLost()},this.socket=i}send(t){return this.isOpen&&this.socket.send(JSON.stringify(t)),this.isOpen}close(){this.socket&&(this.socket.onopen=this.socket.onmessage=this.socket.onclose=null,this.socket.close(),this.socket=null,this.isOpen=!1)}};var bs=`/* What Streamlit's theme gives to a page. */

:host {
  --page-background-color: var(--st-background-color);
  --page-secondary-background-color: var(--st-secondary-background-color);
  --page-text-color: var(--st-text-color);
  --page-primary-color: var(--st-primary-color);
  --page-border-color: var(--st-border-color);
  --page-font: var(--st-font);
  --page-code-font: var(--st-code-font);
}
`;var Ra={"mlpviz.check":{main:$s,style:bs+Qt+Ht+ai},"mlpviz.sheet":{main:qs,style:bs+Qt+Ht+xi+bi},"mlpviz.train":{main:si,style:bs+Qt+Ht+Gi}},xs=new WeakMap,oi=new Map,Da=new TextDecoder;function Ia(o,t){if(!oi.has(t)){let s=new CSSStyleSheet;s.replaceSync(t),oi.set(t,s)}let e=oi.get(t);o.adoptedStyleSheets.includes(e)||o.adoptedStyleSheets.push(e)}function Ba({name:o,parentElement:t}){let{main:e,style:s}=Ra[o];Ia(t.getRootNode(),s);let i=new gs;return{channel:i,stop:e(t,{...kn(),channel:i}),latest:null}}function Qd(o){let{parentElement:t,setTriggerValue:e}=o;xs.has(t)||xs.set(t,Ba(o));let s=xs.get(t);s.latest=o;let i=JSON.parse(Da.decode(o.data));return s.channel.take(i,n=>e("event",n)),()=>{s.latest===o&&(s.stop(),s.channel.close(),xs.delete(t))}}export{Qd as mount};
//# sourceMappingURL=mlpviz.js.map
