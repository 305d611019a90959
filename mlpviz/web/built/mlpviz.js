var Pt=null;document.addEventListener("click",r=>{let t=r.composedPath().find(e=>e.tagName==="A"&&e.origin===window.location.origin);t&&!r.ctrlKey&&!r.metaKey&&!r.shiftKey&&(Pt={path:t.pathname,until:performance.now()+5e3})},!0);function wi(){let r=document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;return r===void 0||r==="CONNECTED"}function Lt(){return!(Pt!==null&&Pt.path!==window.location.pathname&&performance.now()<Pt.until)&&wi()}var yi="mlpvizTurns";function Ot(r){let t=window[yi]??={isBusy:!1,waiting:[]};t.isBusy?t.waiting.push(r):xs(t,r)}function xs(r,t){r.isBusy=!0;try{t()}finally{setTimeout(()=>{r.isBusy=!1;let e=r.waiting.shift();e&&xs(r,e)})}}var Xe=new WeakMap,vi="running",ki=150,$i=5e3,Mi=200,Ye=class{constructor(t){this.painted=null,this.element=document.createElement("div"),this.element.className="badge",this.element.setAttribute("role","status"),t.append(this.element),this.onPainted=e=>{e.detail?.version!==this.painted&&(this.painted=e.detail?.version??null,this.refresh())},window.addEventListener("mlpviz:painted",this.onPainted)}update({data:t,setTriggerValue:e}){this.data=t,this.ask=()=>e("check",{version:this.painted}),this.refresh()}refresh(){let{status:t,version:e,text:s,detail:i}=this.data;if(clearTimeout(this.timer),this.painted===vi)return this.show("checking","… learning: checked as soon as it pauses","One batch is then computed by NumPy, by PyTorch and by central differences");if(t&&(this.painted===null||this.painted===e))return this.show(t,s,i);this.show("checking","… checking","NumPy, PyTorch and central differences are being compared"),(this.painted!==null||this.data.keepUrl)&&(this.timer=setTimeout(()=>this.request(),ki))}request(){let t=Lt();t&&Ot(()=>this.ask()),this.timer=setTimeout(()=>this.request(),t?$i:Mi)}show(t,e,s){this.element.dataset.status=t,this.element.textContent!==e&&(this.element.textContent=e),this.element.title=s}destroy(){clearTimeout(this.timer),window.removeEventListener("mlpviz:painted",this.onPainted),this.element.remove()}};function Ei({link:r,view:t}){let e=new URL(window.location.href);e.searchParams.set("d",r),e.searchParams.set("v",t),window.history.replaceState(window.history.state,"",e)}function bs(r){let{parentElement:t,data:e}=r,s=Xe.get(t);return s||(s=new Ye(t),Xe.set(t,s)),s.update(r),e.keepUrl&&e.link&&Ei(e),()=>{s.destroy(),Xe.delete(t)}}var ws=`.badge {
  position: fixed;
  top: 13px;
  right: 64px;
  z-index: 1000001;
  padding: 5px 12px;
  border: 1px solid currentcolor;
  border-radius: 999px;
  font: 13px / 1.4 var(--st-font);
  white-space: nowrap;
  background: var(--st-background-color);
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent);
}
.badge[data-status="ok"] {
  color: color-mix(in srgb, #0a7d2c 70%, var(--st-text-color));
  background: color-mix(in srgb, #0a7d2c 8%, var(--st-background-color));
}
.badge[data-status="ok"]::before {
  content: "✓ ";
}
.badge[data-status="wrong"] {
  color: color-mix(in srgb, #c01c28 75%, var(--st-text-color));
  background: color-mix(in srgb, #c01c28 10%, var(--st-background-color));
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
`;var Ve=`/* The colours and the type of all components. They come from Streamlit's theme, so that light and dark both work. */

:host {
  --bg: var(--st-background-color, #fff);
  --ground: var(--st-secondary-background-color, #f6f6f4);
  --text: var(--st-text-color, #1f2024);
  --primary: var(--st-primary-color, #0072b2);
  --code-font: var(--st-code-font, ui-monospace, "DejaVu Sans Mono", monospace);
  --rule: var(--st-border-color, color-mix(in srgb, var(--text) 14%, transparent));
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
  font-family: var(--st-font, system-ui, sans-serif);
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
button:disabled {
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
`;var zi=[.01,.1,1,10,100,1e3,1e4,1e5],ys=64,Ci=6,vs={digits:3,fractions:!1};function N(r,{digits:t,fractions:e}=vs){let s=Math.abs(r),i=r<0?"−":"";if(s<1e6&&Number.isInteger(s))return i+s;if(!Number.isFinite(s))return Number.isNaN(s)?"NaN":`${i}∞`;let n=e&&Ni(s);return n?i+n:s>=.001&&s<1e6?i+Ai(s,Math.max(1,t+2-zi.filter(o=>o<=s).length)):i+Es(Pi(s,Math.min(t-1,2)))}function P(r){if(!Number.isFinite(r))return N(r);let t=Math.abs(r),e=t.toExponential(),s=Number(e.split("e")[1]);return(r<0?"−":"")+(s<-4||s>=16?Es(e):t)}function ks(r,t=vs){let e=N(r,t),s=P(r);return[e,s===e?"":s]}function q(r,t=1){let e=Math.abs(100*r);if(!(e<1e6))return Number.isFinite(e)?`${N(100*r)}%`:N(r);let s=o=>Number(Je(e,o)),i=t;for(;i<Ci&&[0,100].includes(s(i))&&!_t(e,0)&&!_t(e,100);)i+=1;let n=Je(e,i);return _t(e,Number(n))&&n.includes(".")&&(n=n.replace(/\.?0*$/,"")),`${r<0&&n!=="0"?"−":""}${n}%`}function Rt(r){return Math.round(r).toLocaleString("en")}function rt([r,t]){return t&&t!==r?`${r}${t}`:r}function $s(r){return r.replaceAll(Ms,"$2")}function Z(r){return r.replaceAll(Ms,"$1")}function Dt(r){return r.split(/(\x02[^\x03]*\x03)/).filter(Boolean).map(t=>t.startsWith("")?t.slice(1,-1).split(""):t)}var Ms=/\x02([^\x1f]*)\x1f([^\x03]*)\x03/g;function Ai(r,t){let e=Je(r,t);return _t(r,Number(e))?e.replace(/0+$/,"").replace(/\.$/,".0"):e}function Es(r){let[t,e]=r.split("e"),s=Number(e);return`${t.includes(".")?t.replace(/\.?0+$/,""):t}e${s<0?"−":""}${Math.abs(s)}`}function Ni(r){if(r<1/ys||r>=1e3)return"";for(let t=1;t<=ys;t++){let e=Math.round(r*t);if(e/t===r)return`${e}/${t}`}return""}function _t(r,t){return Math.abs(r-t)<=1e-12*r}function Ts(r,t,e,s){let i=t<0?"":r.toExponential(100).replace(".","").split("e")[0].slice(t);return/^50*$/.test(i)&&/[13579]$/.test(e)?s.slice(0,-1).replace(/\.$/,""):e}function Je(r,t){let e=t+1+Number(r.toExponential().split("e")[1]);return Ts(r,e,r.toFixed(t),r.toFixed(t+1))}function Pi(r,t){let[[e,s],[i]]=[t,t+1].map(n=>r.toExponential(n).split("e"));return`${Ts(r,t+1,e,i)}e${s}`}function a(r,t={},...e){let s=document.createElement(r);for(let[i,n]of Object.entries(t))i.startsWith("on")?s.addEventListener(i.slice(2),n):n===!0?s.setAttribute(i,""):n!==!1&&n!=null&&s.setAttribute(i,n);return s.append(...e.filter(i=>i!=null)),s}function dt(r){let t=r.contains(r.getRootNode().activeElement);r.open=!1,t&&r.querySelector("summary").focus()}function ut(r){return r.addEventListener("keydown",t=>{t.key!=="Escape"||!r.open||(dt(r),t.stopPropagation())}),r}function E(r,t={}){let e=document.createElementNS("http://www.w3.org/2000/svg",r);for(let[s,i]of Object.entries(t))e.setAttribute(s,i);return e}function G(r,[t,e],s={}){return a(r,{...s,title:e||null},t)}function T(r,t){Ss.get(r)!==t&&(Ss.set(r,t),r.replaceChildren(...A(t)))}function A(r){return Dt(r).map(t=>typeof t=="string"?t:G("span",t,{class:"digits"}))}var Ss=new WeakMap,Li="http://www.w3.org/1998/Math/MathML";function L(r,...t){let e=document.createElementNS(Li,r);return e.append(...t),e}function H(r){let t=document.createElement("template");return t.innerHTML=r,t.content.firstElementChild}function b(r,t){r.textContent!==t&&(r.textContent=t)}function y(r,t){for(let[e,s]of Object.entries(t))String(r[e])!==String(s)&&(r[e]=s)}function M(r,t,e){r.getAttribute(t)!==e&&r.setAttribute(t,e)}function I(r,t,e){let s=JSON.stringify(t);r.dataset.options!==s&&(r.replaceChildren(...t.map(([i,n])=>a("option",{value:i},n))),r.dataset.options=s),r.value!==e&&(r.value=e)}var Oi=["layer","unit","product"],mt=class{#t=null;constructor(t){this.granularity="layer",this.step=0,this.sample=1,this.numbers="",this.second=null,this.read(t)}read(t){let[e,s,i,n,o,l]=(t??"").split(".");Oi.includes(e)&&(this.granularity=e),s&&(this.step=Number(s)),i&&(this.sample=Number(i)),o&&(this.numbers=o),this.selection=n?n.replaceAll("-"," "):null,this.second=l?l.replaceAll("-"," "):null}get selection(){return this.#t}set selection(t){t!==this.#t&&(this.second=null),this.#t=t}toText(){let[t,e]=[this.selection,this.second].map(s=>(s??"").replaceAll(" ","-"));return[this.granularity,this.step,this.sample,t,this.numbers,e].join(".").replace(/\.+$/,"")}clamp(t){t.steps(this.granularity)||(this.granularity="layer",this.step=Math.min(this.step,t.steps("layer").length)),this.step=Math.max(0,Math.min(this.step,t.steps(this.granularity).length)),this.sample=Math.max(1,Math.min(this.sample,t.structure.samples)),this.selection&&!this.cell(t)&&(this.selection=null),this.second&&!(this.selection&&this.secondCell(t))&&(this.second=null)}cell(t){return zs(this.selection,t)}secondCell(t){return zs(this.second,t)}select(t){this.selection=t?Et(t):null}};function zs(r,t){if(!r)return null;let[e,s,i=1,n=1]=r.split(" ");return t.cell(`${e}.${s}`,i-1,n-1)}function Et({block:r,r:t,c:e}){return[r.tensor,r.layer,t+1,e+1].join(" ")}function Qe({link:r,other:t,walkLink:e},s){let i=new URL(window.location.href);i.searchParams.set("d",r),i.searchParams.set("v",s.toText());for(let[n,o]of[["c",t?.link],["w",e]])o?i.searchParams.set(n,o):i.searchParams.delete(n);return i.hash="",i.toString()}var Ze=null;function Cs(r,t){clearTimeout(Ze),Ze=setTimeout(()=>{r.link&&window.history.replaceState(window.history.state,"",Qe(r,t))},200)}function As(){clearTimeout(Ze)}var _i=8,Ri=/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,Ns=0;function Tt(){return Ns+=1,`${Date.now().toString(36)}-${Ns}`}function It({block:r,r:t,c:e},s,i){switch(r.tensor){case"x":return{type:"set",tensor:"x",layer:null,row:e+1,column:t+1,value:s};case"target":return{type:"set",tensor:"target",layer:null,row:e+1,column:i?null:t+1,value:s};case"bias":case"gamma":case"beta":case"running_mean":case"running_var":return{type:"set",tensor:r.tensor,layer:r.layer,row:t+1,column:null,value:s};case"a":return{type:"pin",layer:r.layer,sample:e+1,unit:t+1,value:s};default:return{type:"set",tensor:"weight",layer:r.layer,row:t+1,column:e+1,value:s}}}function Ps({block:r},t){let e=r.tensor==="x"||r.tensor==="target";return{type:"paste",tensor:r.tensor,layer:e?null:r.layer,text:t,transposed:e}}function X(r){let t=r.trim().replaceAll("−","-").replace(/^([+-]?\d*),(\d+)$/,"$1.$2");return Ri.test(t)&&Number.isFinite(Number(t))?Number(t):r}function ts(r,t){return(Number.isInteger(r)?1:Math.abs(r)<10?.01:.1)*(t.shiftKey?10:1)*(t.altKey?.1:1)}function tt(r){return Number(r.toFixed(10))}function Ls(r,t){let e=null,s=null;r.addEventListener("pointerdown",n=>{let o=t.cells.of(n);if(s=n.pointerType==="touch"?o:null,!(!o||n.button!==0||n.target.closest("input"))){if(!s){if(t.pair.takes(o,n))return;t.attention.select(o)}t.cells.isEditable(o)&&(e={cell:o,x:n.clientX,start:t.cells.valueOf(o),gesture:Tt(),moved:!1,pointer:n.pointerId})}}),r.addEventListener("pointermove",n=>{if(!e||n.pointerId!==e.pointer)return;let o=Math.trunc((n.clientX-e.x)/_i);if(!e.moved&&o===0)return;e.moved||r.setPointerCapture(n.pointerId),!e.moved&&s&&t.attention.select(e.cell),s=null,e.moved=!0,n.preventDefault();let l=t.cells.within(e.cell,tt(e.start+o*ts(e.start,n)));l!==e.last&&t.changes.set(e.cell,l,e.gesture),e.last=l}),r.addEventListener("click",n=>{s&&!t.pair.takes(s,n)&&t.attention.select(s),s=null});let i=()=>{e=null};r.addEventListener("pointerup",i),r.addEventListener("pointercancel",i),r.addEventListener("keydown",n=>{n.key!=="Escape"||!e?.moved||(t.changes.set(e.cell,e.start,e.gesture),e=null,n.stopPropagation())})}function Os(r,t,e,s){if(r.querySelector("input"))return;let i=a("input",{type:"text",inputmode:"decimal",class:"typing","aria-label":"new value"});i.value=e??t;let n=!1,o=l=>{if(n)return;n=!0;let h=i.value;i.remove(),(r.querySelector("canvas")??r).focus(),l&&s(h)};i.addEventListener("keydown",l=>{l.stopPropagation(),l.key==="Enter"&&o(!0),l.key==="Escape"&&o(!1),l.key==="Tab"&&o(i.value!==t)}),i.addEventListener("blur",()=>o(i.value!==t)),r.append(i),i.focus(),e===null&&i.select()}function jt(r,t,e,s){let i=a(r,{"data-control":t,"data-value":String(e),...s});return i.type==="checkbox"?i.checked=e:i.value=e,i}function ft(r,t,e,s){let i=a("select",{"data-control":r,"data-value":String(e),...s});return I(i,t,String(e)),i}function _s(r){for(let t of r.querySelectorAll("[data-value]"))t.type==="checkbox"?t.checked=t.dataset.value==="true":t.value=t.dataset.value}function St(r,t,e){return r.map(({name:s,label:i,kind:n,value:o,choices:l,sentence:h})=>a("label",{class:`knob ${n}`,title:`${i}: ${h}`},a("span",{},i),Di(n,`${t}.${s}`,o,l,{"aria-label":`${i} of ${t}`},c=>e(s,c))))}function Di(r,t,e,s,i,n){if(r==="bool")return jt("input",t,e,{...i,type:"checkbox",onchange:l=>n(l.target.checked)});if(r==="choice")return ft(t,s.map(l=>[l,l]),e,{...i,onchange:l=>n(l.target.value)});let o=r==="floats";return jt("input",t,o?e.map(P).join(" "):P(e),{...i,type:"text",inputmode:"decimal",class:"knob-number",onchange:({target:l})=>n(o?l.value.trim().split(/[\s;]+/).filter(Boolean).map(X):X(l.value))})}var Bt=class{constructor(t){this.host=t}samples({structure:t}){let{host:e}=this;this.buttons=Array.from({length:t.samples},(i,n)=>a("button",{type:"button",class:"sample","data-control":`sample.${n+1}`,title:`show sample ${n+1} in the drawing`,onclick:()=>e.stepping.setSample(n+1)},String(n+1)));let s=(i,n,o,l)=>a("button",{type:"button",class:"quiet","data-control":n,title:n,"aria-label":n,disabled:l,onclick:()=>e.send(o())},i);return a("div",{class:"graph samples"},a("span",{},"sample "),...this.buttons,s("+","add a sample",()=>({type:"add_sample"})),s("copy","duplicate this sample",()=>({type:"duplicate_sample",sample:e.view.sample})),s("−","remove this sample",()=>({type:"remove_sample",sample:e.view.sample}),t.samples<2))}mode({structure:t}){return t.hasModes?ft("mode",this.host.scene.modes,t.mode,{class:"quiet","aria-label":"training or evaluation",title:"how batch norm and dropout behave",onchange:({target:e})=>this.host.send({type:"set_mode",mode:e.value})}):null}paint(t){this.buttons.forEach((e,s)=>{e.classList.toggle("chosen",s===t.sample-1),M(e,"aria-pressed",String(s===t.sample-1))})}};var Ii=150;function Rs(r,t){let e=Math.max(2,Math.floor(Ii/Math.max(t.rows,t.columns)));return t.scale=e,t.canvas=a("canvas",{width:t.columns*e,height:t.rows*e,tabindex:"0",role:"img","aria-label":`${t.caption}: ${t.rows} by ${t.columns} numbers, as a heat map; Shift and an arrow key move from number to number`}),a("div",{class:"heat"},a("span",{class:"heat-caption"},`${t.symbol} ${t.rows}×${t.columns}`),t.canvas)}function Ds(r,t){let e=r.canvas.getBoundingClientRect();return{block:r,r:Math.min(r.rows-1,Math.max(0,Math.floor((t.clientY-e.top)/e.height*r.rows))),c:Math.min(r.columns-1,Math.max(0,Math.floor((t.clientX-e.left)/e.width*r.columns)))}}function Is(r,t,e,s,i,n){let o=r.reveals[s.granularity],{canvas:l,scale:h,rows:c,columns:p}=t,d=getComputedStyle(l),[u,f,m,g,x]=["--positive","--negative","--empty","--mark","--corner"].map(k=>d.getPropertyValue(k)),w=l.getContext("2d"),v=r.largest(t,e);w.clearRect(0,0,l.width,l.height);for(let k=0;k<c;k++)for(let C=0;C<p;C++){let $=r.at(t,k,C),D=e.v[$],B=o[$]<=s.step;w.globalAlpha=1,w.fillStyle=m,w.fillRect(C*h,k*h,h-1,h-1),B&&D!==null&&(w.globalAlpha=v>0?Math.abs(D)/v:0,w.fillStyle=D<0?f:u,w.fillRect(C*h,k*h,h-1,h-1)),B&&n?.has($)&&ji(w,x,C*h,k*h,Math.max(2,h/3)),i.has($)&&(w.globalAlpha=1,w.strokeStyle=g,w.lineWidth=1.5,w.strokeRect(C*h+.5,k*h+.5,h-2,h-2))}}function ji(r,t,e,s,i){r.globalAlpha=1,r.fillStyle=t,r.beginPath(),r.moveTo(e,s),r.lineTo(e+i,s),r.lineTo(e,s+i),r.fill()}function gt(r,t){return r.t[t]||N(r.v[t],r.style)}function zt(r,t){return r.v[t]===null?"":P(r.v[t])}function nt(r,t){return[gt(r,t),zt(r,t)]}function es(r,t){let e=a("figure",{class:`block ${t.phase}`,"data-block":t.key});if(t.figure=e,t.chars=0,t.heat)return e.append(Rs(r,t)),e;let s=a("tr",{role:"row"},a("td",{role:"cell"}));for(let n=0;n<t.columns;n++)s.append(a("th",{role:"columnheader",scope:"col"},t.columnNoun?`${t.columnNoun} ${n+1}`:t.symbol));let i=a("tbody",{role:"rowgroup"});t.elements=[];for(let n=0;n<t.rows;n++){let o=a("tr",{role:"row"},a("th",{role:"rowheader",scope:"row"},`${t.rowNoun} ${n+1}`.trim()));for(let l=0;l<t.columns;l++){let h=a("td",{role:"cell",tabindex:"0","data-r":n,"data-c":l});t.elements.push(h),o.append(h)}i.append(o)}return t.texts=t.elements.map(n=>n.appendChild(document.createTextNode(""))),t.names=t.elements.map(()=>""),e.append(a("table",{role:"table"},a("caption",{},t.symbol,a("span",{class:"of"},t.caption.slice(t.symbol.length))),a("thead",{role:"rowgroup"},s),i)),e}function Bi(r,t){let e=1;for(let s=r.offset;s<r.offset+r.rows*r.columns;s++)e=Math.max(e,t.t[s].length);return e<=r.chars?!1:(r.chars=e,r.figure.style.setProperty("--chars",e),!0)}function Wi(r,{tensor:t,layer:e}){return t==="h"||t==="mask"?r.byKey.get(`mask.${e}`):t===r.structure.bands[e].read?r.byKey.get(`slope.${e}`):null}function Wt(r,t,e,s,i,n,o){let l=r.reveals[e.granularity],h=new Set(t.pins.map(([p,d,u])=>r.at(r.byKey.get(`a.${p}`),d,u))),c=!1;for(let p of r.blocks){if(p.heat){Is(r,p,t,e,s,o);continue}Bi(p,t)&&(c=!0);let d=r.largest(p,t),u=Wi(r,p),f=p.columnNoun==="sample"&&p.columns>1?e.sample-1:-1;for(let m=0;m<p.elements.length;m++){let g=p.offset+m,x=i?.at===g,w=x||l[g]<=e.step,v=t.v[g],k=x?i.text:w?t.t[g]:"·",C=p.texts[m];C.data!==k&&(C.data=k);let $=w?v===null?"broken":v<0?"negative":v>0?"positive":"zero":"blank";w&&v&&($+=` t${Math.ceil(Math.abs(v)/d*10)}`),x&&($+=" partial"),p.editable===!0&&($+=" editable"),w&&u&&t.v[u.offset+m]===0&&($+=" closed"),h.has(g)&&($+=" pinned"),m%p.columns===f&&($+=" chosen"),w&&n?.has(g)&&($+=" differs"),w&&o?.has(g)&&($+=" changed");let D=s.get(g);D&&($+=` ${D}`),p.names[m]!==$&&(p.names[m]=$,p.elements[m].className=$)}}return c}function js({block:r,r:t,c:e},s,i,n,o){let l=s.at(r,t,e),h=s.reveals[n.granularity][l]<=n.step,[c,p]=nt(i,l),d=r.heat?p||c:p===c?"":p,u=r.heat?r.canvas:r.elements[t*r.columns+e];u.title=h?[d,$s(o)].filter(Boolean).join(`
`):""}function U({block:r,r:t,c:e}){return r.heat?r.canvas:r.elements[t*r.columns+e]}var Ft=class{constructor(t){this.host=t}of(t,{model:e}=this.host.score){let s=t.composedPath(),i=s.find(l=>l.dataset?.block);if(!i)return null;let n=e.byKey.get(i.dataset.block);if(n.heat){if(s[0]!==n.canvas)return null;if(t.clientX!==void 0)return Ds(n,t);let l=this.host.view.cell(e);return l?.block===n?l:{block:n,r:0,c:0}}let o=s.find(l=>l.dataset?.r!==void 0);return o?{block:n,r:Number(o.dataset.r),c:Number(o.dataset.c)}:null}placeOf(t){return t.block.heat?t.block.canvas.parentElement:U(t)}valueOf({block:t,r:e,c:s}){return this.host.scene.v[this.host.model.at(t,e,s)]??0}isPinned({block:t,r:e,c:s}){return t.tensor==="a"&&this.host.scene.pins.some(([i,n,o])=>i===t.layer&&n===e&&o===s)}isEditable(t){return t.block.editable===!0||this.isPinned(t)}isClassNumber(t){return t.tensor==="target"&&this.host.scene.targetIsClasses}within(t,e){return t.block.tensor==="running_var"?Math.max(0,e):t.block.tensor!=="target"?e:this.isClassNumber(t.block)?Math.min(this.#t(),Math.max(0,Math.round(e))):this.host.scene.targetIsProbability?Math.min(1,Math.max(0,e)):e}#t(){return this.host.model.structure.bands.at(-1).units-1}};var qt=class{constructor(t){this.host=t,this.hover=null}cell(){return this.hover??this.restingCell()}restingCell(){return this.host.view.cell(this.host.model)??this.stepCell()}stepCell(){let{model:t,view:e}=this.host,s=t.steps(e.granularity)[e.step-1];if(!s)return null;let i=t.blocks[s[0]],n=i.columnNoun==="sample"?e.sample-1:0;return{block:i,r:Math.max(s[1],0),c:s[2]>=0?s[2]:n}}partial(){let{model:t,scene:e,view:s}=this.host;if(s.granularity!=="product")return null;let[i,n,o,l]=t.steps("product")[s.step-1]??[],h=t.blocks[i];if(!h||h.rule.terms<2||l===h.rule.terms-1)return null;let c=e.partials?.[h.key],[p,d]=[Dt(c?c[(n*h.columns+o)*h.rule.terms+l]:"…")[0]].flat();return{at:t.at(h,n,o),term:l,text:p,exact:d}}hoverAt(t){let{model:e,scene:s,view:i,review:n}=this.host;t?.block===this.hover?.block&&t?.r===this.hover?.r&&t?.c===this.hover?.c||(this.hover=t,t&&js(t,e,s,i,n.textOf(t)),this.host.paint())}select(t){let{view:e}=this.host;e.select(t),this.hover=null,t?.block.columnNoun==="sample"&&(e.sample=t.c+1),this.host.paint(),t&&this.host.dock.open()}showPlace(t){let{model:e,view:s}=this.host;s.selection=t;let i=s.cell(e);if(!i)return this.select(null);this.host.transport.pause(),s.step=Math.max(s.step,e.reveals[s.granularity][e.at(i.block,i.r,i.c)]),this.select(i),this.bringIntoSight(i)}bringIntoSight(t){(this.host.comparison.elementOf(t)??U(t)).scrollIntoView({block:"nearest",inline:"nearest"})}};var Kt=class{constructor(t){this.host=t,this.sliding=null}set(t,e,s=null){let i=It(t,e,this.host.cells.isClassNumber(t.block));this.host.send(s?{...i,gesture:s}:i)}commitText(t,e){this.set(t,X(e))}drag(t,e,s){this.sliding!==s&&(this.gesture=Tt()),this.sliding=s,this.set(t,tt(e),this.gesture)}endGesture(){this.sliding=null}toggleMask({block:t,r:e,c:s}){this.host.send({type:"toggle_mask",layer:t.layer,sample:s+1,unit:e+1})}togglePin(t){if(!t)return;let{cells:e,view:s}=this.host,{block:i,r:n,c:o}=t;s.select(t),e.isPinned(t)?this.host.send({type:"unpin",layer:i.layer,sample:o+1,unit:n+1}):this.set(t,e.valueOf(t))}};var Ut=class{constructor(t,e){this.structure=t,this.blocks=t.blocks,this.byKey=new Map,this.cells=0;for(let s of[...t.blocks,...e.map(([i,n,o])=>({key:i,rows:n,columns:o,hidden:!0}))])s.offset=this.cells,this.cells+=s.rows*s.columns,this.byKey.set(s.key,s);this.reveals={};for(let[s,i]of Object.entries(t.steps))this.reveals[s]=this.#t(i)}#t(t){let e=new Int32Array(this.cells);return t.forEach(([s,i,n,,...o],l)=>{for(let h of[s,...o]){let c=this.blocks[h];for(let p=0;p<c.rows;p++)if(!(i>=0&&p!==i))for(let d=0;d<c.columns;d++)(n<0||d===n)&&(e[c.offset+p*c.columns+d]=l+1)}}),e}largest({offset:t,rows:e,columns:s},i){let n=0;for(let o=t;o<t+e*s;o++)n=Math.max(n,Math.abs(i.v[o]??0));return n}at(t,e,s){return t.offset+e*t.columns+s}cell(t,e,s){let i=this.byKey.get(t);return i&&e>=0&&s>=0&&e<i.rows&&s<i.columns?{block:i,r:e,c:s}:null}resolve([t,e,s],{block:i,r:n,c:o},l=0){let{count:h}=i.rule,{samples:c}=this.structure,p=d=>{switch(d){case"r":return n;case"c":return o;case"k":return l;case"rk":return n*h+l;case"k/N":return Math.floor(l/c);case"k%N":return l%c;default:return d}};return{block:this.byKey.get(t),r:p(e),c:p(s)}}references(t,e=1/0){let{rule:s}=t.block,i=s.refs.map(n=>this.resolve(n,t));for(let n=0;n<Math.min(s.count,e);n++)i.push(...s.factors.map(o=>this.resolve(o,t,n)));return i.push(...s.plus.slice(0,Math.max(0,e-s.count)).map(n=>this.resolve(n,t))),i}sources(t,e=1/0){let s=this.references(t,e);for(let{count:i,sources:n}of t.block.rule.details)for(let o=0;o<Math.min(i,e);o++)s.push(...n.map(l=>this.resolve(l,t,o)));return s.filter(({block:i})=>!i.hidden)}steps(t){return this.structure.steps[t]}translate(t,e,s){if(t===0)return 0;let i=this.steps(e)[t-1][0];return this.steps(s).findLastIndex(n=>n[0]===i||n.slice(4).includes(i))+1||0}phases(t){let e=new Map;return this.steps(t).forEach(([s],i)=>{let{phase:n}=this.blocks[s],o=e.get(n)??[i+1,i+1];e.set(n,[o[0],i+1])}),this.structure.phases.filter(([s])=>e.has(s)).map(([s,i])=>[s,i,...e.get(s)])}};var Fi=2**32;function Bs(r,t,e){let{layer:s,units:i,bias:n}=t,o=(p,d,u=!1)=>a("button",{type:"button",disabled:u,onclick:f=>{dt(f.target.closest("details")),e(d)}},p),l=s?"unit":"input",h=[o(s?"add a unit":"add an input",{type:"widen",layer:s}),o(`remove the last ${l}`,{type:"narrow",layer:s},i<2),o("add a layer after this",{type:"add_layer",after:s})];s&&(h.push(o("remove this layer",{type:"remove_layer",layer:s},r.structure.layers<2)),h.push(o(n?"remove the bias":"add a bias",{type:"set_bias",layer:s,on:!n})),h.push(...qi(r,t,e)));let c=a("details",{class:"menu","data-menu":s},a("summary",{"data-control":`menu.${s}`,"aria-label":s?`change layer ${s}`:"change the input"},"⋯"),a("div",{},...h));return ut(c),c.addEventListener("focusout",p=>{c.isConnected&&!c.contains(p.relatedTarget)&&(c.open=!1)}),c}function qi(r,{layer:t,norm:e,normKnobs:s,dropout:i,skip:n,skips:o,inner:l},h){let c=`layer ${t}`,p=(f,m,...g)=>a("label",{class:"knob",title:m},a("span",{},f),...g),d=[p("norm","what stands between z and the activation",ft(`norm.${t}`,[["","none"],...r.structure.norms],e,{"aria-label":`norm of ${c}`,onchange:({target:f})=>h({type:"set_norm",layer:t,key:f.value||null})})),...St(s,`the norm of ${c}`,(f,m)=>h({type:"set_norm_knob",layer:t,name:f,value:m}))];if(!l)return d;let u=()=>Math.floor(Math.random()*Fi);return d.push(p("dropout","the chance of a unit to be dropped, from 0 to below 1",jt("input",`dropout.${t}`,i,{type:"text",inputmode:"decimal",class:"knob-number","aria-label":`dropout rate of ${c}`,onchange:({target:f})=>h({type:"set_dropout",layer:t,rate:X(f.value),seed:u()})}))),i&&d.push(a("button",{type:"button","data-control":`redraw.${t}`,onclick:()=>h({type:"redraw_mask",layer:t,seed:u()})},"draw another mask")),o.length>1&&d.push(p("skip","what is added to the output of this layer",ft(`skip.${t}`,o,n,{"aria-label":`skip to ${c}`,onchange:({target:f})=>h({type:"set_skip",layer:t,around:Number(f.value)})}))),d}function Ws(r,t){let{structure:e}=r,s=e.bands.map(i=>Ki(r,i,t));return s.push(Ui(r,t)),s}function Ki(r,t,e){let{layer:s}=t,i=a("div",{class:"side"},a("h3",{},t.label));if(!e)i.append(s>0?Fs(t.chosen):a("span",{class:"sub"},"input"));else if(s>0){let n=a("select",{class:"quiet","data-of":s,"data-control":`activation.${s}`,"aria-label":`activation of layer ${s}`,onchange:o=>e({type:"set_activation",layer:s,key:o.target.value})});I(n,r.structure.activations,t.activation),i.append(n,...St(t.knobs,`the activation of layer ${s}`,(o,l)=>e({type:"set_activation_knob",layer:s,name:o,value:l})))}else i.append(a("span",{class:"sub"},"input"));return t.extras&&i.append(a("span",{class:"sub extras"},t.extras)),e&&i.append(Bs(r,t,e)),qs(r,a("section",{class:"band","data-layer":s,"aria-label":t.label},i,a("div",{class:"graph"})),r.blocks.filter(n=>n.layer===s&&n.phase!=="loss"&&n.tensor!=="target"))}function Fs([r,t]){return a("span",{class:"sub",title:t===r?null:t},r)}function Ui(r,t){let e=r.structure.layers,s=a("select",{class:"quiet loss","data-of":"loss","data-control":"loss","aria-label":"loss function",onchange:o=>t({type:"set_loss",key:o.target.value})}),i=a("div",{class:"side"},a("h3",{},"loss"),t?s:Fs(r.structure.lossChosen),...t?St(r.structure.lossKnobs,"the loss",(o,l)=>t({type:"set_loss_knob",name:o,value:l})):[]),n=r.blocks.filter(o=>o.layer===e&&(o.phase==="loss"||o.tensor==="target"));return qs(r,a("section",{class:"band","data-layer":"loss","aria-label":"loss"},i,a("div",{class:"graph"})),n)}function Gi(r,t,e){let s=new Map;for(let n of e)s.set(n.line,[...s.get(n.line)??[],n]);if(s.size<2)return a("div",{class:`column ${t}`},...e.map(n=>es(r,n)));let i=[...s].sort(([n],[o])=>n-o);return a("div",{class:`column ${t} stacked`},...i.map(([,n])=>a("div",{class:"line"},...n.map(o=>es(r,o)))))}function qs(r,t,e){for(let[s]of r.structure.columns){let i=e.filter(n=>n.column===s);t.append(Gi(r,s,i))}return t}var Hi=2e3;function Ks(r,t,e){let{structure:s}=r,i=[...t.querySelectorAll(".band")],n=i[0].querySelector(".graph"),o=t.getBoundingClientRect(),l=n.getBoundingClientRect(),h=l.width;e.setAttribute("width",h),e.setAttribute("height",t.scrollHeight),e.style.left=`${l.left-t.parentElement.getBoundingClientRect().left}px`;let c=[];s.bands.forEach(({units:m},g)=>{let x=i[g].getBoundingClientRect(),w=x.top-o.top+t.scrollTop+x.height/2,v=Math.min(50,(h-8)/m),k=Math.max(2,Math.min(14,v*.45,x.height/2-2));c.push(Array.from({length:m},(C,$)=>({x:h/2+($-(m-1)/2)*v,y:w,radius:k})))});let p=E("g"),d=E("g"),u={nodes:[],edges:[]},f=s.bands.slice(1).reduce((m,{units:g},x)=>m+g*s.bands[x].units,0);for(let m=1;m<c.length&&f<=Hi;m++){let g=r.byKey.get(`weight.${m}`);c[m].forEach((x,w)=>c[m-1].forEach((v,k)=>{let C=E("line",{x1:v.x,y1:v.y+v.radius,x2:x.x,y2:x.y-x.radius});p.append(C),u.edges.push({line:C,block:g,at:r.at(g,w,k),name:`W ${w+1},${k+1} of layer ${m}`})}))}return c.forEach((m,g)=>m.forEach(({x,y:w,radius:v},k)=>{let C=E("g",{transform:`translate(${x} ${w})`});C.append(E("circle",{r:v}));let $=E("text",{dy:"0.35em"}),D=E("line",{x1:-v*.7,y1:v*.7,x2:v*.7,y2:-v*.7,class:"strike"});v>=9&&C.append($),C.append(D),d.append(C),u.nodes.push({group:C,text:$,number:g,unit:k})})),e.replaceChildren(p,Xi(s,c,h),d),u}function Xi(r,t,e){let s=E("g");return r.bands.forEach(({skip:i},n)=>{if(!i)return;let[o,l]=[t[n-i].at(-1),t[n].at(-1)],[h,c]=[o.x+o.radius+1,l.x+l.radius+1],p=Math.min(e-2,Math.max(h,c)+26);s.append(E("path",{class:"skip",d:`M${h} ${o.y} C${p} ${o.y} ${p} ${l.y} ${c} ${l.y}`}));let d=E("text",{class:"skip-sign",x:c+4,y:l.y-4});d.textContent="+",s.append(d)}),s}function Us(r,t,e,s,i){let n=s.sample-1,o=t.reveals[s.granularity],l=new Map;for(let{line:h,block:c,at:p}of r.edges){let d=e.v[p]??0;l.has(c)||l.set(c,t.largest(c,e)||1);let u=`${d<0?"negative":d>0?"positive":"zero"}${i.has(p)?` ${i.get(p)==="path"?"path":"marked"}`:""}`;M(h,"class",u),M(h,"stroke-width",(.8+1.4*(Math.abs(d)/l.get(c))).toFixed(1))}for(let{group:h,text:c,number:p,unit:d}of r.nodes){let u=p?`a.${p}`:"x.0",f=t.at(t.byKey.get(u),d,n),m=o[f]<=s.step,g=m?gt(e,f):"";b(c,g.length>7?`${g.slice(0,6)}…`:g),M(c,"class",g.length>3?"long":"");let x=t.byKey.get(`slope.${p}`),w=m&&x&&e.v[t.at(x,d,n)]===0,v=t.byKey.get(`mask.${p}`),k=v&&e.v[t.at(v,d,n)]===0,C=e.pins.some(([B,it,pt])=>B===p&&it===d&&pt===n),$=["z","n","h","a","grad_a","grad_h","grad_n","grad_z","x","grad_x"].map(B=>t.byKey.get(`${B}.${p}`)).map(B=>B&&i.get(t.at(B,d,n))).find(Boolean),D=["node",w&&!C&&"closed",k&&"dropped",C&&"pinned",$].filter(Boolean).join(" ");M(h,"class",D)}}function Gs(r,t,e,s,i){let n=r.edges.find(({line:u})=>u===t),o=n?null:r.nodes.find(({group:u})=>u.contains(t));if(!n&&!o)return;let l=n?n.at:e.at(e.byKey.get(o.number?`a.${o.number}`:"x.0"),o.unit,i.sample-1),h=n?n.name:`${o.number?`a of unit ${o.unit+1}, layer ${o.number}`:`x ${o.unit+1}`}, sample ${i.sample}`,c=e.reveals[i.granularity][l]<=i.step,p=n?n.line:o.group,d=p.querySelector("title")??p.appendChild(E("title"));b(d,c?`${h}: ${zt(s,l)||s.t[l]}`:h)}var Yi=[[],["dense"],["tall"],["tall","dense"],["tall","dense","deep"]];var Gt=class{constructor(t,e,s){Object.assign(this,{frame:t,sheet:e,fold:s}),this.restart()}restart(){this.at=0,this.columns=1/0,this.width=this.frame.clientWidth}hasResized(){return Math.abs(this.frame.clientWidth-this.width)>24}fit(t){let e=`${this.at} ${this.columns}`;this.#t(this.at);let s=this.frame.closest(".beside")!==null;for(;this.#e()&&this.at<(s?5:4)-1;)this.at+=1,this.#t(this.at);for(;!s&&this.#e()&&this.#s(t););return this.isTooWide=this.#e(),e!==`${this.at} ${this.columns}`}follow(t){this.applied!==Math.max(t,this.at)&&this.#t(Math.max(t,this.at))}#t(t){this.applied=t;for(let e of["dense","tall","deep"])this.sheet.classList.toggle(e,Yi[t].includes(e))}#e(){return this.frame.scrollWidth>this.frame.clientWidth}#s(t){return this.columns=Math.max(0,...t.filter(({heat:e})=>!e).map(({columns:e})=>e)),this.columns<=4?!1:(this.fold(this.columns),!0)}};var xt=class{constructor({controls:t,corner:e,send:s,onResize:i}){this.corner=e,this.controls=t,this.send=s,this.drawingLayer=E("svg",{class:"drawing","aria-hidden":"true"}),this.drawingLayer.addEventListener("pointerover",({target:n})=>this.drawing&&Gs(this.drawing,n,this.model,this.scene,this.view)),this.sheet=a("div",{class:"sheet"}),this.element=a("div",{class:"sheet-scroll"},this.sheet),this.element.addEventListener("scroll",()=>{this.drawingLayer.style.translate=`${this.element.scrollLeft}px`,this.sheet.classList.toggle("scrolled",this.element.scrollLeft>0)},{passive:!0}),this.fitting=new Gt(this.element,this.sheet,n=>this.#e(n)),this.observer=new ResizeObserver(()=>{!this.model||!this.element.clientWidth||(this.fitting.hasResized()&&this.#t(),this.isFitted=!1,this.drawing=null,i())}),this.observer.observe(this.sheet),this.observer.observe(this.element)}take(t,e){let s=this.model?.structure.id!==t.id;return this.scene=e,s&&(this.model=new Ut(t,e.hidden),this.#t()),s}#t(){for(let t of this.model.blocks)t.heat=t.isGivenAsHeat??=t.heat;this.#s(),this.fitting.restart(),this.isFitted=!1}#e(t){for(let e of this.model.blocks)e.heat||=e.columns>=t;this.#s(),Wt(this.model,this.scene,this.view,new Map)}#s(){let t=this.model.structure.columns.map(([p,d])=>a("div",{class:`heading ${p}`},d)),e=this.sheet.contains(this.sheet.getRootNode().activeElement)?this.sheet.getRootNode().activeElement:null,s=e?.dataset.control,i=e?.closest("[data-block]")?.dataset.block,{r:n=0,c:o=0}=e?.dataset??{},l=this.sheet.querySelector("details[open]")?.dataset.menu;this.bands=Ws(this.model,this.send),this.sheet.replaceChildren(this.drawingLayer,a("div",{class:"headings"},a("div",{class:"side"},this.corner?.(this.model)),this.controls(this.model),...t),...this.bands);let h=l&&s&&this.sheet.querySelector(`[data-menu="${l}"]`);h&&(h.open=!0),s&&this.sheet.querySelector(`[data-control="${s}"]`)?.focus();let c=i&&this.model.cell(i,Number(n),Number(o));c&&queueMicrotask(()=>U(c).focus({preventScroll:!0})),this.drawing=null}paint(t,e,s,i,n){let{model:o,scene:l}=this;this.view=t,(Wt(o,l,t,e,s,i,n)||!this.isFitted)&&this.fitting.fit(o.blocks)&&(this.drawing=null,Wt(o,l,t,e,s,i,n)),this.isFitted=!0,this.drawing||(this.drawing=Ks(o,this.sheet,this.drawingLayer)),Us(this.drawing,o,l,t,e);let c=o.steps(t.granularity)[t.step-1],p=c&&o.blocks[c[0]],d=p&&(p.phase==="loss"?"loss":String(p.layer));for(let u of this.bands)u.classList.toggle("current",u.dataset.layer===d);return p}stop(){this.observer.disconnect()}};var Vi="(min-width: 1200px)",Ht=class{constructor(t){this.host=t;let e=(s,i,n)=>a("button",{type:"button",title:i,"aria-label":i,onclick:()=>t.send({type:n})},s);this.differences=a("ul",{class:"differences"}),this.losses=a("b"),this.delta=a("p",{class:"delta",role:"status"}),this.here=a("button",{type:"button",title:"show the network that is edited (C)",onclick:()=>this.flip(!1)},"here"),this.there=a("button",{type:"button",title:"show the one beside it (C)",onclick:()=>this.flip(!0)},"there"),this.together=a("input",{type:"checkbox",onchange:()=>t.send({type:"together"})}),this.element=a("section",{class:"comparison",hidden:!0,"aria-label":"comparison"},a("span",{class:"pill"},"loss ",this.losses),this.differences,this.delta,a("label",{},this.together,"edits go to both"),e("⇄ Swap","swap: edit the right one","swap"),e("Adopt the right one","go on with the right one","adopt"),e("✕","stop comparing","stop_comparing")),this.choice=a("div",{class:"shown-one",role:"group","aria-label":"which network is shown"},this.here,this.there),this.view=new mt,this.score=null,this.marks=new Map,this.resized=()=>this.#t(),window.addEventListener("resize",this.resized)}stop(){window.removeEventListener("resize",this.resized)}take(t,e){if(this.element.hidden=!t,this.host.app.classList.toggle("comparing",!!t),this.host.dock.place(),!t)return this.score?.stop(),this.score?.element.remove(),this.score=null,this.own=this.theirs=null,this.#t();this.#s(),this.score.take(e.get(t.structure),t)&&(this.places={});let s=`${this.host.model.structure.id} ${t.structure}`;s!==this.shape&&this.#t(),this.shape=s,this.#i(t.deltas),this.differences.replaceChildren(...(t.differences.length?t.differences:["no difference"]).map(i=>a("li",{},i))),y(this.together,{checked:t.together})}#t(){let{classList:t}=this.host.app;if(t.toggle("beside",this.score!==null&&window.matchMedia(Vi).matches),!this.score)this.shape=null;else for(let{fitting:e}of[this.host.score,this.score])e.isTooWide=!1}#e(){let t=[this.host.score,this.score].map(({fitting:s})=>s);if(t.some(({isTooWide:s})=>s))return this.host.app.classList.remove("beside");let e=Math.max(...t.map(s=>s.at));return t.forEach(s=>s.follow(e))}#s(){if(this.score)return;let{host:t}=this;this.score=new xt({controls:()=>a("div",{class:"graph"}),send:null,onResize:()=>t.paint()}),this.score.element.classList.add("other"),this.flip(!1),t.score.element.after(this.score.element);let{sheet:e}=this.score,s=o=>{let l=t.cells.of(o,this.score);t.attention.hoverAt(l&&t.model.cell(l.block.key,l.r,l.c))};e.addEventListener("pointermove",s),e.addEventListener("focusin",s),e.addEventListener("click",s),e.addEventListener("pointerleave",()=>t.attention.hoverAt(null));let[i,n]=[t.score.element,this.score.element];i.addEventListener("scroll",()=>{n.scrollLeft=i.scrollLeft},{passive:!0}),n.addEventListener("scroll",()=>{i.scrollLeft=n.scrollLeft},{passive:!0})}flip(t=!this.host.app.classList.contains("there")){this.score&&(this.host.app.classList.toggle("there",t),M(this.here,"aria-pressed",String(!t)),M(this.there,"aria-pressed",String(t)))}elementOf(t){let e=this.score?.element.offsetParent&&!this.host.score.element.offsetParent&&this.score.model.cell(t.block.key,t.r,t.c);return e?U(e):null}#i(t){let e=s=>{let i=new Set;for(let[n,o]of Object.entries(t)){let l=s.byKey.get(n);o.forEach((h,c)=>{h&&i.add(l.offset+c)})}return i};this.own=e(this.host.model),this.theirs=e(this.score.model),this.deltas=t}#n(t){let[e,s]=[this.host.model,this.score.model],i=s.steps(t.granularity)?t.granularity:"layer",n=i===t.granularity?4:1,o=(c,[p,...d])=>[c.blocks[p].key,...d].slice(0,n).join(" "),l=e.steps(t.granularity),h=this.places[i]??=new Map(s.steps(i).map((c,p)=>[o(s,c),p+1]));if(t.step>=l.length)return[i,s.steps(i).length];for(let c=t.step-1;c>=0;c--){let p=h.get(o(e,l[c]));if(p!==void 0)return[i,p]}return[i,0]}paint(t,e){let{score:s}=this;if(!s)return;let[i,n]=this.#n(t);Object.assign(this.view,{granularity:i,step:n,sample:Math.min(t.sample,s.model.structure.samples)}),this.marks.clear();let o=e&&s.model.cell(e.block.key,e.r,e.c);o&&this.marks.set(s.model.at(o.block,o.r,o.c),"focus"),s.paint(this.view,this.marks,null,this.theirs),this.host.app.classList.contains("beside")&&this.#e();let l=(h,c)=>this.#o(h,{block:h.model.byKey.get(`loss.${h.model.structure.layers}`),r:0,c:0},c);T(this.losses,`${l(this.host.score,t)} | ${l(s,this.view)}`),T(this.delta,this.#a(e,o))}#o({model:t,scene:e},{block:s,r:i,c:n},o){let l=t.at(s,i,n);return t.reveals[o.granularity][l]<=o.step?rt(nt(e,l)):"·"}#a(t,e){if(!t)return"";let{host:s}=this,i=this.#o(s.score,t,s.view);if(i==="·")return"";if(!e)return`here ${i}; the right one has no such number`;let n=this.deltas[t.block.key]?.[t.r*t.block.columns+t.c];return n?`here ${i}, there ${this.#o(this.score,e,this.view)}: Δ ${n}`:`${i} in both`}};var Ji="(max-width: 1199px)",Zi="(max-width: 600px)",ss=["closed","compact","whole"],Qi=30,tn=120,Xt=class{constructor(t,e,s){this.host=t,this.panel=e,this.level="closed",this.lifted=0;let i=n=>a("button",{type:"button","aria-controls":"explanation",onclick:n});e.id="explanation",this.more=i(()=>this.rise()),this.close=i(()=>this.level==="closed"?this.#i("compact"):this.#e()),this.grip=a("div",{class:"grip","aria-hidden":"true"}),this.card=a("div",{class:"explanation"},this.grip,a("div",{class:"levels"},this.more,this.close)),this.element=a("div",{class:"dock"},this.card,s),this.#r(),this.#i("closed")}watch(){this.narrow=window.matchMedia(Ji),this.settled=()=>this.settle(),window.addEventListener("resize",this.settled),this.size=new ResizeObserver(()=>this.#n()),this.size.observe(this.element),this.lift=()=>this.#a(),window.visualViewport?.addEventListener("resize",this.lift),this.place()}stop(){window.removeEventListener("resize",this.settled),this.size.disconnect(),window.visualViewport?.removeEventListener("resize",this.lift)}get isDocked(){return this.host.app.classList.contains("docked")}open(){this.isDocked&&this.level==="closed"&&this.#i("compact")}rise(){this.isDocked&&this.#i(this.level==="compact"?"whole":"compact")}step(){this.rise(),this.level==="whole"?this.more.focus({preventScroll:!0}):this.#s()}lower(){if(!this.isDocked||this.level==="closed")return!1;if(this.level==="whole")this.#s(),this.#i("compact");else{if(this.host.view.selection!==null&&this.#t()==="compact")return!1;this.#e()}return!0}#t(){return window.matchMedia(Zi).matches?"closed":"compact"}#e(){this.#s(),this.#i("closed"),this.host.attention.select(null)}#s(){let{attention:t}=this.host;if(!this.card.contains(this.host.activeElement()))return;let e=t.restingCell();(e?U(e):this.close).focus({preventScroll:!0})}#i(t){this.level=t,this.isTurning=!0,M(this.element,"data-level",t);let e=t!=="closed",s=t==="whole",i=(n,o,l,h)=>{b(n,o),y(n,{title:l}),M(n,"aria-label",l),M(n,"aria-expanded",String(h))};i(this.more,s?"▾":"▴",s?"less of the explanation (E)":"the whole explanation (E)",s),i(this.close,e?"✕":"▴",e?"close the explanation (Escape)":"show the explanation (E)",e),y(this.more,{hidden:!e}),s||(this.card.scrollTop=0)}makeRoom(t){!t||this.isDocked||(this.needsRoom=!0,this.place())}settle(){this.needsRoom=!1,this.place()}place(){let{app:t,body:e}=this.host,s=this.narrow.matches||this.needsRoom===!0||t.classList.contains("comparing");s!==this.isDocked&&(t.classList.toggle("docked",s),(s?this.card:e).append(this.panel),this.#i(s&&this.host.view.selection?"compact":this.#t()))}#n(){let{app:t,model:e,view:s}=this.host;if(!this.isDocked)return t.style.removeProperty("--dock");let i=this.element.offsetHeight,n=this.isTurning?1/0:i-this.height;this.height=i,this.isTurning=!1,t.style.setProperty("--dock",`${Math.round(i+this.lifted)}px`);let o=e&&s.cell(e);o&&this.level!=="closed"&&this.#o(U(o),n)}#o(t,e){let s=t.getBoundingClientRect().bottom-this.element.getBoundingClientRect().top;if(s<=0||s>e)return;let i=window.matchMedia("(prefers-reduced-motion: reduce)").matches;t.scrollIntoView({block:"nearest",inline:"nearest",behavior:i?"auto":"smooth"})}#a(){let{height:t,offsetTop:e,scale:s}=window.visualViewport,i=s>1?0:window.innerHeight-t-e,n=i>tn?Math.round(i):0;n!==this.lifted&&(this.lifted=n,this.element.classList.toggle("lifted",n>0),this.element.style.bottom=n?`${n}px`:"",this.isTurning=!0,this.#n())}#r(){let t=null,e=i=>i===this.grip||i.closest(".main h2")!==null;this.card.addEventListener("pointerdown",i=>{i.button!==0||!e(i.target)||(t={y:i.clientY,height:this.card.offsetHeight},this.card.setPointerCapture(i.pointerId))}),this.card.addEventListener("pointermove",i=>{t&&(this.card.style.height=`${Math.max(36,t.height+t.y-i.clientY)}px`)});let s=i=>{if(!t)return;let n=t.y-i.clientY;if(t=null,this.card.style.height="",i.type==="pointercancel")return;let o=ss.indexOf(this.level);if(Math.abs(n)<Qi)return this.rise();let l=ss[Math.min(ss.length-1,Math.max(0,o+Math.sign(n)))];return l==="closed"?this.#e():this.#i(l)};this.card.addEventListener("pointerup",s),this.card.addEventListener("pointercancel",s)}};function Yt(r,t){return!!t&&r.line?.token===t.line?.token&&r.acknowledged<t.acknowledged}var bt=class{constructor({onAnswer:t,onLost:e}){this.onAnswer=t,this.onLost=e,this.token=null,this.isOpen=!1}connect({path:t,token:e}){if(e===this.token)return;this.close(),this.token=e;let s=new URL(t,window.location.href);s.protocol=s.protocol.replace("http","ws");let i=new WebSocket(s),n=!1;i.onopen=()=>{i.send(e),this.isOpen=!0},i.onmessage=({data:o})=>{n=!0,this.onAnswer(JSON.parse(o))},i.onclose=()=>{this.isOpen=!1,n&&(this.token=null),this.onLost()},this.socket=i}send(t){return this.isOpen&&this.socket.send(JSON.stringify(t)),this.isOpen}close(){this.socket&&(this.socket.onopen=this.socket.onmessage=this.socket.onclose=null,this.socket.close(),this.socket=null,this.isOpen=!1)}};var Vt=class{constructor(t){this.host=t,this.#t(t.score.sheet),Ls(t.score.sheet,t),this.onKey=e=>this.#s(e),this.onPaste=e=>this.#n(e),document.addEventListener("keydown",this.onKey),document.addEventListener("paste",this.onPaste)}stop(){document.removeEventListener("keydown",this.onKey),document.removeEventListener("paste",this.onPaste)}#t(t){let{host:e}=this;t.addEventListener("pointermove",s=>{!s.buttons&&!e.changes.sliding&&e.attention.hoverAt(e.cells.of(s))}),t.addEventListener("pointerleave",()=>e.attention.hoverAt(null)),t.addEventListener("focusin",s=>{let i=e.cells.of(s);i&&!e.pair.picking&&s.target.matches(":focus-visible")&&e.attention.select(i)}),t.addEventListener("click",s=>{let i=e.cells.of(s);i?.block.editable==="toggle"&&e.changes.toggleMask(i)}),t.addEventListener("dblclick",s=>{let i=e.cells.of(s);i&&this.#e(i)})}#e(t,e=null){let{host:s}=this;(t.block.editable===!0||t.block.editable==="pin")&&Os(s.cells.placeOf(t),P(s.cells.valueOf(t)),e,i=>s.changes.commitText(t,i))}#s(t){let{host:e}=this,s=t.composedPath(),[i]=s;if(!e.model||!(s.includes(e.app)||i.contains?.(e.app.getRootNode().host))||i.matches?.("input[type=text], textarea, select"))return;let n=t.ctrlKey||t.metaKey;if(n&&t.key.toLowerCase()==="z")return e.send({type:t.shiftKey?"redo":"undo"}),t.preventDefault();if(n||t.defaultPrevented)return;let o=i.matches?.("button, summary, a, input[type=checkbox]"),l=i.matches?.("input[type=range]")&&i!==e.transport.range;if(e.pair.picking&&(t.key==="Enter"||t.key==="Escape")){let p=e.cells.of(t);if(t.key==="Escape")e.pair.clear();else if(!p||!e.pair.takes(p,t))return;return t.preventDefault()}let h=e.view.cell(e.model);if(h&&!o&&!l&&i!==e.transport.range&&this.#i(t,h,i))return t.preventDefault();if(l||o&&(t.key===" "||t.key==="Enter"))return;let c={ArrowRight:()=>e.stepping.goBy(1),ArrowLeft:()=>e.stepping.goBy(-1),Home:()=>e.stepping.goTo(0),End:()=>e.stepping.goTo(1/0)," ":()=>e.transport.toggle(),e:()=>e.dock.step(),c:()=>e.comparison.flip(),Escape:()=>{e.dock.lower()||e.attention.select(null)}};c[t.key]&&(c[t.key](),t.preventDefault())}#i(t,e,s){let{host:i}=this,n={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};if(s===e.block.canvas&&t.shiftKey&&n[t.key]){let[o,l]=n[t.key],h={block:e.block,r:e.r+o,c:e.c+l};return h.r>=0&&h.c>=0&&h.r<e.block.rows&&h.c<e.block.columns&&i.attention.select(h),!0}if(t.key==="ArrowUp"||t.key==="ArrowDown"){if(!i.cells.isEditable(e))return!1;let o=i.cells.valueOf(e);return i.changes.set(e,i.cells.within(e,tt(o+(t.key==="ArrowUp"?1:-1)*ts(o,t)))),!0}if(e.block.editable==="toggle"){if(t.key!=="Enter")return!1;i.changes.toggleMask(e)}else if(t.key==="Enter"||t.key==="F2")this.#e(e);else if(/^[0-9.−-]$/.test(t.key))this.#e(e,t.key);else return!1;return!0}#n(t){let{host:e}=this,s=e.model&&e.view.cell(e.model);if(!s||t.composedPath()[0].matches?.("input, textarea"))return;let i=t.clipboardData?.getData("text");if(i){if(t.preventDefault(),s.block.editable!==!0)return e.notify(`Not changed: ${s.block.title} is computed. To paste a matrix, select a number that can be edited, such as a weight or an input.`,!0);e.send(Ps(s,i))}}};var en=3e3,Hs=200,is=5e6;function sn(r){let t=JSON.stringify(r);return 3*t.length<=is?t.length:new TextEncoder().encode(t).length}var wt=class{constructor(t,{isPatient:e=()=>!1,refuse:s}){this.post=t,this.isPatient=e,this.refuse=s,this.waiting=[],this.underWay=null,this.sequence=0}add(t){let e=sn(t);if(e>is)return this.refuse(`Not changed: what you gave has ${(e/1e6).toFixed(1)} MB, at most ${is/1e6} MB are allowed.`);let s=this.waiting.at(-1);return t.gesture&&s?.gesture===t.gesture&&this.waiting.pop(),this.waiting.push(t),this.waiting.every(this.isPatient)||(this.waiting=this.waiting.filter(i=>!this.isPatient(i))),this.#t()}acknowledge(t){this.underWay?.sequence<=t&&(this.underWay=null),this.sequence=Math.max(this.sequence,t),this.#t()}retry(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),Hs))}stop(){clearTimeout(this.timer)}#t(){this.waiting.length&&(this.underWay&&(!this.underWay.edits.every(this.isPatient)||this.waiting.every(this.isPatient))||(this.sequence+=1,this.underWay={sequence:this.sequence,edits:this.waiting.splice(0)},this.#e()))}#e(){if(clearTimeout(this.timer),!this.underWay)return;let t=Lt(),e=this.underWay;t&&Ot(()=>this.post(e)),this.timer=setTimeout(()=>this.#e(),t?en:Hs)}};var Jt=260,Zt=120,yt=10,te=new Set(["weight","bias","gamma","beta","x"]),Qt=class{constructor(t){this.host=t,this.plot=E("svg",{viewBox:`0 0 ${Jt} ${Zt}`,class:"nudge",role:"img"}),this.low=a("span"),this.high=a("span"),this.sentence=a("p",{class:"sentence"}),this.element=a("section",{class:"card"},a("h2",{},"What would nudging do?"),this.plot,a("div",{class:"ends","aria-hidden":"true"},this.low,a("span",{},"drag to set the value"),this.high),this.sentence,a("button",{type:"button",title:"or hold Ctrl and click it",onclick:()=>t.pair.start()},"Pick a second number")),this.plot.addEventListener("pointerdown",e=>{this.plot.setPointerCapture(e.pointerId),this.#t(e)}),this.plot.addEventListener("pointermove",e=>{e.buttons&&this.#t(e)}),this.plot.addEventListener("pointerup",()=>this.host.changes.endGesture())}wants({cell:t,isSelected:e,second:s}){return e&&s===null&&te.has(t.block.tensor)}show(t){if(!t||this.shown===t)return;this.shown=t;let{values:e,losses:s,value:i,loss:n,slope:o,updated:l,lossUpdated:h}=t,c=s.filter($=>$!==null),[p,d]=[Math.min(...c,n),Math.max(...c,n)],[u,f]=[e[0],e.at(-1)],m=$=>yt+($-u)/(f-u)*(Jt-2*yt),g=$=>d>p?Zt-yt-($-p)/(d-p)*(Zt-2*yt):Zt/2,x=e.map(($,D)=>s[D]===null?null:`${m($).toFixed(1)},${g(s[D]).toFixed(1)}`).filter(Boolean),w=$=>g(n+o*($-i)).toFixed(1),v=(f-u)/6,k=($,D,B,it)=>{let pt=E("circle",{cx:m($).toFixed(1),cy:g(D).toFixed(1),r:4,class:B}),J=E("title");return J.textContent=it,pt.append(J),pt},C=[E("polyline",{points:x.join(" ")}),E("line",{x1:m(i-v),y1:w(i-v),x2:m(i+v),y2:w(i+v),class:"tangent"}),k(i,n,"here",`here: ${P(i)}, loss ${P(n)}`)];h!==null&&l!==null&&l!==i&&C.push(k(l,h,"updated",`after one step of this number alone: ${P(l)}, loss ${P(h)}`)),this.plot.replaceChildren(...C),this.plot.setAttribute("aria-label",Z(`the loss from ${t.low} to ${t.high}. ${t.sentence}`)),T(this.low,t.low),T(this.high,t.high),T(this.sentence,t.sentence)}#t(t){let{values:e}=this.shown,s=this.plot.getBoundingClientRect(),i=((t.clientX-s.left)/s.width*Jt-yt)/(Jt-2*yt),n=e[0]+Math.min(1,Math.max(0,i))*(e.at(-1)-e[0]),o=10**Math.floor(Math.log10((e.at(-1)-e[0])/100));this.host.changes.drag(this.host.view.cell(this.host.model),tt(Math.round(n/o)*o),this.plot)}};var ee=class{constructor(t){this.host=t,this.picking=!1}start(){this.picking=!0,this.host.notify("Pick the second number: click a weight, a bias or an input, or walk to it with Tab and press Enter. Escape cancels."),this.host.paint()}stop(){this.picking&&this.host.notify(""),this.picking=!1}clear(){this.host.view.second=null,this.stop(),this.host.paint()}takes(t,e){let{view:s,model:i}=this.host,n=s.cell(i);if(!n||!(this.picking||e.ctrlKey||e.metaKey))return!1;if(!te.has(n.block.tensor)||!te.has(t.block.tensor))return this.picking;let o=Et(t);return o===s.selection?this.picking:(s.second=o,this.stop(),this.host.paint(),!0)}cells(t,e){let s=t.secondCell(e);return s?[t.cell(e),s]:[]}};function se(r,t){let e=H(r);for(let s of e.querySelectorAll("mtext")){let i=/^ref(\d+)$/.exec(s.textContent);if(!i)continue;let[n,o]=t(i[1]);if(s.parentElement.localName==="msup"&&s===s.parentElement.firstElementChild&&/^−|e/.test(n)){s.replaceWith(L("mrow",L("mo","("),lt(n,o),L("mo",")")));continue}s.replaceWith(lt(n,o,/^[·−+-]$/.test(s.previousElementSibling?.textContent??"")))}return e}function lt(r,t,e=!1,s=""){let i=L("mn",r);return t&&t!==r&&i.setAttribute("data-exact",t),s&&i.setAttribute("class",s),e&&r.startsWith("−")?L("mrow",L("mo","("),i,L("mo",")")):i}function j(...r){return L("math",...r)}function Xs(r){r.addEventListener("pointermove",t=>{let[e]=t.composedPath(),s=e.closest?.("math")?.parentElement;s&&M(s,"title",e.getAttribute("data-exact")??"")})}var R=240,ne=class{constructor(t){this.host=t,this.canvas=a("canvas",{width:R,height:R,"aria-hidden":"true"}),this.over=E("svg",{viewBox:`0 0 ${R} ${R}`,role:"img"}),this.plot=a("div",{class:"contour"},this.canvas,this.over),this.axes=a("p",{class:"muted axes"}),this.sentence=a("p",{class:"sentence"}),this.element=a("section",{class:"card"},a("h2",{},"What would nudging two do?"),this.plot,this.axes,this.sentence,a("button",{type:"button",onclick:()=>t.pair.clear()},"Back to one number")),this.over.addEventListener("pointerdown",e=>{this.over.setPointerCapture(e.pointerId),this.gesture=Tt(),this.#e(e)}),this.over.addEventListener("pointermove",e=>{e.buttons&&this.gesture&&this.#e(e)}),this.over.addEventListener("pointerup",()=>{this.gesture=null})}wants({isSelected:t,second:e}){return t&&e!==null}show(t){if(!t||this.shown===t)return;this.shown=t,this.#t(t);let{x:e,y:s,point:i,slope:n,updated:o}=t,l=m=>(m-e[0])/(e.at(-1)-e[0])*R,h=m=>R-(m-s[0])/(s.at(-1)-s[0])*R,c=[l(i[0]),h(i[1])],p=[],d=Math.hypot(...n);if(d>0){let m=[c[0]-n[0]/d*46,c[1]+n[1]/d*46];p.push(Ys(c,m,"down",`the negative gradient: ${ie(n.map(g=>-g))}`))}if(o&&(o[0]!==i[0]||o[1]!==i[1])){let m=[l(o[0]),h(o[1])];p.push(Ys(c,m,"update",`the update of these two, to ${ie(o)}`),Vs(m,"updated",`after the update: ${ie(o)}`))}p.push(Vs(c,"here",`here: ${ie(i)}`)),this.over.replaceChildren(...p),this.over.setAttribute("aria-label",Z(`the loss over two numbers. ${t.sentence}`));let[u,f]=t.ends;T(this.axes,`→ ${t.names[0]} from ${u[0]} to ${u[1]}, ↑ ${t.names[1]} from ${f[0]} to ${f[1]}; drag to set both`),T(this.sentence,t.sentence)}#t({losses:t,levels:e}){let s=t.length,i=t[0].length,n=new Int8Array(R*R);for(let d=0;d<R;d++){let u=(1-d/(R-1))*(s-1),f=Math.min(s-2,Math.floor(u)),m=u-f;for(let g=0;g<R;g++){let x=g/(R-1)*(i-1),w=Math.min(i-2,Math.floor(x)),v=x-w,k=[t[f][w],t[f][w+1],t[f+1][w],t[f+1][w+1]];if(k.includes(null)){n[d*R+g]=-1;continue}let C=(k[0]*(1-v)+k[1]*v)*(1-m)+(k[2]*(1-v)+k[3]*v)*m,$=0;for(;$<e.length&&C>e[$];)$++;n[d*R+g]=$}}let o=this.canvas.getContext("2d"),l=o.createImageData(R,R),h=this.host.app.classList.contains("dark"),[c,p]=h?[[74,168,232],[38,40,46]]:[[0,92,150],[246,247,248]];for(let d=0;d<n.length;d++){let u=n[d]<0?1:n[d]/Math.max(1,e.length),f=d%R&&n[d]!==n[d-1]||d>=R&&n[d]!==n[d-R]?h?26:-34:0;for(let m=0;m<3;m++)l.data[d*4+m]=c[m]+(p[m]-c[m])*u**.7+f;l.data[d*4+3]=255}o.putImageData(l,0,0)}#e(t){let{x:e,y:s}=this.shown,i=this.over.getBoundingClientRect(),n=(p,d)=>{let u=d.at(-1)-d[0],f=10**Math.floor(Math.log10(u/100));return tt(Math.round((d[0]+Math.min(1,Math.max(0,p))*u)/f)*f)},{host:o}=this,l=o.pair.cells(o.view,o.model),h=[n((t.clientX-i.left)/i.width,e),n(1-(t.clientY-i.top)/i.height,s)],c=l.map((p,d)=>{let{type:u,...f}=It(p,h[d],!1);return f});o.send({type:"set_numbers",numbers:c,gesture:this.gesture})}};function Ys(r,t,e,s){let[i,n]=[t[0]-r[0],t[1]-r[1]],o=Math.hypot(i,n)||1,[l,h]=[i/o,n/o],c=Math.min(7,o),p=[[-h,l],[h,-l]].map(([f,m])=>`${(t[0]-l*c+f*c*.55).toFixed(1)},${(t[1]-h*c+m*c*.55).toFixed(1)}`),d=E("title");d.textContent=s;let u=E("g",{class:e});return u.append(d,E("line",{x1:r[0].toFixed(1),y1:r[1].toFixed(1),x2:t[0].toFixed(1),y2:t[1].toFixed(1)}),E("polyline",{points:`${p[0]} ${t.map(f=>f.toFixed(1)).join()} ${p[1]}`})),u}function Vs([r,t],e,s){let i=E("circle",{cx:r.toFixed(1),cy:t.toFixed(1),r:4,class:e}),n=E("title");return n.textContent=s,i.append(n),i}function ie(r){return`(${r.map(P).join(", ")})`}var ot=class{constructor(t,e,s,...i){this.chosen=null,this.summary=a("summary",{},a("h2",{},e)),this.element=a("details",{class:`card folding ${s}`},this.summary,...i),this.summary.addEventListener("click",n=>{n.preventDefault(),this.chosen=!this.element.open,t.paint()})}isOpen(t){let e=this.chosen??t;return y(this.element,{open:e}),e}};var nn=new Set(["loss","loss_term","probabilities"]),oe=class extends ot{constructor(t){let e=a("div",{});super(t,"The loss, taken apart","loss-parts",e),this.parts=e}wants({cell:{block:t},model:e,isSelected:s}){let{layers:i}=e.structure;return t.layer===i&&(nn.has(t.tensor)||s&&(t.tensor==="grad_a"||t.tensor==="grad_z"))}show(t){if(!t||this.shown===t)return;this.shown=t;let e=a("table",{class:"parts"},a("tbody",{},...t.samples.map(([i,n,o])=>a("tr",{},a("th",{scope:"row"},i),a("td",{},...A(n)),G("td",o,{class:"sum"}))))),s=a("dl",{class:"factors"},...t.factors.flatMap(([i,n])=>[a("dt",{},H(i)),a("dd",{},...A(n))]));this.parts.replaceChildren(e,a("p",{class:"total"},...A(t.total)),s,...t.slope?[a("p",{class:"sentence"},...A(t.slope))]:[],...t.ways?on(t.ways):[])}};function on({heading:r,outerName:t,columns:e,marked:s,rows:i,long:n,short:o,over:l,equal:h,sentence:c}){let p=(g,x)=>g.map((w,v)=>G("td",w,{class:`${x}${v===s?" marked":""}`})),d=a("table",{class:"ways"},a("thead",{},a("tr",{},a("td",{}),a("th",{scope:"col"},t),...e.map(g=>a("th",{scope:"col"},`∂/∂${g}`)))),a("tbody",{},...i.map(({name:g,outer:x,cells:w})=>a("tr",{},a("th",{scope:"row"},g),G("td",x,{class:"outer"}),...p(w,""))),a("tr",{class:"long"},a("th",{scope:"row",colspan:"2"},"long way"),...p(n,"")),a("tr",{class:"short"},a("th",{scope:"row",colspan:"2"},"short way"),...p(o.map(({result:g})=>g),"")))),u=l?`(p − t)${Z(l)}`:"p − t",f=o.map(({text:g,equals:x,result:w},v)=>a("li",{},`${e[v]}: `,...A(l?`(${g})${l}`:g),` ${x} `,G("b",w))),m=a("p",{class:"sentence verdict"},c);return m.dataset.equal=String(h),[a("h3",{},r),a("div",{class:"wide"},d),a("p",{class:"muted"},`short way: ${u}`),a("ul",{class:"paths"},...f),m]}function ae(r,{width:t,height:e,edge:s=4,title:i}){let n=r.filter(u=>u!==null),[o,l]=n.length?[Math.min(...n),Math.max(...n)]:[0,0],h=u=>s+u/Math.max(1,r.length-1)*(t-2*s),c=u=>l>o?e-s-(u-o)/(l-o)*(e-2*s):e/2,p=r.map((u,f)=>u===null?null:[h(f),c(u)]),d=E("svg",{viewBox:`0 0 ${t} ${e}`,class:"curve",role:"img","aria-label":i});return o<0&&l>0&&d.append(E("line",{x1:s,x2:t-s,y1:c(0),y2:c(0),class:"axis"})),d.append(E("polyline",{points:p.filter(Boolean).map(u=>u.map(f=>f.toFixed(1)).join()).join(" ")})),{plot:d,points:p}}var an=/^(new_|grad_)?(weight|bias|gamma|beta)$/,re=class extends ot{constructor(t){let e=a("div",{});super(t,"The update, taken apart","update-parts",e),this.parts=e}wants({cell:{block:t},isSelected:e}){return an.test(t.tensor)&&(e||t.phase==="update")}isOpen(t,{block:e}){return super.isOpen(t&&e.phase==="update")}show(t){if(!t||this.shown===t)return;this.shown=t;let{title:e,sentence:s,lines:i,head:n,rows:o,series:l}=t;this.parts.replaceChildren(a("h3",{},e),...s?[a("p",{class:"sentence"},s)]:[],a("ol",{class:"step-lines"},...i.map(rn)),...o.length>1?[a("h3",{},"The last steps"),ln(n,o),a("div",{class:"series"},...l.map(hn))]:[])}};function rn({symbol:r,formula:t,template:e,numbers:s,value:i,isWhole:n,isTheta:o}){let l=a("div",{class:"formula general"},H(r),j(L("mo",o?"←":"=")),H(t)),h=lt(...i,!1,o?"result":""),c=se(e,d=>s[d]);c.prepend(L("mo","="));let p=a("div",{class:"formula live"},c,j(L("mo",n?"=":"≈"),h));return s.length===1&&s[0][0]===i[0]?a("li",{},a("div",{class:"formula general"},...l.childNodes,j(L("mo","="),h))):a("li",{},l,p)}function ln(r,t){let e=r.map((s,i)=>a("th",{scope:"col"},i?H(s):s));return a("div",{class:"wide"},a("table",{class:"steps"},a("thead",{},a("tr",{},...e)),a("tbody",{},...t.map(([s,...i])=>a("tr",{},a("th",{scope:"row"},s),...i.map(n=>G("td",n)))))))}function hn({symbol:r,values:t,last:e}){let s=a("span",{class:"name"},H(r)),{plot:i}=ae(t,{width:150,height:34,title:`${s.textContent} over the last ${t.length} points, now ${Z(e)}`});return a("div",{class:"one"},s,i,a("span",{class:"last"},...A(e)))}var Js={width:260,height:64,edge:6},le=class extends ot{constructor(t){let e=a("div",{class:"walk-plot"}),s=a("output",{class:"where-walk"}),i=a("input",{type:"range",min:0,step:1,"aria-label":"go back to a step that was taken"}),n=a("button",{type:"button"},"Go back to this step"),o=a("p",{class:"sentence"});super(t,"Steps taken","walk",e,a("div",{class:"walk-where"},i,s),n,o),Object.assign(this,{plot:e,where:s,slider:i,back:n,sentence:o,host:t}),i.addEventListener("input",()=>this.#t()),n.addEventListener("click",()=>t.send({type:"rewind",to:Number(i.value)}))}get isOfNoCell(){return!0}wants({walked:t}){return t>1}isOpen(){return super.isOpen(!1)}show(t){if(!t||this.shown===t)return;this.shown=t;let{losses:e,starts:s,here:i}=t,{plot:n,points:o}=ae(e,{...Js,title:`the loss at each step. ${Z(t.sentence)}`});for(let l of s.slice(1))o[l]&&n.append(E("line",{x1:o[l][0],x2:o[l][0],y1:0,y2:Js.height,class:"start"}));this.marker=E("circle",{r:4,class:"here"}),this.points=o,n.append(this.marker),this.plot.replaceChildren(n),y(this.slider,{max:e.length-1,value:i<0?e.length-1:i}),T(this.sentence,t.sentence),this.#t()}#t(){let{steps:t,texts:e,here:s}=this.shown,i=Number(this.slider.value),n=this.points[i];this.marker.setAttribute("visibility",n?"visible":"hidden"),n&&[["cx",0],["cy",1]].forEach(([o,l])=>this.marker.setAttribute(o,n[l].toFixed(1))),T(this.where,`step ${t[i]} · loss ${e[i]}`),this.slider.setAttribute("aria-valuetext",this.where.textContent),y(this.back,{disabled:i===s}),b(this.back,i===s?"You are at this step":`Go back to step ${t[i]}`)}};var he=class{constructor(){this.verdict=a("p",{class:"sentence verdict"}),this.paths=a("ol",{class:"paths"}),this.rest=a("p",{class:"muted"}),this.element=a("section",{class:"card why"},a("h2",{},"Why?"),this.verdict,this.paths,this.rest)}wants({cell:t,isSelected:e}){return e&&t.block.tensor.startsWith("grad_")}show(t){!t||this.shown===t||(this.shown=t,this.element.dataset.cause=t.cause,T(this.verdict,t.verdict),this.paths.replaceChildren(...t.paths.map(({product:e,equals:s,route:i,factors:n})=>a("li",{},G("b",e),` ${s} `,...n.flatMap(([o,l,h],c)=>[c?" · ":"",a("span",{title:l?`${h}: ${l}`:h},c&&o.startsWith("−")?`(${o})`:o)]),a("span",{class:"route"},i)))),this.rest.replaceChildren(...t.paths.length?[...A(t.rest&&`${t.rest}; `),"together ",G("span",t.sum,{class:"sum"})]:[]))}path(t){return(this.element.hidden?[]:this.shown?.paths[0]?.edges??[]).map(([s,i,n])=>t.cell(`weight.${s}`,i,n)).filter(Boolean).map(({block:s,r:i,c:n})=>t.at(s,i,n))}};var cn=20,pn=250,ce=class{constructor(t){this.host=t,this.cards={why:new he,nudge:new Qt(t),contour:new ne(t),loss:new oe(t),update:new re(t),walk:new le(t)},this.elements=Object.values(this.cards).map(e=>e.element),this.answers={}}paint(t,e,s,i,n){let o=n&&i?Et(i):null,l=s.selection!==null,{second:h}=s,c={focus:o,second:h,sample:s.sample},{answers:p}=e;if(p&&p!==this.taken){this.taken=p;for(let[u,f]of Object.entries(p.cards))this.answers[u]={...this.#t(this.cards[u],p,e,s),answer:f}}let d=[];for(let[u,f]of Object.entries(this.cards)){let{key:m,place:g}=this.#t(f,c,e,s),x=(o!==null||f.isOfNoCell===!0)&&f.wants({cell:i,model:t,isSelected:l,second:h,walked:e.walked}),w=this.answers[u],v=x&&w?.place===g?w.answer:null,k=x&&(f.isOpen?.(l,i)??!0);f.show(v),y(f.element,{hidden:!(v||x&&f.isOpen)}),k&&w?.key!==m&&d.push(u)}this.#e(d,this.#t(null,c,e,s),c)}path(t){return this.cards.why.path(t)}#t(t,{focus:e,second:s,sample:i},{version:n},{numbers:o}){let l=t?.isOfNoCell?"":[e,s,i].join("|");return{place:l,key:`${n}|${l}|${o}`}}#e(t,{key:e,place:s},i){let n=t.length?`${e}|${t}`:null;if(n===null)clearTimeout(this.timer);else if(n!==this.asked){clearTimeout(this.timer);let o=this.place===s;this.timer=setTimeout(()=>this.host.send({type:"explain",cards:t,...i}),o?pn:cn)}this.asked=n,this.place=s}};var ns=8,pe=class{constructor(t){this.host=t,this.title=a("h2",{}),this.value=a("p",{class:"value"}),this.sentence=a("p",{class:"sentence"}),this.formula=a("div",{class:"formula"}),this.live=a("div",{class:"formula live"}),this.details=a("div",{class:"details"}),this.slider=a("input",{type:"range","aria-label":"value",oninput:()=>this.#h(),onchange:()=>t.changes.endGesture()}),this.number=a("input",{type:"text",inputmode:"decimal",enterkeyhint:"done","aria-label":"exact value",class:"exact",onfocus:()=>{this.typed=this.cell},onchange:()=>t.changes.commitText(this.typed,this.number.value),onkeydown:e=>this.#l(e)}),this.sign=a("button",{type:"button",class:"sign","aria-label":"change the sign",onmousedown:e=>e.preventDefault(),onclick:()=>this.#c()},"±"),this.pin=a("button",{type:"button",onclick:()=>t.changes.togglePin(this.cell)}),this.editor=a("div",{class:"editor"},this.slider,this.number,this.sign,this.pin),this.cards=new ce(t),this.numpy=a("code"),this.torch=a("code"),this.code=a("section",{class:"card"},a("h2",{},"The same line in code"),a("pre",{},this.numpy,this.torch)),this.element=a("aside",{class:"panel","aria-label":"explanation"},a("section",{class:"card main"},a("div",{class:"told"},this.title,this.value,this.sentence),a("div",{class:"shown"},this.formula,this.live,this.details,this.editor)),...this.cards.elements,this.code),Xs(this.element)}paint(t,e,s,i){this.typed&&this.number===this.host.activeElement()?i=this.typed:this.typed=null,this.cell=i,this.code.hidden=!i,this.editor.hidden=!0;let n=this.host.attention.restingCell();if(this.cards.paint(t,e,s,n,n!==null&&t.reveals[s.granularity][t.at(n.block,n.r,n.c)]<=s.step),!i)return this.#t();let{block:o,r:l,c:h}=i,c=t.at(o,l,h),p=t.reveals[s.granularity][c]<=s.step,d=[o.rowNoun&&`${o.rowNoun} ${l+1}`,o.columnNoun&&`${o.columnNoun} ${h+1}`].filter(Boolean).join(" · ");b(this.title,d?`${o.title} · ${d}`:o.title),b(this.sentence,o.rule.sentence);let u=o.tensor==="a"&&e.pins.some(([x,w,v])=>x===o.layer&&w===l&&v===h);u&&b(this.sentence,"This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it."),this.shown!==o.rule&&(this.shown=o.rule,this.formula.replaceChildren(...o.rule.formula?[H(o.rule.formula)]:[]));let f=this.host.attention.partial(),m=f?.at===c;this.live.replaceChildren(...p||m?this.#a(t,e,i,u,m?f:null):[]),this.details.replaceChildren(...p&&!u?this.#o(t,e,i):[]);let g=p?zt(e,c):"";b(this.value,!p&&!m?"Not computed yet at this step.":g&&g!==gt(e,c)?`exactly ${g}`:""),b(this.numpy,o.rule.numpy&&`# NumPy
${o.rule.numpy}
`),b(this.torch,o.rule.torch&&`# PyTorch
${o.rule.torch}`),this.#r(e,o,c,u,p)}#t(){this.shown=null,b(this.title,"Start here"),b(this.value,""),b(this.sentence,"Press ▶ Play or the → key: the network computes in front of you, forward, loss, backward, update. Hover or select any number to see what it is made of; drag a weight, an input or a target to change it."),this.formula.replaceChildren(),this.live.replaceChildren(),this.details.replaceChildren()}#e(t,e,s){return nt(e,t.at(s.block,s.r,s.c))}#s(t,e,s,...i){return lt(...this.#e(t,e,s),...i)}#i(t,e,s){let i=({block:n,r:o,c:l})=>{let h=e.at(n,o,l),[c,p]=[t.v[h],gt(t,h)];return c===null||p.includes("/")?!0:Math.abs(Number(p.replaceAll("−","-"))-c)<=1e-12*Math.abs(c)};return L("mo",s.every(i)?"=":"≈")}#n(t,e,s,i,n,o=0){return se(s,l=>this.#e(t,e,t.resolve(i[l],n,o)))}#o(t,e,s){let i=[];for(let{symbol:n,template:o,refs:l,value:h,pin:c,count:p}of s.block.rule.details){let d=Math.min(p,ns);for(let u=0;u<d;u++){if(c&&this.host.cells.isPinned(t.resolve(c,s,u)))continue;let f=t.resolve(h,s,u);i.push(a("div",{class:"formula"},j(this.#n(t,e,n,l,s,u)),j(L("mo","=")),this.#n(t,e,o,l,s,u),j(this.#i(e,t,[f,...l.map(m=>t.resolve(m,s,u))]),this.#s(t,e,f))))}d<p&&i.push(a("span",{class:"folded"},`and ${p-d} more like these`))}return i}#a(t,e,s,i,n){let{rule:o}=s.block,l=n?lt(n.text,n.exact,!1,"result"):this.#s(t,e,s,!1,"result"),h=this.#i(e,t,[s,...t.references(s)]);if(i||!o.count&&!o.template)return[j(L("mo","="),l)];if(o.template){let f=this.#n(t,e,o.template,o.refs,s);return[j(L("mo","=")),f,j(h,l)]}let c=[j(L("mo","="))];o.divisor&&c.push(j(L("mfrac",L("mn","1"),this.#s(t,e,t.resolve(o.divisor,s))),L("mo","·"),L("mo","(")));let p=n?n.term+1:o.terms,d=Math.min(o.count,p),u=d>ns?ns-2:d;for(let f=0;f<u;f++){let m=L("mrow");f>0&&m.append(L("mo","+")),o.factors.forEach((g,x)=>{x>0&&m.append(L("mo","·")),m.append(this.#s(t,e,t.resolve(g,s,f),x>0||f>0))}),c.push(j(m))}u<d&&c.push(a("span",{class:"folded"},`+ … ${d-u} more`));for(let f of o.plus.slice(0,Math.max(0,p-o.count)))c.push(j(L("mo","+"),this.#s(t,e,t.resolve(f,s),!0)));return o.divisor&&c.push(j(L("mo",")"))),c.push(j(h,l)),c}#r(t,e,s,i,n){let o=e.editable===!0||i;if(this.editor.hidden=!o&&e.editable!=="pin",this.slider.hidden=this.number.hidden=this.sign.hidden=!o,this.pin.hidden=e.editable!=="pin"||!i&&!n,b(this.pin,i?"Unpin":"Pin to this value"),!o||this.host.changes.sliding===this.slider)return;let l=t.v[s]??0,h=2**Math.ceil(Math.log2(Math.max(4,Math.abs(l)*1.5))),c=this.host.cells.isClassNumber(e),p=d=>this.host.cells.within(this.cell,d);y(this.slider,{min:p(-h),max:p(h),step:c||h>=64?1:p(h)/400,value:l}),this.number!==this.host.activeElement()&&y(this.number,{value:P(l)})}#l(t){t.key!=="Escape"&&!(t.key==="Enter"&&this.host.dock.isDocked)||(t.key==="Escape"&&(this.number.value=String(this.host.cells.valueOf(this.typed))),t.preventDefault(),t.stopPropagation(),U(this.typed).focus({preventScroll:!0}))}#c(){let t=this.number.value;this.number===this.host.activeElement()?this.number.value=/^[-−]/.test(t)?t.slice(1):`-${t}`:this.host.changes.set(this.cell,this.host.cells.within(this.cell,-this.host.cells.valueOf(this.cell)))}#h(){this.host.changes.drag(this.cell,Number(this.slider.value),this.slider)}};var de=class{constructor(t){this.host=t,this.list=a("ul",{}),this.unfolded=new Set,this.element=a("section",{class:"findings",role:"status","aria-label":"something is wrong here",hidden:!0},this.list)}show(t){let e=JSON.stringify(t);e!==this.shown&&(this.shown=e,y(this.element,{hidden:t.length===0}),this.host.app.classList.toggle("wrong",t.length>0),this.list.replaceChildren(...t.map(s=>this.#t(s))))}#t({key:t,label:e,sentence:s,place:i,remedy:n}){let o=a("span",{}," ",...A(s)),l=a("button",{type:"button",class:"more",title:"what is wrong","aria-label":`what is wrong: ${e}`},"▾"),h=p=>{p?this.unfolded.add(t):this.unfolded.delete(t),c.classList.toggle("unfolded",p),M(l,"aria-expanded",String(p))};l.addEventListener("click",()=>h(!this.unfolded.has(t)));let c=a("li",{},a("button",{type:"button",class:"finding",title:"show the place",onclick:()=>{h(!0),this.host.attention.showPlace(i)}},a("b",{},`⚠ ${e}.`),o),l,n&&a("button",{type:"button",class:"remedy",title:"a suggestion; undo takes it back",onclick:()=>this.host.send(n.event)},n.label));return c.dataset.key=t,h(this.unfolded.has(t)),c}};var ue=class{constructor(){this.parts=a("div",{}),this.element=a("section",{class:"card last-edit",hidden:!0},a("h2",{},"Your last edit"),this.parts)}show(t){if(y(this.element,{hidden:!t}),!t)return;let[e,s,i,n]=t.loss,{forecast:o}=t,l=(h,c)=>a("div",{},a("dt",{},h),a("dd",{},...A(c)));this.parts.replaceChildren(a("p",{class:"edited"},...A(t.title)),a("p",{class:"sentence"},a("span",{class:"corner","aria-hidden":"true"}),t.summary,"; loss ",a("b",{},...A(e))," → ",a("b",{},...A(s))," (Δ ",...A(i),")."),...[n,t.note,t.unreached].filter(Boolean).map(h=>a("p",{class:"muted"},...A(h))),a("ul",{class:"reach"},...t.reach.map(h=>a("li",{},...A(h)))),...o?[a("dl",{class:"forecast"},l("gradient · Δ",o.promised),l("the loss did",o.true)),a("p",{class:"sentence"},...A(o.reason))]:[a("p",{class:"muted"},"The network itself changed, so there is no gradient that could have foretold it.")]),o&&(this.element.dataset.cause=o.cause)}};var dn=60,un=250,me=class{constructor(t){this.host=t,this.lastEdit=new ue,this.findings=new de(t),t.panel.code.before(this.lastEdit.element),t.transport.element.prepend(this.findings.element),this.hint=a("p",{class:"value change"}),t.panel.value.after(this.hint),this.changed=null}take({review:t,version:e}){e!==this.version&&(this.changed=null),this.version=e,t&&(this.reviewed=this.asked,this.changed=this.#t(t.edit?.cells??{}),this.lastEdit.show(t.edit),this.findings.show(t.wrong))}#t(t){let e=new Map,{byKey:s}=this.host.model;for(let[i,[n,o]]of Object.entries(t)){let{offset:l}=s.get(i);n.forEach((h,c)=>e.set(l+h,o[c]??""))}return e}paint(t,e,s,i){let n=`${e.version}|${s.numbers}`;n!==this.asked&&(this.asked=n,clearTimeout(this.timer),this.timer=setTimeout(()=>this.host.send({type:"review"}),this.reviewed===void 0?dn:un));let l=i&&t.reveals[s.granularity][t.at(i.block,i.r,i.c)]<=s.step?this.textOf(i):"";y(this.hint,{hidden:!l}),T(this.hint,l&&`last edit: ${l}`)}textOf({block:t,r:e,c:s}){return this.changed?.get(this.host.model.at(t,e,s))??""}stop(){clearTimeout(this.timer)}};var fe=class{constructor(t){this.host=t,this.live=a("p",{class:"visually-hidden","aria-live":"polite"})}steps(){return this.host.model.steps(this.host.view.granularity)}goTo(t,e=!1){let{attention:s,transport:i,view:n}=this.host;e||i.pause(),n.step=Math.max(0,Math.min(t,this.steps().length)),n.select(null),s.hover=null;let o=s.stepCell();this.#t(o),this.host.paint(),o&&s.bringIntoSight(o)}goBy(t,e=!1){this.goTo(this.host.view.step+t,e)}setGranularity(t){let{model:e,scene:s,view:i}=this.host;i.step=e.translate(i.step,i.granularity,t),i.granularity=t,this.host.paint(),t==="product"&&!s.partials&&this.host.send({type:"view"})}setSample(t){this.host.view.sample=t,this.host.paint()}#t(t){if(!t)return b(this.live,"start: nothing is computed yet");let[,e]=this.steps()[this.host.view.step-1],s=e>=0?` · ${t.block.rowNoun} ${e+1}`:"";return b(this.live,`${t.block.title}${s}. ${t.block.rule.sentence}`)}};var mn=[["1","× 1"],["10","× 10"],["100","× 100"]],ge=class{constructor(t){this.host=t,this.choice=a("select",{class:"optimizer","aria-label":"optimizer",title:"how the update uses the gradient",onchange:()=>t.send({type:"set_optimizer",key:this.choice.value})}),this.fields=a("div",{class:"knobs"}),this.menu=a("details",{class:"menu knobs-menu"},a("summary",{"aria-label":"knobs of the optimizer",title:"knobs of the optimizer"},"⚙"),this.fields),ut(this.menu),this.times=a("select",{class:"times","aria-label":"updates at once",title:"updates at once"},...mn.map(([e,s])=>a("option",{value:e},s))),this.apply=a("button",{type:"button",title:"make the new numbers the current ones",onclick:()=>t.send({type:"update",times:Number(this.times.value)})},"Apply update"),this.count=a("span",{class:"steps-taken",title:"steps that the optimizer remembers"}),this.elements=[this.choice,this.menu,this.apply,this.times,this.count]}paint({structure:t},e){let{optimizers:s,optimizer:i}=t;if(I(this.choice,s,i.key),b(this.count,e.stepsTaken?`t = ${e.stepsTaken}`:""),y(this.count,{hidden:!e.stepsTaken}),this.shown===i)return;let n=this.shown?.key===i.key;this.shown=i,n||(this.inputs=new Map(i.knobs.map(o=>[o.name,this.#t(o)])),this.fields.replaceChildren(a("p",{class:"muted"},i.sentence),...i.knobs.map(({name:o,label:l,sentence:h})=>a("label",{class:"knob",title:h},a("span",{},l),this.inputs.get(o)))));for(let{name:o}of i.knobs)this.#e(o)}#t({name:t,kind:e}){let s=e==="bool",i=a("input",s?{type:"checkbox"}:{type:"text",inputmode:"decimal"});return i.addEventListener("change",()=>{this.host.send({type:"set_optimizer_knob",name:t,value:s?i.checked:X(i.value)}),this.#e(t)}),i}#e(t){let e=this.inputs.get(t),{value:s}=this.shown.knobs.find(i=>i.name===t);e.type==="checkbox"?e.checked=s:e.value=P(s)}};var Zs=2e6,xe=class{constructor(t){this.host=t;let{send:e}=t,s=(n,o,l)=>a("button",{type:"button",title:o,"aria-label":o,onclick:l},n);this.preset=a("select",{class:"preset","aria-label":"example network",onchange:()=>this.preset.value&&e({type:"preset",key:this.preset.value})}),this.rate=a("input",{class:"rate",type:"text",inputmode:"decimal","aria-label":"learning rate",onchange:()=>e({type:"set_learning_rate",value:X(this.rate.value)})}),this.optimizer=new ge(t),this.loss=a("b"),this.numbers=a("select",{"aria-label":"how numbers are written",title:"how numbers are written",onchange:()=>{t.view.numbers=this.numbers.value,e({type:"view"})}}),this.compare=a("select",{class:"compare","aria-label":"compare with",title:"a second network beside this one",onchange:()=>this.compare.value&&e({type:"compare",key:this.compare.value})}),this.undo=s("↶","undo (Ctrl+Z)",()=>e({type:"undo"})),this.redo=s("↷","redo (Ctrl+Shift+Z)",()=>e({type:"redo"})),this.file=a("input",{type:"file",accept:".json,application/json",hidden:!0,onchange:()=>this.#e()});let i=a("details",{class:"menu file"},a("summary",{},"File"),a("div",{},s("Open a .json file …","open a document",()=>{dt(i),this.file.click()}),s("Save as .json","save the document",()=>{dt(i),e({type:"save"})})));ut(i),this.linkField=a("input",{class:"link-field",readonly:!0,hidden:!0,"aria-label":"link to this page",onblur:()=>{this.linkField.hidden=!0}}),this.element=a("div",{class:"toolbar",role:"toolbar","aria-label":"network"},this.preset,a("label",{class:"rate-label"},"η ",this.rate),...this.optimizer.elements,a("span",{class:"gap"}),a("span",{class:"pill loss-value"},"loss ",this.loss),this.compare,this.numbers,this.undo,this.redo,s("Reset","back to the example as it came",()=>e({type:"reset"})),s("Copy link","copy a link to exactly this",()=>this.#t()),i,this.file,this.linkField)}paint(t,e,s){I(this.preset,[["",e.name||"untitled"],...e.presets.map(([o,l])=>[o,l])],""),I(this.compare,[["","Compare …"],...e.variants],""),I(this.numbers,e.numberStyles,s.numbers||e.numberStyle),this.host.activeElement()!==this.rate&&y(this.rate,{value:P(e.learningRate)}),this.optimizer.paint(t,e);let n=t.byKey.get(`loss.${t.structure.layers}`).offset;T(this.loss,t.reveals[s.granularity][n]<=s.step?rt(nt(e,n)):"·"),y(this.undo,{disabled:!e.canUndo}),y(this.redo,{disabled:!e.canRedo})}async#t(){let{scene:t,view:e}=this.host;if(!t.link)return this.host.notify(t.linkProblem,!0);let s=Qe(t,e);try{await navigator.clipboard.writeText(s),this.host.notify("The link is copied: it holds the whole network and where you stand.")}catch{this.linkField.hidden=!1,this.linkField.value=s,this.linkField.select()}}async#e(){let[t]=this.file.files;if(this.file.value="",!!t){if(t.size>Zs)return this.host.notify(`The file has ${N(t.size/1e6)} MB, a document has at most ${Zs/1e6} MB; nothing was opened.`,!0);this.host.send({type:"open",text:await t.text()})}}};var fn=[["0.5","½×"],["1","1×"],["2","2×"],["4","4×"],["8","8×"]],gn={layer:1.5,unit:3,product:6},be=class{constructor(t){this.host=t,this.timer=null;let e=(s,i,n)=>a("button",{type:"button",title:i,"aria-label":i,onclick:n},s);this.play=e("▶ Play","play (Space)",()=>this.toggle()),this.range=a("input",{type:"range",class:"scrubber",min:0,step:1,"aria-label":"step",oninput:()=>t.stepping.goTo(Number(this.range.value))}),this.phases=a("div",{class:"phases","aria-hidden":"true"}),this.where=a("output",{class:"pill where"}),this.speed=a("select",{"aria-label":"speed",title:"speed"},...fn.map(([s,i])=>a("option",{value:s,selected:s==="1"},i))),this.granularity=a("select",{"aria-label":"granularity",title:"how much one step shows",onchange:()=>t.stepping.setGranularity(this.granularity.value)},a("option",{value:"layer"},"layer"),a("option",{value:"unit"},"unit"),a("option",{value:"product"},"single product")),this.element=a("div",{class:"transport",role:"group","aria-label":"steps"},e("|◀◀","to the start (Home)",()=>t.stepping.goTo(0)),e("◀","one step back (←)",()=>t.stepping.goBy(-1)),this.play,e("▶|","one step forward (→)",()=>t.stepping.goBy(1)),e("▶▶|","to the end (End)",()=>t.stepping.goTo(1/0)),a("div",{class:"track"},this.phases,this.range),this.where,this.speed,this.granularity)}toggle(){if(this.timer)return this.pause();this.host.view.step>=this.host.stepping.steps().length&&this.host.stepping.goTo(0,!0);let t=()=>{this.host.stepping.goBy(1,!0);let e=this.host.view.step>=this.host.stepping.steps().length;this.timer=e?null:setTimeout(t,1e3/(gn[this.host.view.granularity]*Number(this.speed.value))),this.label()};this.timer=setTimeout(t,0),this.label()}pause(){clearTimeout(this.timer),this.timer=null,this.label()}label(){b(this.play,this.timer?"❚❚ Pause":"▶ Play")}paint(t,e){let s=t.steps(e.granularity);y(this.range,{max:s.length,value:e.step});let i=t.phases(e.granularity),n=i.join();this.phases.dataset.signature!==n&&(this.phases.dataset.signature=n,this.phases.replaceChildren(...i.map(([h,c,p,d])=>{let u=(d-p+1)/s.length,f=a("span",{class:h,title:c},u>.06?c:"");return f.style.flexGrow=d-p+1,f})));let o=i.find(([,,h,c])=>e.step>=h&&e.step<=c),l=o?`${o[1].toLowerCase()} ${e.step-o[2]+1} / ${o[3]-o[2]+1}`:"start";b(this.where,l),M(this.range,"aria-valuetext",l),y(this.granularity,{value:e.granularity}),y(this.granularity.options[2],{disabled:!t.steps("product"),title:t.structure.noProducts})}};function Qs(r){let{model:t,scene:e,view:s,attention:i,score:n,panel:o}=r,l=i.cell(),h=i.partial(),c=xn(r,l,h);o.paint(t,e,s,l);for(let d of o.cards.path(t))c.has(d)||c.set(d,"path");let p=n.paint(s,c,h,r.comparison.own,r.review.changed);M(r.app,"data-phase",p?.phase??"start"),r.above.paint(s),r.toolbar.paint(t,e,s),r.transport.paint(t,s),r.comparison.paint(s,l),r.review.paint(t,e,s,l),Cs(e,s)}function xn({model:r,view:t,pair:e},s,i){let n=new Map;if(s){let o=r.at(s.block,s.r,s.c),l=i?.at===o;if(l||r.reveals[t.granularity][o]<=t.step)for(let h of r.sources(s,l?i.term+1:1/0))n.set(r.at(h.block,h.r,h.c),"source");n.set(o,"focus")}for(let{block:o,r:l,c:h}of e.cells(t,r))n.set(r.at(o,l,h),"focus");return n}var we=new Map,os=new WeakMap;function bn(r){let[t,e,s]=getComputedStyle(r).color.match(/[\d.]+/g).map(Number);return(t>1||e>1||s>1?255:1)/2<(t+e+s)/3}var wn=window.requestIdleCallback??(r=>setTimeout(r,200)),as=class{constructor(t,e){this.root=t,this.send=s=>this.outbox.add(s),this.outbox=new wt(s=>{let i={...s,view:this.view.toText()};this.line.send(i)||this.trigger("event",i)},{refuse:s=>this.notify(s,!0)}),this.line=new bt({onAnswer:s=>this.show(s),onLost:()=>this.outbox.retry()}),this.view=new mt(e),this.attention=new qt(this),this.cells=new Ft(this),this.changes=new Kt(this),this.stepping=new fe(this),this.pair=new ee(this),this.above=new Bt(this),this.toolbar=new xe(this),this.transport=new be(this),this.panel=new pe(this),this.notice=a("p",{class:"notice",role:"status",hidden:!0}),this.error=a("p",{class:"notice error",role:"alert",hidden:!0}),this.score=new xt({controls:s=>this.above.samples(s),corner:s=>this.above.mode(s),send:this.send,onResize:()=>this.paint()}),this.comparison=new Ht(this),this.review=new me(this),this.dock=new Xt(this,this.panel.element,this.transport.element),this.dock.element.prepend(this.comparison.choice),this.body=a("div",{class:"body"},this.score.element,this.panel.element),this.app=a("div",{class:"app"},this.toolbar.element,this.error,this.notice,this.comparison.element,this.body,this.dock.element,this.stepping.live),t.append(this.app),this.dock.watch(),this.listening=new Vt(this)}get model(){return this.score.model}update({data:t,setTriggerValue:e}){this.trigger=e,t.line&&this.line.connect(t.line),Yt(t,this.scene)||this.show(t)}show(t){for(let n of[t.structureData,t.other?.structureData])n&&we.set(n.id,n);let e=we.get(t.structure);if(!e||t.other&&!we.has(t.other.structure))return this.outbox.acknowledge(t.acknowledged),this.send({type:"structure"});let s=!this.scene,i=this.root.getRootNode().activeElement;this.scene=t,this.score.take(e,t)&&this.dock.settle(),this.comparison.take(t.other,we),this.review.take(t),t.view!=null&&(s||t.viewNumber!==this.viewNumber)&&this.view.read(t.view),this.viewNumber=t.viewNumber,this.view.clamp(this.model),wn(()=>{this.app.isConnected&&this.app.classList.toggle("dark",bn(this.app))});for(let n of this.score.bands){let o=n.querySelector("select");o?.dataset.of==="loss"?I(o,e.losses,t.loss):o&&y(o,{value:e.bands[Number(o.dataset.of)].activation})}t.said!==this.said&&(this.said=t.said,t.error&&_s(this.app),this.notify(t.error??"",!0),this.notify(t.notice??"")),t.download&&t.download.number!==this.downloaded&&(this.downloaded=t.download.number,s||this.#e(t.download)),this.paint(),s||this.#t(i),this.outbox.acknowledge(t.acknowledged),window.dispatchEvent(new CustomEvent("mlpviz:painted",{detail:{version:t.version}}))}#t(t){if(!this.app.contains(t)&&t?.isConnected)return;let e=this.root.getRootNode().activeElement;if(!t||e===t&&!e.matches("button, select, summary"))return;let s=l=>this.app.contains(l)&&!l.disabled&&l.checkVisibility();if(s(e))return;let{undo:i,redo:n}=this.toolbar;[t,...t===i?[n]:t===n?[i]:[],this.transport.play].find(s).focus({preventScroll:!0})}paint(){Qs(this),this.dock.makeRoom(this.score.fitting.isTooWide)}notify(t,e=!1){let s=e?this.error:this.notice;T(s,t??""),y(s,{hidden:!t})}#e({name:t,text:e}){let s=URL.createObjectURL(new Blob([e],{type:"application/json"}));a("a",{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(s),1e3)}activeElement(){return this.root.activeElement??document.activeElement}destroy(){this.transport.pause(),this.outbox.stop(),this.line.close(),As(),this.score.stop(),this.comparison.stop(),this.listening.stop(),this.review.stop(),this.dock.stop(),this.app.remove()}};function ti(r){let{parentElement:t}=r,e=os.get(t);return e||(e=new as(t,r.data.view),os.set(t,e)),e.update(r),()=>{e.destroy(),os.delete(t)}}var ei=`/* The sheet, its transport bar and its side panel; the colours and controls are in palette.css. */

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
.toolbar .loss-value {
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
  width: 122px;
}
.toolbar .preset {
  width: 180px;
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
  font-family: var(--st-font, system-ui, sans-serif);
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
  .toolbar .loss-value {
    margin-left: 0;
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
`;var Ct=document.createElement("canvas").getContext("2d",{willReadFrequently:!0});function rs(r){return Ct.clearRect(0,0,1,1),Ct.fillStyle="#888",Ct.fillStyle=r.trim(),Ct.fillRect(0,0,1,1),[...Ct.getImageData(0,0,1,1).data.slice(0,3)]}function S([r,t,e],s=1){return`rgb(${r} ${t} ${e} / ${s})`}var vn=["positive","negative","mark","update"],si=10,At=class{constructor(t){let e=getComputedStyle(t),s=i=>rs(e.getPropertyValue(`--${i}`));for(let i of vn)this[i]=s(i);this.text=rs(e.color),this.ground=rs(e.backgroundColor),this.classes=Array.from({length:si},(i,n)=>s(`class-${n}`)),this.font=e.fontFamily,this.isDark=this.text[0]+this.text[1]+this.text[2]>this.ground[0]+this.ground[1]+this.ground[2],this.id=JSON.stringify([this.text,this.ground,this.positive]),this.tables=new Map}ofClass(t){return this.classes[t%si]}mix(t,e){return t.map((s,i)=>Math.round(this.ground[i]+(s-this.ground[i])*e))}faint(t=.6){return S(this.mix(this.text,t))}#t(t,e){let s=this.tables.get(t);if(!s){this.tables.size>400&&this.tables.clear(),s=new Uint32Array(256);let i=new Uint8Array(s.buffer);for(let n=0;n<256;n++)i.set([...e(n/255),255],4*n);this.tables.set(t,s)}return s}get#e(){return this.isDark?.36:.56}between(t,e,s=!1){return this.#t(`${t}-${e} ${s}`,i=>{let n=s?1:Math.abs(2*i-1);return this.mix(i<.5?t:e,.06+this.#e*n)})}within(t,e,[s,i],n=!1){let[o,l]=[(s+i)/2,(i-s)/2||1],h=d=>Math.round(100*Math.min(9,Math.max(-9,(d-o)/l)))/100,[c,p]=[h(t),h(e)];return this.#t(`within ${c} ${p} ${n}`,d=>{let u=c+(p-c)*d;return this.mix(u<0?this.negative:this.positive,(this.isDark?.6:.75)*(n?1:Math.min(1,Math.abs(u))))})}bySign(t,e){let s=Math.max(Math.abs(t),Math.abs(e))||1,i=Math.round(255*-t/(e-t||1)),n=`sign ${e>t} ${i} ${Math.round(255*Math.max(t,0)/s)} ${Math.round(255*Math.max(-e,0)/s)}`;return this.#t(n,o=>{let l=(t+(e-t)*o)/s;return this.mix(l<0?this.negative:this.positive,.85*Math.min(1,Math.abs(l)))})}strength(t,e=!1){return this.#t(`strength ${t} ${e}`,s=>this.mix(t,.06+this.#e*(e?1:s*s)))}};function vt(r){let t=atob(r),e=new Uint8Array(t.length);for(let s=0;s<t.length;s++)e[s]=t.charCodeAt(s);return e}var Y=class{constructor(){this.canvas=document.createElement("canvas"),this.context=this.canvas.getContext("2d")}#t(t,e){this.canvas.width===t&&this.canvas.height===e&&this.image||(this.canvas.width=t,this.canvas.height=e,this.image=this.context.createImageData(t,e),this.pixels=new Uint32Array(this.image.data.buffer))}paint(t,e){this.#t(t.width,t.height);let s=vt(t.bytes);for(let i=0;i<s.length;i++)this.pixels[i]=e[s[i]];return this.context.putImageData(this.image,0,0),this.canvas}paintWinners(t,e,s){this.#t(t.width,t.height);let i=vt(t.bytes),n=vt(e.bytes);for(let o=0;o<i.length;o++)this.pixels[o]=s(i[o])[n[o]];return this.context.putImageData(this.image,0,0),this.canvas}};function ht(r,t,e,{range:s=null,isHard:i=!1}={}){return t.bytes?r.paint(t,i?e.within(t.low,t.high,[-1,1],!0):e.bySign(t.low,t.high)):t.winner?r.paintWinners(t.winner,t.strength,n=>e.strength(e.ofClass(n),i)):t.kind==="classes"?r.paint(t.strength,e.between(e.ofClass(0),e.ofClass(1),i)):r.paint(t.strength,e.within(t.strength.low,t.strength.high,s??[t.strength.low,t.strength.high],i))}function W(r,t,e){let s=window.devicePixelRatio||1,[i,n]=[Math.round(t*s),Math.round(e*s)];(r.width!==i||r.height!==n)&&(r.width=i,r.height=n);let o=r.getContext("2d");return o.setTransform(s,0,0,s,0,0),o.clearRect(0,0,t,e),o}var ye="–";function O(r){return r==null?ye:rt(ks(r))}function K(r){return r==null?ye:N(r)}function F(r){return r==null?ye:rt([q(r),`${P(100*r)}%`])}function _(r){return r==null?ye:Rt(r)}function ii(r){return r==null?"":r<1?"under a second":r<90?`${Math.round(r)} s`:r<5400?`${Math.round(r/60)} min`:`${N(r/3600,{digits:2})} h`}function V(r,t,e){if(!(t>r))return[r];let s=(t-r)/e,i=10**Math.floor(Math.log10(s)),n=[1,2,5,10].find(l=>l*i>=s)*i,o=[];for(let l=Math.ceil(r/n-1e-9);l*n<=t+n*1e-9;l++)o.push(l*n);return o}function ni(r,t){let e=[],[s,i]=[Math.ceil(Math.log10(r)-1e-9),Math.floor(Math.log10(t)+1e-9)],n=Math.max(1,Math.ceil((i-s)/4));for(let o=s;o<=i;o+=n)e.push(10**o);return e.length?e:[r,t]}var ct=46,ve=10,ke=6,ls=18,kn=1e3,Q=class{constructor({title:t,tall:e=130,logarithmic:s=null,onPick:i=null,across:n="epoch"}){this.tall=e,this.across=e<90?"":n,this.canvas=a("canvas",{role:"img","aria-label":t}),this.canvas.style.height=`${e}px`,this.legend=a("span",{class:"legend"}),this.log=s===null?null:a("input",{type:"checkbox",onchange:()=>this.draw()}),s&&(this.log.checked=!0),this.element=a("figure",{class:"chart"},a("figcaption",{},a("b",{},t),this.legend,this.log&&a("label",{class:"log"},this.log,"log")),this.canvas),this.title=t,this.hover=null,this.canvas.addEventListener("pointermove",o=>{this.hover=o.offsetX,this.draw()}),this.canvas.addEventListener("pointerleave",()=>{this.hover=null,this.draw()}),i&&this.canvas.addEventListener("click",o=>this.scale&&i(Math.round(this.scale.toX(o.offsetX))))}take(t,e,{cursor:s=null,range:i=null,most:n=1/0,format:o=O,tick:l=N}={}){Object.assign(this,{series:t,colours:e,cursor:s,range:i,most:n,format:o,tick:l}),this.draw()}draw(){if(!this.series)return;let t=this.canvas.clientWidth;if(!t)return;let e=W(this.canvas,t,this.tall),s=this.log?.checked??!1,i=this.#t(t,s);this.scale=i,this.#e(e,t,i,s),e.save(),e.beginPath(),e.rect(ct,0,t-ct-ve,this.tall-ls+1),e.clip();for(let n of this.series)this.#s(e,n,i,s);this.cursor!==null&&this.#i(e,i.x(this.cursor),S(this.colours.mark),[4,3]),e.restore(),this.#n(e,i)}#t(t,e){let[s,i,n,o]=[1/0,-1/0,1/0,-1/0],l=e?1/0:this.most*Math.max(1,...this.series.map(({y:u})=>Math.abs(u.find(f=>f!=null)??0)));for(let{x:u,y:f}of this.series)if(u.length){s=Math.min(s,u[0]),i=Math.max(i,u.at(-1));for(let m of f)m==null||e&&m<=0||Math.abs(m)>l||(m<n&&(n=m),m>o&&(o=m))}i>s||([s,i]=[Number.isFinite(s)?s:0,(Number.isFinite(s)?s:0)+1]),o>=n||([n,o]=e?[.1,1]:[0,1]),this.range&&!e?[n,o]=[Math.min(this.range[0],n),Math.max(this.range[1],o)]:e?[n,o]=[n/1.15,o*1.15]:(n===o&&([n,o]=n>0?[0,2*n]:[n-1,o+1]),n=n>=0&&n<.5*o?0:n,o+=(o-n)*.04);let[h,c]=e?[Math.log10(n),Math.log10(o)]:[n,o],p=t-ct-ve,d=this.tall-ke-ls;return{x0:s,x1:i,y0:n,y1:o,x:u=>ct+p*(u-s)/(i-s),y:u=>ke+d*(1-((e?Math.log10(u):u)-h)/(c-h||1)),toX:u=>Math.min(i,Math.max(s,s+(u-ct)/p*(i-s)))}}#e(t,e,{x0:s,x1:i,y0:n,y1:o,x:l,y:h},c){t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.72),t.strokeStyle=this.colours.faint(.14),t.lineWidth=1,t.textAlign="right",t.textBaseline="middle";for(let p of c?ni(n,o):V(n,o,4)){let d=Math.round(h(p))+.5;t.beginPath(),t.moveTo(ct,d),t.lineTo(e-ve,d),t.stroke(),t.fillText(this.tick(p),ct-5,d)}t.textAlign="center",t.textBaseline="alphabetic";for(let p of V(s,i,Math.max(2,Math.floor(e/90))))l(p)<e-(this.across?64:18)&&t.fillText(N(p),l(p),this.tall-4);t.textAlign="right",t.fillText(this.across,e-ve,this.tall-4)}#s(t,{x:e,y:s,colour:i,dash:n=[],width:o=1.8,alpha:l=1},h,c){t.strokeStyle=S(i,l),t.lineWidth=o,t.setLineDash(n),t.lineJoin="round",t.beginPath(),e.length===1&&s[0]!=null&&!(c&&s[0]<=0)&&t.arc(h.x(e[0])+1,h.y(s[0]),1,0,2*Math.PI);let p=!1;for(let d=0;d<e.length;d++){if(s[d]==null||c&&s[d]<=0){p=!1;continue}p?t.lineTo(h.x(e[d]),h.y(s[d])):t.moveTo(h.x(e[d]),h.y(s[d])),p=!0}t.stroke(),t.setLineDash([])}#i(t,e,s,i){t.strokeStyle=s,t.lineWidth=1.2,t.setLineDash(i),t.beginPath(),t.moveTo(e,ke),t.lineTo(e,this.tall-ls),t.stroke(),t.setLineDash([])}#n(t,e){let s=this.hover!==null?e.toX(this.hover):this.cursor;this.hover!==null&&this.#i(t,e.x(s),this.colours.faint(.5),[]);let i=this.series.filter(n=>n.label);for(;this.legend.children.length>i.length;)this.legend.lastChild.remove();i.forEach((n,o)=>{let l=this.legend.children[o];l||(l=a("span",{},a("i",{}),a("span",{})),this.legend.append(l)),l.firstChild.style.borderColor=S(n.colour),l.firstChild.style.borderTopStyle=n.dash?.length?"dashed":"solid";let h=s===null?n.x.length-1:$n(n.x,s);T(l.lastChild,`${n.label} ${this.format(n.y[h])}`)}),this.saying??=setTimeout(()=>this.#o(),kn),this.hover!==null&&(t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.9),t.textAlign=e.x(s)>80?"right":"left",t.fillText(`epoch ${Math.round(s)}`,e.x(s)+(e.x(s)>80?-4:4),ke+9))}#o(){this.saying=null;let t=this.cursor??this.series.find(({x:i})=>i.length)?.x.at(-1),e=t===void 0?"":` at epoch ${Math.round(t)}`,s=[...this.legend.children].map(i=>i.textContent).join(", ");this.canvas.setAttribute("aria-label",`${this.element.querySelector("b").textContent}${s&&`${e}: ${s}`}`)}};function $n(r,t){let[e,s]=[0,r.length-1];for(;e<s;){let i=e+s>>1;r[i]<t?e=i+1:s=i}return e>0&&t-r[e-1]<r[e]-t?e-1:e}var oi=20,$e=class{constructor(t){this.loss=new Q({title:"loss",tall:170,logarithmic:!1,onPick:t}),this.metric=new Q({title:"score",tall:120,onPick:t}),this.rate=new Q({title:"learning rate",tall:84,logarithmic:!1,onPick:t}),this.norm=new Q({title:"gradient norm",tall:96,logarithmic:!0,onPick:t}),this.dead=new Q({title:"dead units",tall:72,onPick:t}),this.element=a("section",{class:"curves","aria-label":"curves"},this.loss.element,this.metric.element,this.norm.element,this.rate.element,this.dead.element)}take(t,e){let{frame:s,still:i}=t,n=s.viewing.live?null:s.viewing.epoch,o=s.lanes.length>1,l=(m,g)=>s.lanes.flatMap((x,w)=>s.branches.flatMap(({branch:v})=>{let k=t.curve(w,v);if(!k)return[];let C=v===s.branch,$=C?1:.3,D=w===s.focus&&o?2.8:1.7,B=k[g].some(J=>J!=null),it=J=>C?J:"";if(o)return[{label:it(x.label),x:k.epoch,y:B?k[g]:k[m],colour:e.ofClass(w),dash:w>3?[5,3]:[],width:D,alpha:$}];let pt=k[m].some(J=>J!=null);return[{label:it("train"),x:k.epoch,y:pt?k[m]:k.loss,colour:e.positive,width:D,alpha:$},...B?[{label:it("validation"),x:k.epoch,y:k[g],colour:e.negative,dash:[6,3],width:D,alpha:$}]:[],...m==="train_loss"&&k.penalty.some(J=>J!=null)?[{label:it(`penalty, part of ${B?"both":"it"}`),x:k.epoch,y:k.penalty,colour:e.update,dash:[2,3],width:1.3,alpha:$}]:[]]}));this.loss.take(l("train_loss","validation_loss"),e,{cursor:n,most:oi});let h=i.metric==="accuracy";this.metric.element.querySelector("b").textContent=h?"accuracy":"R²",this.metric.take(l("train_metric","validation_metric"),e,{cursor:n,range:h?[0,1]:null,most:oi,format:h?F:O,tick:h?m=>q(m,0):N});let c=s.lanes.flatMap((m,g)=>{let x=t.curve(g,s.branch);return x?[{label:o?m.label:"η",x:x.epoch,y:x.learning_rate,colour:o?e.ofClass(g):e.update}]:[]});this.rate.take(c,e,{cursor:n});let p=t.layers;if(!p)return;let d=p.norms[0]?.length??0,u=m=>Array.from({length:d},(g,x)=>({label:x===0||x===d-1?`layer ${x+1}`:"",x:p.epoch,y:p[m].map(w=>w[x]),colour:e.mix(e.mark,d<2?1:.5+.5*x/(d-1)),width:1.3}));this.norm.take([{label:"all layers",x:p.epoch,y:p.gradient_norm,colour:e.text},...u("norms")],e,{cursor:n});let f=p.dead.map(m=>m.slice(0,-1).reduce((g,x)=>g+x,0));this.dead.take([{label:"in hidden layers",x:p.epoch,y:f,colour:e.negative}],e,{cursor:n,range:[0,4]})}};var at=96,Me=192,Ee=class{constructor(t){this.onDrawn=t,this.canvas=a("canvas",{class:"paper",width:at,height:at,role:"img","aria-label":"draw a digit here"}),Object.assign(this.canvas.style,{width:`${Me}px`,height:`${Me}px`}),this.context=this.canvas.getContext("2d",{willReadFrequently:!0}),this.element=a("div",{class:"drawing"},a("p",{class:"note"},"Draw a digit:"),this.canvas,a("button",{type:"button",onclick:()=>this.context.clearRect(0,0,at,at)},"clear")),this.canvas.addEventListener("pointerdown",e=>{this.canvas.setPointerCapture(e.pointerId),this.last=this.#t(e),this.#e(e)}),this.canvas.addEventListener("pointermove",e=>this.last&&this.#e(e));for(let e of["pointerup","pointercancel"])this.canvas.addEventListener(e,()=>{this.last&&this.#s(),this.last=null})}#t(t){return[t.offsetX*at/Me,t.offsetY*at/Me]}#e(t){let{context:e}=this,s=this.#t(t);e.lineWidth=8,e.lineCap="round",e.beginPath(),e.moveTo(...this.last),e.lineTo(...s),e.stroke(),this.last=s}#s(){let{data:t}=this.context.getImageData(0,0,at,at),e="";for(let s=3;s<t.length;s+=4)e+=String.fromCharCode(t[s]);this.onDrawn(btoa(e))}};var Te=class{constructor(t){this.host=t,this.parts=a("select",{"aria-label":"which samples are examined",onchange:()=>this.#t(this.parts.value)}),this.head=a("p",{class:"score"}),this.body=a("div",{class:"results"}),this.point=a("form",{class:"point",onsubmit:e=>{e.preventDefault(),this.#i()}}),this.answer=a("div",{class:"given"}),this.draw=new Ee(e=>t.send({type:"digit",drawing:e,gesture:"digit"})),this.try=a("div",{class:"try"},a("h3",{},"Ask the network"),this.point,this.draw.element,this.answer),this.element=a("details",{class:"below examine",ontoggle:()=>this.element.open&&this.#t()},a("summary",{},"Examine the result"),a("div",{class:"head"},a("label",{},"samples ",this.parts),this.head),a("div",{class:"columns"},this.body,this.try))}#t(t=this.part){this.asked=this.#e(),this.host.send({type:"examine",part:t??null,gesture:"examine"})}#e(){let{run:t,viewing:e,step:s,focus:i}=this.host.frame;return[t,e.epoch,e.live&&s,i].join()}take({examined:t,answer:e}){let{frame:s,still:i}=this.host;e&&this.#n(e),i.run!==this.run&&(this.run=i.run,this.part=null,this.answer.replaceChildren(),this.#s(i)),t&&this.#r(t),this.element.open&&s.status!=="running"&&this.asked!==this.#e()&&this.#t()}#s(t){let e=!!t.image_shape;this.draw.element.hidden=!e,this.point.hidden=e||t.features.length>40,this.inputs=t.features.slice(0,40).map(s=>a("input",{type:"text",inputmode:"decimal","aria-label":s,value:"0"})),this.point.replaceChildren(...this.inputs.map((s,i)=>a("label",{},a("span",{},t.features[i]),s)),a("button",{type:"submit"},"predict"))}#i(){this.host.send({type:"predict",point:this.inputs.map(t=>Number(t.value.replaceAll("−","-").replace(",",".")))})}#n({classes:t,probabilities:e,guess:s,values:i,picture:n}){let o=t?t.map((l,h)=>a("div",{class:h===s?"bar chosen":"bar"},a("span",{},l),this.#o(e[h],h),a("span",{},...A(F(e[h]))))):i.map((l,h)=>a("div",{class:"bar"},a("span",{},i.length>1?`output ${h+1}`:"answer"),a("b",{},...A(O(l)))));this.answer.replaceChildren(...n?[a("p",{class:"note"},"what the network reads:"),this.#a(n,84)]:[],...o)}#o(t,e){let s=a("i",{});return Object.assign(s.style,{width:`${Math.round(100*(t??0))}%`,background:S(this.host.colours.ofClass(e))}),a("span",{class:"track"},s)}#a(t,e){let{colours:s}=this.host,i=new Y().paint(t,s.strength(s.text));return Object.assign(i.style,{width:`${e}px`,height:`${e}px`,imageRendering:"pixelated"}),i}#r(t){this.part=t.part,this.parts.replaceChildren(...t.parts.map(s=>a("option",{value:s,selected:s===t.part},`${s} (${s===t.part?_(t.samples):"…"})`)));let e=`at epoch ${_(t.epoch)}`;if(t.kind==="classes"){let[s,i,n]=t.interval;T(this.head,`accuracy ${F(t.accuracy)} ${e}, between ${F(s)} and ${F(i)} with ${q(n,0)} confidence · loss ${O(t.loss)}`),this.body.replaceChildren(this.#l(t),this.#c(t),this.#h(t))}else T(this.head,`R² ${O(t.r2)} ${e} · root mean squared error ${t.rmse.map(O).join(", ")} · mean absolute error ${t.mae.map(O).join(", ")} · loss ${O(t.loss)}`),this.body.replaceChildren(this.#p(t))}#l({classes:t,confusion:e}){let s=Math.max(...e.flat(),1),{colours:i}=this.host,n=(o,l,h)=>{let c=a("td",{},o?String(o):"·");return c.style.background=o?S(l===h?i.positive:i.negative,.12+.4*(o/s)):"",c};return a("figure",{class:"confusion"},a("figcaption",{},"Confusion matrix: true classes down, answers across"),a("table",{},a("thead",{},a("tr",{},a("th",{}),...t.map(o=>a("th",{scope:"col"},o)))),a("tbody",{},...e.map((o,l)=>a("tr",{},a("th",{scope:"row"},t[l]),...o.map((h,c)=>n(h,l,c)))))))}#c({perClass:t}){return a("figure",{},a("figcaption",{},"Scores per class"),a("table",{},a("thead",{},a("tr",{},...["class","precision","recall","F1","samples"].map(e=>a("th",{scope:"col"},e)))),a("tbody",{},...t.map(([e,s,i,n,o])=>a("tr",{},a("th",{scope:"row"},e),...[s,i,n].map(l=>a("td",{},...A(F(l)))),a("td",{},_(o)))))))}#h({wrong:t,wrongs:e,classes:s}){let{host:i}=this,n=t.map(({row:o,true:l,guess:h,p:c,picture:p,x:d})=>a("button",{type:"button",class:"wrong",title:`open sample ${o+1} on the score sheet: its forward and backward pass`,onclick:()=>i.send({type:"to_sheet",row:o})},p?this.#a(p,56):a("span",{class:"note"},...A(d.map(([u,f])=>`${u} ${O(f)}`).join(", "))),a("span",{},`${s[l]} → ${s[h]}`),a("span",{class:"note"},...A(F(c)))));return a("figure",{class:"wrongs"},a("figcaption",{},e?`Misclassified: ${_(e)}${e>t.length?`, the ${t.length} surest`:""} (true → answer, its probability). Click one to step through it.`:"Nothing is misclassified."),a("div",{},...n))}#p({predicted:t,residuals:e}){let[s,i]=[420,240],n=a("canvas",{role:"img","aria-label":"residuals over predictions"});Object.assign(n.style,{width:`${s}px`,height:`${i}px`});let{colours:o}=this.host,l=W(n,s,i),h=g=>{let[x,w]=[Math.min(...g),Math.max(...g)];return w>x?[x,w]:[x-1,w+1]},[[c,p],[d,u]]=[h(t),h([...e,0])],f=g=>52+(s-64)*(g-c)/(p-c),m=g=>8+(i-40)*(1-(g-d)/(u-d));l.font=`11px ${o.font}`,l.fillStyle=o.faint(.75),l.textAlign="center";for(let g of V(c,p,5))l.fillText(N(g),f(g),i-18);l.fillText("predicted",s/2,i-3),l.textAlign="right";for(let g of V(d,u,5))l.fillText(N(g),46,m(g)+4);return l.strokeStyle=o.faint(.5),l.beginPath(),l.moveTo(52,m(0)),l.lineTo(s-12,m(0)),l.stroke(),l.fillStyle=S(o.positive,.7),t.forEach((g,x)=>{l.beginPath(),l.arc(f(g),m(e[x]),2.6,0,2*Math.PI),l.fill()}),a("figure",{},a("figcaption",{},"Residuals: true minus predicted"),n)}};var Se=class{constructor(t){this.host=t,this.list=a("div",{}),this.menu=a("details",{class:"menu"},a("summary",{},"Experiments ▾"),this.list),this.title=a("h2",{}),this.question=a("p",{class:"question"}),this.look=a("p",{class:"look"}),this.answer=a("p",{}),this.fold=a("details",{class:"fold"},a("summary",{},"the answer"),this.answer),this.claim=a("p",{class:"claim",role:"status"}),this.rival=a("p",{class:"note"}),this.table=a("table",{}),this.card=a("section",{class:"card","aria-label":"experiment",hidden:!0},this.title,this.question,this.look,this.claim,this.rival,this.table,this.fold,a("button",{type:"button",class:"quiet","aria-label":"close the experiment",onclick:()=>t.send({type:"experiment",key:null})},"✕")),document.addEventListener("pointerdown",this.onOutside=e=>{e.composedPath().includes(this.menu)||(this.menu.open=!1)})}take({experiments:t,experiment:e}){if(t&&this.list.replaceChildren(...t.map(([o,l,h])=>a("button",{type:"button",title:h,onclick:()=>{this.menu.open=!1,this.host.send({type:"experiment",key:o})}},l))),e===void 0||(this.card.hidden=!e,this.#t(e?.key??null),!e))return;this.title.textContent!==e.label&&y(this.fold,{open:!1}),b(this.title,e.label),b(this.question,e.question),b(this.look,`What to look at: ${e.look}`),b(this.answer,e.answer+(e.source?` (${e.source})`:""));let{claim:s,rival:i}=e;b(this.claim,s?`${s.holds?"✓":"✗"} This run: ${s.sentence}`:""),M(this.claim,"data-holds",String(s?.holds??"")),b(this.rival,i?`${i.label}: ${Rt(i.parameters)} parameters, ${i.share<1?`learning, ${q(i.share,0)} done`:"done"}`:"");let n=i?.rows??[];this.table.replaceChildren(...n.length?[a("thead",{},a("tr",{},...i.columns.map(o=>a("th",{scope:"col"},o)))),a("tbody",{},...n.map(([o,...l])=>a("tr",{},a("th",{scope:"row"},String(o)),...l.map(h=>a("td",{},...A(F(h)))))))]:[])}#t(t){let e=new URL(window.location.href);t!==e.searchParams.get("x")&&(t?e.searchParams.set("x",t):e.searchParams.delete("x"),window.history.replaceState(window.history.state,"",e))}stop(){document.removeEventListener("pointerdown",this.onOutside)}};var hs=9e5;function Mn(r){let t="";for(let e=0;e<r.length;e+=8192)t+=String.fromCharCode(...r.subarray(e,e+8192));return btoa(t)}var ze=class{constructor(t){this.host=t,this.file=null,this.text=a("span",{}),this.element=a("p",{class:"notice",role:"status",hidden:!0},this.text,a("button",{type:"button",class:"quiet",onclick:()=>this.#e()},"cancel"))}open(t,e){this.file=t,this.purpose=e,this.at=-1,this.#t(0)}take({arrived:t,download:e,error:s}){this.#i(e),this.file&&(s||t===null&&this.at>0?this.#e():t>this.at&&this.#t(t))}async#t(t){let{file:e,purpose:s}=this;this.at=t,this.#s();try{let i=new Uint8Array(await e.slice(t,t+hs).arrayBuffer());if(this.file!==e)return;this.host.send({type:"piece",for:s,name:e.name,size:e.size,at:t,bytes:Mn(i)}),t+hs>=e.size&&this.#e()}catch{this.#e(),this.host.complain(`${e.name} cannot be read any more: open it again.`)}}#e(){this.file=null,this.#s()}#s(){let{file:t}=this;y(this.element,{hidden:!t||t.size<=hs}),t&&b(this.text,`${t.name}: ${q(this.at/t.size)} has arrived `)}#i(t){if(!t)return;t.at===0&&this.saving?.number!==t.number&&(this.saving={number:t.number,parts:[],size:0});let{saving:e}=this;if(e?.number!==t.number||t.at!==e.size)return;let s=Uint8Array.from(atob(t.bytes),n=>n.charCodeAt(0));if(e.parts.push(s),e.size+=s.length,e.size<t.size)return void this.host.send({type:"more",number:t.number,at:e.size});let i=URL.createObjectURL(new Blob(e.parts,{type:t.type}));e.parts=[],a("a",{href:i,download:t.name}).click(),setTimeout(()=>URL.revokeObjectURL(i),1e3)}};var cs="mlpviz.train",En=150,Nt="BroadcastChannel"in window?new BroadcastChannel(cs):null,ai=new Set,kt=null;Nt?.addEventListener("message",({data:r})=>{r.asks&&r.asks===kt&&Nt.postMessage({has:kt})});function Tn(){try{let r=JSON.parse(window.sessionStorage.getItem(cs));return typeof r?.ticket=="string"?r:null}catch{return null}}var Ce=class{constructor(t){this.host=t,this.again=a("button",{type:"button",onclick:()=>this.#i()}),this.element=a("p",{class:"again",hidden:!0},this.again),this.onHide=()=>this.#e(),window.addEventListener("pagehide",this.onHide)}take({ticket:t,again:e}){if(e&&this.#s(e),!t)return;let s=Tn();if(s&&s.ticket!==t&&!ai.has(s.ticket)){ai.add(s.ticket),this.#t(s,t);return}kt=t,this.#e()}#t(t,e){let s=!1,i=({data:n})=>{n.has===t.ticket&&(s=!0)};Nt?.addEventListener("message",i),Nt?.postMessage({asks:t.ticket}),setTimeout(()=>(Nt?.removeEventListener("message",i),s?(kt=e,this.#e()):this.host.send({type:"resume",ticket:t.ticket,epoch:t.epoch})),En)}#e(){if(kt)try{window.sessionStorage.setItem(cs,JSON.stringify({ticket:kt,epoch:this.host.frame?.epoch??0}))}catch{}}#s(t){this.epoch=t,b(this.again,`train to epoch ${_(t)} again`),y(this.element,{hidden:!1})}#i(){y(this.element,{hidden:!0});let t=this.epoch-Math.floor(this.host.frame.epoch);t>0&&this.host.send({type:"epochs",count:t})}destroy(){window.removeEventListener("pagehide",this.onHide)}};var et=72,Ae=class{constructor(t){this.host=t,this.maps=a("div",{class:"lanes",role:"group","aria-label":"networks side by side"}),this.body=a("tbody",{}),this.head=a("thead",{}),this.element=a("section",{class:"comparison",hidden:!0},a("div",{class:"head"},a("h3",{},"Comparison"),a("button",{type:"button",onclick:()=>t.send({type:"export"})},"export as CSV"),a("button",{type:"button",title:"go on with the network in focus alone",onclick:()=>t.send({type:"keep",lane:t.frame.focus})},"keep the one in focus")),a("table",{},this.head,this.body)),this.cells=[]}take({frame:t,still:e},s){let i=t.lanes.length>1;this.element.hidden=this.maps.hidden=!i,i&&(this.#t(t,e),t.lanes.forEach((n,o)=>{let{button:l,canvas:h,picture:c,label:p,broken:d}=this.cells[o];M(l,"aria-pressed",String(o===t.focus)),b(p,n.label),b(d,n.diverged===null?"":`diverged at epoch ${_(n.diverged)}`),d.hidden=n.diverged===null,p.style.borderColor=S(s.ofClass(o)),n.map&&this.#s(h,c,n.map,s,o,e),this.#e(o,n,e,t.focus)}))}#t(t,e){let s=`${e.run} ${t.lanes.length}`;if(this.key===s)return;this.key=s;let i=e.samples.flatMap(o=>o.target);this.range=[Math.min(...i),Math.max(...i)],this.cells=t.lanes.map((o,l)=>{let h=a("canvas",{"aria-hidden":"true"});Object.assign(h.style,{width:`${et}px`,height:`${et}px`});let c=a("span",{}),p=a("em",{hidden:!0});return{button:a("button",{type:"button",class:"lane",onclick:()=>this.host.send({type:"focus",lane:l})},a("div",{},h,p),c),canvas:h,label:c,broken:p,picture:new Y}}),this.maps.replaceChildren(...this.cells.map(({button:o})=>o));let n=e.samples.some(({part:o})=>o==="validation")?"validation":"training";this.head.replaceChildren(a("tr",{},...[e.choice||"network","parameters",`best ${n} loss`,e.metric==="accuracy"?"accuracy then":"R² then","at epoch","now","seconds"].map(o=>a("th",{scope:"col"},o)))),this.body.replaceChildren(...t.lanes.map(()=>a("tr",{},a("th",{scope:"row"}),...Array.from({length:6},()=>a("td",{})))))}#e(t,e,s,i){let n=this.body.children[t];M(n,"class",t===i?"chosen":"");let{score:o}=e;[e.label,_(s.lanes[t].parameters),O(o.best),s.metric==="accuracy"?F(o.best_metric):O(o.best_metric),_(o.best_epoch),e.diverged!==null?`diverged at epoch ${_(e.diverged)}`:O(e.now.validation_loss??e.now.train_loss),O(o.seconds)].forEach((h,c)=>T(n.children[c],h))}#s(t,e,s,i,n){let o=W(t,et,et);if(s.kind!=="curve"){o.imageSmoothingEnabled=!1,o.drawImage(ht(e,s,i,{range:this.range}),0,0,et,et);return}let l=s.y[0].filter(p=>p!=null),[h,c]=[Math.min(...l),Math.max(...l)];o.strokeStyle=S(i.ofClass(n)),o.lineWidth=2,o.beginPath(),s.y[0].forEach((p,d)=>p!=null&&o.lineTo(et*d/(s.x.length-1),et-4-(et-8)*(p-h)/(c-h||1))),o.stroke()}};var ri=[["weights","weights W"],["activations","activations a"],["gradients","gradients ∂L/∂W"]],Ne=92,Pe=44,li=62,Le=class{constructor(){this.element=a("div",{class:"layers"}),this.cells=[]}#t(t){this.cells.length!==t&&(this.cells=Array.from({length:t},(e,s)=>ri.map(([i,n])=>{let o=a("canvas",{role:"img","aria-label":`layer ${s+1}: distribution of ${n} over the epochs`});return o.style.height=`${Ne}px`,{kind:i,canvas:o}})),this.element.replaceChildren(a("span",{}),...ri.map(([,e])=>a("b",{},e)),...this.cells.flatMap((e,s)=>[a("span",{class:"layer"},`layer ${s+1}`),...e.map(({canvas:i})=>i)])))}take({bands:t,lane:e,colours:s,cursor:i}){if(!e.layers.length||!this.element.clientWidth)return;this.#t(e.layers.length);let n=this.cells[0][0].canvas.clientWidth;this.cells.forEach((o,l)=>o.forEach(({kind:h,canvas:c})=>{let p=t?.[h]?.map(d=>d[l])??[];this.#e(W(c,n,Ne),n,p,t?.epoch??[],e.layers[l][h],s,i)}))}#e(t,e,s,i,n,o,l){let[h,c]=[n.low??0,n.high??0];for(let g of s)g[0]!=null&&g[0]<h&&(h=g[0]),g[6]!=null&&g[6]>c&&(c=g[6]);c>h||([h,c]=[h-.5,c+.5]);let p=g=>6+(Ne-12)*(1-(g-h)/(c-h)),d=e-li,u=i.at(-1)||1,f=g=>Pe+(d-Pe-6)*g/u;t.font=`10px ${o.font}`,t.fillStyle=o.faint(.7),t.textAlign="right",t.textBaseline="middle";for(let g of V(h,c,3))t.fillText(N(g),Pe-4,p(g));let m=o.positive;for(let[g,x,w]of[[0,6,.16],[1,5,.28],[2,4,.5]]){t.fillStyle=S(m,w),t.beginPath(),s.forEach((v,k)=>v[x]!=null&&t.lineTo(f(i[k]),p(v[x])));for(let v=s.length-1;v>=0;v--)s[v][g]!=null&&t.lineTo(f(i[v]),p(s[v][g]));t.fill()}t.strokeStyle=S(m),t.lineWidth=1.4,t.beginPath(),s.forEach((g,x)=>g[3]!=null&&t.lineTo(f(i[x]),p(g[3]))),t.stroke(),t.strokeStyle=o.faint(.35),t.beginPath(),t.moveTo(Pe,p(0)),t.lineTo(d,p(0)),h<0&&c>0&&t.stroke(),l!==null&&(t.strokeStyle=S(o.mark),t.beginPath(),t.moveTo(f(l),4),t.lineTo(f(l),Ne-4),t.stroke()),this.#s(t,d,n,p,o)}#s(t,e,{low:s,high:i,counts:n},o,l){let h=Math.max(...n,1);t.fillStyle=l.faint(.55),n.forEach((c,p)=>{let d=(i-s)/n.length,[u,f]=[o(s+(p+1)*d),o(s+p*d)];t.fillRect(e,u,(li-8)*c/h,Math.max(1,f-u-.5))})}};var Sn=7;function hi(r,{weights:t,nodes:e,colours:s,skipsFirst:i,chosen:n}){t.forEach((o,l)=>{if(!l&&i)return;let h=1e-9;for(let d of o)for(let u of d)Math.abs(u)>h&&(h=Math.abs(u));let[c,p]=[e[l],e[l+1]];p.forEach((d,u)=>c.forEach((f,m)=>{let g=o[u]?.[m];if(g==null)return;let x=Math.abs(g)/h,w=n&&n.layer===l&&n.unit===u&&n.source===m;r.strokeStyle=w?S(s.mark):S(g<0?s.negative:s.positive,.15+.75*x),r.lineWidth=(w?1.6:.4)+4*x,r.setLineDash(g<0?[6,4]:[]);let[v,k]=[f.x+f.half,d.x-d.half],C=(v+k)/2;r.beginPath(),r.moveTo(v,f.y),r.bezierCurveTo(C,f.y,C,d.y,k,d.y),r.stroke()}))}),r.setLineDash([])}function ps(r,t,{weights:e,nodes:s,skipsFirst:i}){let[n,o]=[null,Sn];return e.forEach((l,h)=>{if(!h&&i)return;let[c,p]=[s[h],s[h+1]],[d,u]=[c[0].x+c[0].half,p[0].x-p[0].half];if(r<d||r>u)return;let f=zn((r-d)/(u-d));p.forEach((m,g)=>c.forEach((x,w)=>{let v=x.y+(m.y-x.y)*(3*f*f-2*f*f*f),k=l[g]?.[w];Math.abs(v-t)<o&&k!=null&&([n,o]=[{layer:h,unit:g,source:w,value:k},Math.abs(v-t)])}))}),n}function zn(r){let t=r;for(let e=0;e<6;e++){let s=1.5*t*(1-t)**2+1.5*t*t*(1-t)+t**3,i=1.5*(1-t)**2+1.5*t*t;t=Math.min(1,Math.max(0,t-(s-r)/(i||1)))}return t}var ci=232;function Cn(r){return r==null?"":P(r)}var Oe=class{constructor(t){this.host=t,this.title=a("b",{}),this.fields=a("div",{class:"numbers"}),this.element=a("form",{class:"unit-editor",hidden:!0,"aria-label":"numbers of one unit",onsubmit:e=>e.preventDefault(),onkeydown:e=>this.#s(e)},a("div",{class:"head"},this.title,a("button",{type:"button",class:"quiet","aria-label":"close",onclick:()=>this.close()},"✕")),this.fields),this.chosen=null}open(t,e,s,{x:i,y:n,width:o}){this.back=this.element.getRootNode().activeElement,this.chosen={...t,source:e},b(this.title,t.name),this.inputs=s.map((c,p)=>this.#t(`weight of ${c}`,`from ${c}`,p));let l=this.#t(`bias of ${t.name}`,"bias",null);this.bias=l.input,this.fields.replaceChildren(l.element,...this.inputs.map(({element:c})=>c)),y(this.element,{hidden:!1}),Object.assign(this.element.style,{left:`${Math.max(0,Math.min(i,o-ci))}px`,top:`${n}px`,width:`${Math.min(ci,o)}px`}),this.take(this.numbers);let h=e===null?this.bias:this.inputs[e]?.input;(h?.disabled?this.inputs[0]?.input:h)?.focus(),(h?.disabled?this.inputs[0]?.input:h)?.select()}#t(t,e,s){let i=a("input",{type:"text",inputmode:"decimal",autocomplete:"off","aria-label":t,onchange:()=>this.#e(i,s)});return{input:i,element:a("label",{},a("span",{},e),i)}}#e(t,e){let s=t.value.trim(),i=Number(s.replaceAll("−","-").replace(",","."));if(s===""||!Number.isFinite(i)){this.host.complain(`Not done: ${t.getAttribute("aria-label")} is “${s.slice(0,20)}”, expected a number`);return}let{layer:n,unit:o}=this.chosen;this.host.send({type:"set_parameter",layer:n,unit:o,source:e,value:i})}#s(t){t.key==="Enter"&&t.target.dispatchEvent(new Event("change")),t.key==="Escape"&&this.close(),t.stopPropagation()}close(){y(this.element,{hidden:!0}),this.chosen=null,this.back?.focus?.()}take(t){if(this.numbers=t,!this.chosen||!t?.weights)return;let{layer:e,unit:s}=this.chosen,i=t.weights[e]?.[s];if(!i)return this.close();let n=t.biases?.[e];y(this.bias,{disabled:!n}),this.#i(this.bias,n?.[s]),this.inputs.forEach(({input:o},l)=>this.#i(o,i[l]))}#i(t,e){t.getRootNode().activeElement!==t&&y(t,{value:Cn(e)})}};var $t=250,An=40,Nn=12,Pn=72,ds=46,pi=66,Ln=104,_e=class{constructor(t){this.host=t,this.canvas=a("canvas",{role:"img","aria-label":"network: a small map per unit, a line per weight"}),this.units=a("div",{class:"units",role:"group","aria-label":"units; arrow keys go from one to the next, Enter opens its numbers",onkeydown:e=>this.#n(e)}),this.sizes=a("div",{class:"sizes",role:"group","aria-label":"layers and units"}),this.readout=a("output",{class:"readout","aria-live":"off"}),this.editor=new Oe(t),this.element=a("div",{class:"network"},this.canvas,this.units,this.sizes,this.readout,this.editor.element),this.pictures=[],this.canvas.addEventListener("pointermove",e=>this.#m(e)),this.canvas.addEventListener("pointerleave",()=>b(this.readout,"")),this.canvas.addEventListener("click",e=>this.#f(e))}take({still:t,lane:e,heading:s,weights:i,biases:n,colours:o,alone:l}){Object.assign(this,{still:t,lane:e,heading:s,weights:i,biases:n,colours:o,alone:l});let h=this.element.clientWidth;if(!h)return;this.#e(h);let c=W(this.canvas,h,$t);i&&hi(c,{...this.#t,colours:o,chosen:this.editor.chosen}),this.#a(c),this.#c(c),this.editor.take({weights:i,biases:n})}get#t(){return{weights:this.weights,nodes:this.nodes,skipsFirst:!!this.still.image_shape}}#e(t){let{layers:e}=this.heading,s=this.lane.units.map(({grids:p,curves:d,width:u})=>Math.min(u,Math.max(p.length,d.length)||Math.min(u,16))),i=[this.still.image_shape?1:Math.min(e[0].inputs,12),...e.map((p,d)=>s[d]??Math.min(p.outputs,16))],n=[t,...i,this.still.run,this.alone].join();if(n===this.key)return;this.key=n;let o=i.length,l=Math.max(...i),h=Math.max(Nn,Math.min(An,($t-44)/l-4,t/o-26));this.nodes=i.map((p,d)=>{let u=o===1?t/2:ds+(t-ds-pi)*d/(o-1),f=Math.min(h+10,($t-44)/p),m=d||!this.still.image_shape?Math.min(h,f-2):Math.min(Pn,t/o-14);return Array.from({length:p},(g,x)=>({x:d?u:Math.max(u,m/2),y:20+($t-44)/2+(x-(p-1)/2)*f,half:m/2}))});let c=[e[0].inputs,...e.map(({outputs:p,activation:d})=>`${p} ${d}`)].join(", then ");M(this.canvas,"aria-label",`network of ${c}: a small map per unit, a line per weight`),this.#i(),this.#o(t),this.pictures=this.nodes.map(p=>p.map(()=>new Y))}#s(t,e){let{layers:s}=this.heading;if(t<0)return this.still.image_shape?"the picture":`input ${this.still.inputs[e]}`;if(t<s.length-1)return`layer ${t+1}, unit ${e+1}`;let{class_names:i}=this.still;return i.length===s.at(-1).outputs?`output ${i[e]}`:`output ${e+1}`}#i(){let t=this.nodes.flatMap((e,s)=>e.map((i,n)=>{let o=s-1,l=this.#s(o,n),h=u=>()=>{this.host.point(u?{layer:o,unit:n,name:l}:null),b(this.readout,u?this.#p(o,n,l):"")},c=o<0&&this.still.image_shape,p=c?"another sample":o<0?`show ${l}`:`show what ${l} responds to; its numbers open with a click`,d=a("button",{type:"button",title:c?"another sample":l,"aria-label":p,tabindex:-1,"data-column":s,"data-unit":n,onpointerenter:h(!0),onpointerleave:h(!1),onfocus:h(!0),onblur:h(!1),onclick:()=>c?this.host.send({type:"sample",row:this.still.pictured.row+1}):o>=0&&this.#u(o,n,null)});return Object.assign(d.style,{left:`${i.x-i.half}px`,top:`${i.y-i.half}px`,width:`${2*i.half}px`,height:`${2*i.half}px`}),d}));t.length&&(t[0].tabIndex=0),this.units.replaceChildren(...t)}#n(t){let e={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]}[t.key],{column:s,unit:i}=t.target.dataset;if(!e||s===void 0)return;t.preventDefault(),t.stopPropagation();let n=Math.min(this.nodes.length-1,Math.max(0,Number(s)+e[0])),o=Math.min(this.nodes[n].length-1,Math.max(0,Number(i)+e[1]));for(let l of this.units.children){let h=l.dataset.column===String(n)&&l.dataset.unit===String(o);l.tabIndex=h?0:-1,h&&l.focus()}}#o(t){let{layers:e}=this.heading,s=e.length-1,i=!this.alone||(t-ds-pi)/Math.max(1,this.nodes.length-1)<Ln,n=(o,l,h,c,p)=>{let d=(f,m,g)=>a("button",{type:"button",title:m,"aria-label":m,disabled:!g,onclick:()=>this.host.send(g)},f),u=a("span",{},d("−",`one ${h} less`,c),a("i",{},l),d("+",`one ${h} more`,p));return u.style.left=`${Math.min(Math.max(o,48),t-48)}px`,u};this.sizes.replaceChildren(...i?[]:[n(this.nodes[0][0].x,"layers","hidden layer",s>0?{type:"remove_layer",index:s-1}:null,{type:"add_layer"}),...e.slice(0,s).map(({outputs:o},l)=>n(this.nodes[l+1][0].x,"units",`unit in layer ${l+1}`,o>1?{type:"set",path:["layers",l,"units"],value:o-1}:null,{type:"set",path:["layers",l,"units"],value:o+1}))])}#a(t){t.imageSmoothingEnabled=!1;let e=this.lane.shown?.activations;this.nodes.forEach((s,i)=>s.forEach((n,o)=>{let{x:l,y:h,half:c}=n;t.fillStyle=S(this.colours.ground),t.fillRect(l-c,h-c,2*c,2*c);let p=i?this.lane.units[i-1]:this.still.input_maps,d=i>0&&p?.dead.includes(o),u=!i&&this.still.pictured?this.colours.strength(this.colours.text,!1):null;u?t.drawImage(this.pictures[0][0].paint(this.still.pictured.picture,u),l-c,h-c,2*c,2*c):p?.grids[o]?t.drawImage(ht(this.pictures[i][o],p.grids[o],this.colours),l-c,h-c,2*c,2*c):p?.curves[o]?this.#l(t,p.curves[o],n):e?.[i-1]&&this.#r(t,e[i-1],o,n),t.strokeStyle=d?S(this.colours.negative):this.colours.faint(.55),t.lineWidth=d?2:1,t.strokeRect(l-c,h-c,2*c,2*c),d&&(t.beginPath(),t.moveTo(l-c,h+c),t.lineTo(l+c,h-c),t.stroke())}))}#r(t,e,s,{x:i,y:n,half:o}){let l=Math.max(1e-9,...e.map(c=>Math.abs(c??0))),h=e[s]??0;t.fillStyle=S(this.colours.mix(h<0?this.colours.negative:this.colours.positive,.9*Math.abs(h)/l)),t.fillRect(i-o,n-o,2*o,2*o)}#l(t,e,{x:s,y:i,half:n}){let o=e.filter(c=>c!=null),[l,h]=[Math.min(...o),Math.max(...o)];t.strokeStyle=S(this.colours.positive),t.lineWidth=1.5,t.beginPath(),e.forEach((c,p)=>{if(c==null)return;let d=[s-n+2*n*p/(e.length-1),i+n-2-(2*n-4)*(c-l)/(h-l||1)];p?t.lineTo(...d):t.moveTo(...d)}),t.stroke()}#c(t){t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.8),t.textAlign="center";let{layers:e}=this.heading,{image_shape:s,pictured:i,class_names:n,inputs:o}=this.still,l=this.nodes.length>1?this.nodes[1][0].x-this.nodes[0][0].x:1/0,h=e.some(({outputs:d,activation:u})=>t.measureText(`${d} · ${u} `).width>l),c=this.element.clientWidth,p=(d,u,f)=>{let m=t.measureText(d).width/2;t.fillText(d,Math.min(Math.max(u,m),c-m),f)};if(this.nodes.forEach((d,u)=>{let f=e[u-1],m=u?f.outputs:e[0].inputs,g=m>d.length&&(u||!s)?` (${d.length} of ${m})`:"",x=h&&(u||!s)?`${m}`:u?`${m} · ${f.activation}`:s?`${s.join(" × ")} pixels`:`${m} input${m>1?"s":""}`;p(h?x:x+g,d[0].x,12);let w=u?this.lane.layers[u-1]?.dead_units:0;w&&t.fillText(`${w} dead`,d[0].x,$t-4)}),i){let[{x:d,y:u,half:f}]=this.nodes[0];p(`sample ${i.row+1}: ${i.true}`,d,u+f+15);let{guess:m,probability:g}=this.lane.shown??{};return m&&p(`taken for ${m} (${q(g)})`,d,u+f+30),this.#h(t,n)}return t.textAlign="right",this.nodes[0].forEach(({x:d,y:u,half:f},m)=>f>=5&&t.fillText(o[m]??"",d-f-4,u+4,Math.max(19,d-f-4))),this.#h(t,n)}#h(t,e){let s=this.nodes.at(-1);e.length!==s.length||s[0].half<4||(t.textAlign="left",s.forEach(({x:i,y:n,half:o},l)=>t.fillText(e[l],i+o+4,n+4,Math.max(10,this.element.clientWidth-i-o-4))))}#p(t,e,s){if(t<0)return this.still.pictured?"click for another sample":s;let i=this.biases?.[t]?.[e],n=this.lane.shown?.activations[t]?.[e];return`${[s,i==null?"no bias":`bias ${K(i)}`,n==null?"":`answers ${K(n)}`].filter(Boolean).join(" · ")} (click to change)`}#m(t){let e=this.weights&&this.nodes?ps(t.offsetX,t.offsetY,this.#t):null;M(this.canvas,"class",e?"editable":""),b(this.readout,e?`${this.#s(e.layer,e.unit)}: weight of ${this.#d(e.layer,e.source)} is ${K(e.value)} (click to change)`:"")}#d(t,e){return t?this.#s(t-1,e):this.still.inputs[e]}#f(t){let e=this.weights&&this.nodes?ps(t.offsetX,t.offsetY,this.#t):null;e?this.#u(e.layer,e.unit,e.source):this.editor.chosen&&this.editor.close()}#u(t,e,s){let i=this.weights?.[t]?.[e]?.length??0,n=t||!this.still.image_shape?Array.from({length:i},(c,p)=>this.#d(t,p)):[],{x:o,y:l,half:h}=this.nodes[t+1][e];this.editor.numbers={weights:this.weights,biases:this.biases},this.editor.open({layer:t,unit:e,name:this.#s(t,e)},s,n,{x:o+h+6,y:Math.min(l,$t-60),width:this.element.clientWidth}),y(this.readout,{textContent:""})}};var Re=[null,4,3,-4,-3,5,6],On=4,ui={train:"●",validation:"○",test:"◉"};function di(r,t,e,s,i,n){let o=n?2*i:i,l=i===4&&!n?Math.PI/4:0;for(let h=0;h<o;h++){let c=l-Math.PI/2+2*Math.PI*h/o,p=s*(n&&h%2?.45:1);r.lineTo(t+p*Math.cos(c),e+p*Math.sin(c))}r.closePath()}function _n(r,t,e,s,i){r.beginPath();let n=Re[t%(Re.length+3)];if(n===null)r.arc(e,s,i,0,2*Math.PI);else if(n===void 0)di(r,e,s,i*1.35,On+t%(Re.length+3)-Re.length,!0);else if(n===-4){for(let o=0;o<4;o++)r.lineTo(e+i*1.3*Math.cos(o*Math.PI/2),s+i*1.3*Math.sin(o*Math.PI/2));r.closePath()}else if(n===-3){for(let[o,l]of[[-1.15,-.75],[1.15,-.75],[0,1.25]])r.lineTo(e+i*o,s+i*l);r.closePath()}else di(r,e,s,i*(n<5?1.25:1.15),n)}function us(r,{form:t,part:e,x:s,y:i,radius:n,colour:o,colours:l}){_n(r,t,s,i,n);let h=e==="train";r.fillStyle=h?o:S(l.ground,.85),r.fill(),r.lineWidth=h?1:1.6,r.strokeStyle=h?S(l.ground):o,r.stroke(),e==="test"&&(r.beginPath(),r.arc(s,i,Math.max(1,.38*n),0,2*Math.PI),r.fillStyle=o,r.fill())}var Mt=14,De=class{constructor(){this.element=a("p",{class:"meaning"})}take({classes:t,scale:e,colours:s}){let i=JSON.stringify([t,e,s.id]);i!==this.key&&(this.key=i,this.element.replaceChildren(...t?t.map((n,o)=>this.#t(n,o,s)):this.#e(e,s)))}#t(t,e,s){let i=a("canvas",{"aria-hidden":"true"});return Object.assign(i.style,{width:`${Mt}px`,height:`${Mt}px`}),us(W(i,Mt,Mt),{form:e,part:"train",x:Mt/2,y:Mt/2,radius:4.6,colour:S(s.ofClass(e)),colours:s}),a("span",{},i,t)}#e(t,e){if(!t)return[];let s=a("i",{class:"scale","aria-hidden":"true"});s.style.background=`linear-gradient(to right, ${S(e.mix(e.negative,.85))}, ${S(e.ground)}, ${S(e.mix(e.positive,.85))})`;let[i,n,o]=t.texts;return[a("span",{},`${t.name}: ${i}`,s,o),a("span",{},`no colour is ${n}`)]}};var mi=9,Ie=class{constructor(t,e){this.plane=t,this.host=e,this.stroke=null,this.dragged=null;for(let[s,i]of[["pointerdown","down"],["pointermove","move"],["pointerup","up"],["pointercancel","up"],["pointerleave","leave"]])t.points.addEventListener(s,n=>this[i](n))}#t(t){let[e,s]=[null,mi*mi];for(let i of this.plane.still.samples)this.host.parts().has(i.part)&&i.rows.forEach((n,o)=>{let[l,h]=this.plane.spot(i,o),c=(l-t.offsetX)**2+(h-t.offsetY)**2;c<s&&([e,s]=[{row:n,target:i.target[o],part:i.part},c])});return e}down(t){let{plane:e}=this,s=this.host.tool();if(!(!e.still||s==="look"||t.button)){if(e.points.setPointerCapture(t.pointerId),t.preventDefault(),s==="draw")this.stroke=[e.place(t)];else{let i=this.#t(t);if(s==="remove")return i&&this.host.send({type:"remove_point",row:i.row});if(!i)return this.host.send({type:"add_point",at:e.place(t),target:s.target});this.dragged={...i,at:e.place(t),moved:!1}}e.paintPoints()}}move(t){let{plane:e}=this;e.still&&(this.stroke?(this.stroke.push(e.place(t)),e.paintPoints()):this.dragged&&(this.dragged.at=e.place(t),this.dragged.moved=!0,e.paintPoints()),this.#e(t))}up(){if(this.stroke){let t=this.stroke.filter(([e],s,i)=>s===0||e>Math.max(...i.slice(0,s).map(([n])=>n)));this.stroke=null,t.length>1?this.host.send({type:"draw",points:t}):this.plane.paintPoints()}if(this.dragged){let{row:t,at:e,moved:s}=this.dragged;this.dragged=null,s&&this.host.send({type:"move_point",row:t,at:e}),this.plane.paintPoints()}}leave(){b(this.plane.readout,"")}#e(t){let{still:e,isCurve:s}=this.plane,[i,n]=this.plane.place(t),o=this.#t(t),l=u=>e.task==="classes"?e.class_names[u]:K(u),h=s?`${e.axes[0].name} ${K(i)}, y ${K(n)}`:`${e.axes[0].name} ${K(i)}, ${e.axes[1].name} ${K(n)}`,c=this.plane.answerAt(i,n),p=c===null?"":c.share===void 0?` → ${K(c.value)}`:` → ${e.class_names[c.number]} ${q(c.share)}`,d=o?` · sample ${o.row+1} (${o.part}): ${l(o.target)}`:"";b(this.plane.readout,h+p+d)}};var z={left:38,right:8,top:8,bottom:30},je=class{constructor(t){this.host=t,this.picture=new Y,this.map=a("canvas",{class:"map","aria-hidden":"true"}),this.points=a("canvas",{class:"points",tabindex:0,role:"img","aria-label":"answers of the network and the samples"}),this.readout=a("output",{class:"readout","aria-live":"off"}),this.broken=a("p",{class:"broken",hidden:!0}),this.legend=new De,this.element=a("div",{class:"plane"},this.map,this.points,this.readout,this.broken),this.pointer=new Ie(this,t),this.size=[0,0]}take({still:t,lane:e,unit:s,colours:i,pictures:n}){this.size=[this.element.clientWidth,this.element.clientHeight];let o=this.still?.samples;Object.assign(this,{still:t,lane:e,unit:s,colours:i,pictures:n}),this.#t(),this.#n(),this.#e();let[l,h]=this.size,c=[t.run,i.id,l,h,this.low,this.high,[...this.host.parts()].join()].join();(c!==this.key||o!==t.samples)&&(this.key=c,this.paintPoints())}get isCurve(){return this.still.axes.length===1}#t(){if(this.rangeOf!==this.still){this.rangeOf=this.still;let i=this.still.samples.flatMap(n=>n.target);this.targets=[Math.min(...i),Math.max(...i)]}let[t,e]=this.targets,s=.12*(e-t||1);this.isCurve?[this.low,this.high]=[t-s,e+s]:[this.low,this.high]=[this.still.axes[1]?.low??0,this.still.axes[1]?.high??1]}#e(){let{still:t,lane:e,unit:s,pictures:i,colours:n}=this,o=t.task==="classes"&&!s&&!i?t.class_names:null,l=null;s?.grid?l={name:"activation",texts:[N(s.grid.low),"0",N(s.grid.high)]}:i?l={name:"weight of a pixel",texts:["below 0","0","above 0"]}:!o&&!this.isCurve&&(l={name:"answer",texts:[N(this.targets[0]),N((this.targets[0]+this.targets[1])/2),N(this.targets[1])]}),this.legend.take({classes:o,scale:l,colours:n});let h=e.diverged!=null?`diverged at epoch ${e.diverged}: its numbers are not finite any more`:"";b(this.broken,h),y(this.broken,{hidden:!h});let c=t.axes.map(({name:d,low:u,high:f})=>`${d} from ${N(u)} to ${N(f)}`).join(", "),p=t.samples.filter(({part:d})=>this.host.parts().has(d)).map(({part:d,rows:u})=>`${u.length} ${d} samples`).join(", ");M(this.points,"aria-label",i?"the weights of the first units as pictures":`what the network answers over ${c}; on it ${p}. ${h}`.trim())}#s(t){let[e]=this.still.axes,s=this.size[0]-z.left-z.right;return z.left+s*(t-e.low)/(e.high-e.low)}#i(t){let e=this.size[1]-z.top-z.bottom;return z.top+e*(1-(t-this.low)/(this.high-this.low))}place(t){let[e]=this.still.axes,[s,i]=this.size,n=(t.offsetX-z.left)/(s-z.left-z.right),o=(t.offsetY-z.top)/(i-z.top-z.bottom),l=h=>Math.min(1,Math.max(0,h));return[e.low+(e.high-e.low)*l(n),this.high-(this.high-this.low)*l(o)]}spot(t,e){return[this.#s(t.x[e]),this.#i(this.isCurve?t.target[e]:t.y[e])]}answerAt(t,e){let{map:s}=this.lane;if(this.unit||!s?.strength||this.pictures)return null;let{width:i,height:n,low:o,high:l,bytes:h}=s.strength,[c,p]=this.still.axes,d=Math.min(i-1,Math.floor(i*(t-c.low)/(c.high-c.low))),f=Math.min(n-1,Math.floor(n*(p.high-e)/(p.high-p.low)))*i+d,m=o+(l-o)*vt(h)[f]/255;return s.kind==="values"?{value:m}:s.winner?{number:vt(s.winner.bytes)[f],share:m}:m<.5?{number:0,share:1-m}:{number:1,share:m}}#n(){let[t,e]=this.size;if(!t)return;let s=W(this.map,t,e),i=this.unit?.grid??this.lane.map,[n,o]=[t-z.left-z.right,e-z.top-z.bottom];if(this.isCurve)return this.#r(s,this.unit?.curve?{x:this.#o(this.unit.curve.length),y:[this.unit.curve]}:this.lane.map);if(s.imageSmoothingEnabled=!1,this.pictures&&!this.unit)return this.#a(s,n,o);i&&s.drawImage(ht(this.picture,i,this.colours,{isHard:this.host.isHard(),range:this.unit?null:this.targets}),z.left,z.top,n,o)}#o(t){let[e]=this.still.axes;return Array.from({length:t},(s,i)=>e.low+(e.high-e.low)*i/(t-1))}#a(t,e,s){let i=Math.ceil(Math.sqrt(this.pictures.length)),n=Math.min(e,s)/i;this.gallery??=[],this.pictures.forEach((o,l)=>{let h=this.gallery[l]??=new Y;t.drawImage(ht(h,o,this.colours),z.left+n*(l%i),z.top+n*Math.floor(l/i),n-6,n-6)})}#r(t,e){if(!e)return;let[s,i]=this.size;t.beginPath(),t.rect(z.left,z.top,s-z.left-z.right,i-z.top-z.bottom),t.clip(),e.y.forEach((n,o)=>{t.strokeStyle=S(this.colours.ofClass(o?o+1:1)),t.lineWidth=2.5,t.beginPath();let l=!1;n.forEach((h,c)=>{if(h==null){l=!1;return}l?t.lineTo(this.#s(e.x[c]),this.#i(h)):t.moveTo(this.#s(e.x[c]),this.#i(h)),l=!0}),t.stroke()})}paintPoints(){let[t,e]=this.size;if(!t||!this.still)return;let s=W(this.points,t,e);this.#h(s,t,e);let i=this.host.parts(),{dragged:n,stroke:o}=this.pointer;for(let l of this.still.samples){if(!i.has(l.part))continue;let h=l.rows.length>600?2.2:3.6;l.rows.forEach((c,p)=>{n?.row!==c&&this.#l(s,l.part,...this.spot(l,p),l.target[p],h)})}n&&this.#l(s,"train",this.#s(n.at[0]),this.#i(n.at[1]),n.target,5),o&&(s.strokeStyle=S(this.colours.mark),s.lineWidth=2,s.beginPath(),o.forEach(([l,h],c)=>c?s.lineTo(this.#s(l),this.#i(h)):s.moveTo(this.#s(l),this.#i(h))),s.stroke())}#l(t,e,s,i,n,o){let l=this.still.task==="classes"?n:0;us(t,{form:l,part:e,x:s,y:i,radius:o,colour:S(this.#c(n)),colours:this.colours})}#c(t){if(this.still.task==="classes")return this.colours.ofClass(t);if(this.isCurve)return this.colours.negative;let[e,s]=this.targets,i=(t-e)/(s-e||1);return this.colours.mix(i<.5?this.colours.negative:this.colours.positive,.3+1.2*Math.abs(i-.5))}#h(t,e,s){let[i,n]=this.still.axes;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.75),t.strokeStyle=this.colours.faint(.3),t.strokeRect(z.left-.5,z.top-.5,e-z.left-z.right+1,s-z.top-z.bottom+1),t.textAlign="center";for(let o of V(i.low,i.high,5))t.fillText(N(o),this.#s(o),s-z.bottom+13);t.fillText(i.name,(e+z.left)/2,s-3),t.textAlign="right",t.textBaseline="middle";for(let o of V(this.low,this.high,5))t.fillText(N(o),z.left-5,this.#i(o));t.textBaseline="alphabetic",n&&(t.save(),t.translate(10,s/2-10),t.rotate(-Math.PI/2),t.textAlign="center",t.fillText(n.name,0,0),t.restore())}};var Be=class{constructor(t){this.host=t,this.parts=new Set(["train","validation"]),this.tool="look",this.select=a("select",{"aria-label":"what a click on the picture does",onchange:()=>this.pick(this.select.value)}),this.axes=[0,1].map(e=>a("select",{"aria-label":e?"feature upwards":"feature to the right",onchange:()=>this.#t(e)})),this.boxes=["train","validation","test"].map(e=>{let s=a("input",{type:"checkbox",onchange:()=>{this.parts[s.checked?"add":"delete"](e),t.repaint()}});return s.checked=this.parts.has(e),a("label",{class:"part"},s,a("span",{"aria-hidden":"true"},ui[e]),e)}),this.hard=a("input",{type:"checkbox",onchange:()=>t.repaint()}),this.hardBox=a("label",{class:"part",title:"only which answer it is, not how surely"},this.hard,"discretize"),this.element=a("span",{class:"tools"},...this.boxes,this.hardBox,...this.axes,this.select)}take(t){this.still=t;let e=t.features.length>2&&!t.image_shape;for(let i of this.boxes)i.hidden=!!t.image_shape;this.hardBox.hidden=!!t.image_shape||t.axes.length===1,this.axes.forEach((i,n)=>{i.hidden=!e||n>=t.axes.length,i.hidden||I(i,t.features.map((o,l)=>[String(l),o]),String(t.axes[n].feature))});let s=[["look","pointer: looks"]];t.features.length<=2&&(t.axes.length===1?s.push(["add","pointer: adds, drags points"],["draw","pointer: draws a curve"]):t.task==="classes"&&t.class_names.slice(0,10).forEach((i,n)=>s.push([`add ${n}`,`pointer: adds, drags ${i}`])),s.push(["remove","pointer: removes points"])),I(this.select,s,s.some(([i])=>i===this.select.value)?this.select.value:"look"),this.select.hidden=s.length===1,this.pick(this.select.value)}get isHard(){return this.hard.checked}pick(t){this.select.value=t;let[e,s]=t.split(" ");this.tool=e==="add"?{target:s===void 0?null:Number(s)}:e,this.host.cursor(e==="look"?"crosshair":e==="draw"?"cell":"copy")}#t(t){let e=this.axes.map(s=>Number(s.value));e[0]===e[1]&&(e[1-t]=this.still.axes[t].feature),this.host.send({type:"axes",axes:e})}};var Rn=150;function fi(r,t){let e=r.trim().replaceAll("−","-").replace(",",".");return t==="numbers"?r.split(/[\s,;]+/).filter(Boolean).map(Number):e!==""&&Number.isFinite(Number(e))?Number(e):r.trim()||null}function ms(r){return r==null?"":[r].flat().map(t=>typeof t=="number"?P(t):t).join(", ")}var We=class{constructor(t){this.host=t,this.tabs=a("div",{role:"tablist",class:"tabs","aria-label":"settings",onkeydown:e=>this.#t(e)}),this.panel=a("div",{role:"tabpanel",class:"panel",id:"settings-panel"}),this.element=a("section",{class:"settings","aria-label":"settings"},this.tabs,this.panel),this.kept=new Map,this.open="data"}take(t,e){this.sections=t,this.colours=e,this.tabs.dataset.of!==t.map(({key:s})=>s).join()&&(this.tabs.dataset.of=t.map(({key:s})=>s).join(),this.tabs.replaceChildren(...t.map(({key:s,title:i})=>a("button",{type:"button",role:"tab","data-key":s,"aria-controls":"settings-panel",onclick:()=>this.show(s)},i)))),this.#e()}show(t){this.open=t,this.#e()}#t(t){let e={ArrowRight:1,ArrowLeft:-1}[t.key];if(!e)return;t.preventDefault(),t.stopPropagation();let s=this.sections.map(({key:i})=>i);this.show(s[(s.indexOf(this.open)+e+s.length)%s.length]),this.tabs.querySelector('[aria-selected="true"]').focus()}#e(){for(let s of this.tabs.children)s.setAttribute("aria-selected",String(s.dataset.key===this.open)),s.tabIndex=s.dataset.key===this.open?0:-1;let t=this.sections.find(({key:s})=>s===this.open)??this.sections[0],e=t.items.map((s,i)=>this.#s(`${t.key} ${s.path??i} ${s.kind}`,s));(e.length!==this.panel.children.length||e.some((s,i)=>this.panel.children[i]!==s))&&this.panel.replaceChildren(...e)}#s(t,e){let s=this.kept.get(t);return s||(s=this.#i(e,t),this.kept.set(t,s)),s.update(e),s.element}#i(t,e){switch(t.kind){case"heading":return this.#n(a("h3",{}));case"note":return this.#n(a("p",{class:"note"}));case"group":return this.#o(e);case"ticks":return this.#a(e);case"actions":return this.#r();case"plot":return this.#l(t);case"file":return this.#c();default:return this.#h(t)}}#n(t){return{element:t,update:({text:e})=>b(t,e)}}#o(t){let e=a("b",{}),s=a("div",{class:"fields"}),i=this.#r();return{element:a("div",{class:"group",role:"group"},a("div",{class:"head"},e,i.element),s),update:n=>{b(e,n.text),i.update(n);let o=n.items.map(l=>this.#s(`${t} ${l.path} ${l.kind}`,l));(o.length!==s.children.length||o.some((l,h)=>s.children[h]!==l))&&s.replaceChildren(...o)}}}#a(t){let e=a("div",{class:"ticks",role:"group","aria-label":"features"});return{element:e,update:s=>{let i=s.items.map(n=>this.#s(`${t} ${n.path} ${n.kind}`,n));(i.length!==e.children.length||i.some((n,o)=>e.children[o]!==n))&&e.replaceChildren(...i)}}}#r(){let t=a("div",{class:"actions"}),e="";return{element:t,update:({actions:s=[]})=>{JSON.stringify(s)!==e&&(e=JSON.stringify(s),t.replaceChildren(...s.map(({label:i,title:n,event:o,disabled:l})=>a("button",{type:"button",title:n??i,"aria-label":n??i,disabled:l??!1,onclick:()=>this.host.send(o)},i))))}}}#l({text:t}){let e=new Q({title:t,tall:90,across:""});return{element:e.element,update:({x:s,y:i})=>requestAnimationFrame(()=>e.take([{x:s,y:i,colour:this.colours.positive}],this.colours))}}#c(){let t=a("input",{type:"file",onchange:()=>{t.files[0]&&this.host.files.open(t.files[0],"csv"),t.value=""}}),e=a("span",{});return{element:a("label",{class:"file"},e,t),update:s=>{b(e,s.text),t.accept=s.accept}}}#h(t){let e=t,s=`setting-${String(t.path).replaceAll(",","-")}`,i=d=>this.host.send({type:"set",path:e.path,value:d}),n=a("label",{for:s});if(t.kind==="flag"){let d=a("input",{type:"checkbox",id:s,onchange:()=>i(d.checked)});return{element:a("div",{class:"field flag"},d,n),update:u=>{e=u,b(n,e.label),n.title=e.sentence??"",y(d,{checked:e.value,disabled:e.disabled??!1})}}}if(t.kind==="choice"){let d=a("select",{id:s,onchange:()=>i(e.options[d.selectedIndex][0])});return{element:a("div",{class:"field"},n,d),update:u=>{e=u,b(n,e.label),n.title=d.title=e.sentence??"",I(d,e.options.map(([f,m])=>[String(f),m]),String(e.value)),d.disabled=e.disabled??!1}}}let o=0,l=()=>{clearTimeout(o),h.value!==ms(e.value)&&i(e.kind==="text"?h.value:fi(h.value,e.kind))},h=a("input",{type:"text",id:s,inputmode:t.kind==="text"?"text":"decimal",autocomplete:"off",spellcheck:"false",onchange:l,onkeydown:d=>{let u={ArrowUp:1,ArrowDown:-1}[d.key];!u||!e.step||(d.preventDefault(),this.#p(h,e,u),clearTimeout(o),o=setTimeout(l,Rn))}}),c=(d,u)=>a("button",{type:"button",class:"quiet",tabindex:-1,"aria-label":`${u<0?"less":"more"} ${t.label}`,onclick:()=>{this.#p(h,e,u),l()}},d),p=a("span",{class:"number"},h,t.step?c("−",-1):null,t.step?c("+",1):null);return{element:a("div",{class:"field"},n,p),update:d=>{e=d,b(n,e.label),n.title=h.title=e.sentence??"",h.placeholder=e.placeholder??"",h.disabled=e.disabled??!1,h.getRootNode().activeElement!==h&&y(h,{value:ms(e.value)})}}}#p(t,e,s){let i=fi(t.value,"number"),n=typeof i=="number"?i:e.low??0,o=e.times?n*e.step**s:n+e.step*s,l=Math.min(e.high??1/0,Math.max(e.low??-1/0,o));t.value=ms(Number(l.toPrecision(6)))}};var Fe=class{constructor(t,e){this.files=a("input",{type:"file",accept:".safetensors,.json,application/json",hidden:!0,"aria-label":"run file",onchange:()=>this.#t(this.files.files[0],t)}),this.element=a("div",{class:"bar"},e,a("button",{type:"button",title:"the whole setup as a link: seed and steps make the weights again",onclick:s=>this.#e(s.target)},"copy link"),a("button",{type:"button",title:"the run with its weights and all that it needs to learn on, as a file",onclick:()=>t.send({type:"save"})},"save run"),a("button",{type:"button",onclick:()=>this.files.click()},"open run …"),this.files,a("button",{type:"button",title:"open this network with the batch of its next step on the score sheet",onclick:()=>t.send({type:"to_sheet"})},"step through this batch"))}#t(t,e){t&&e.files.open(t,"run"),this.files.value=""}async#e(t){let e=new URL(window.location.href);for(let s of["d","v"])e.searchParams.delete(s);await navigator.clipboard?.writeText(e.href),b(t,"copied"),setTimeout(()=>b(t,"copy link"),1500)}};var qe=class{constructor(t){this.host=t,this.where=a("span",{});let e=(s,i)=>a("button",{type:"button",onclick:()=>this.#t(this.start+i*this.step)},s);this.back=e("◀ rows before",-1),this.on=e("rows after ▶",1),this.table=a("table",{}),this.element=a("details",{class:"below table",ontoggle:()=>this.element.open&&this.#t(0)},a("summary",{},"The data as a table"),a("div",{class:"head"},this.back,this.where,this.on),a("div",{class:"scroll"},this.table))}#t(t){this.run=this.host.still.run,this.host.send({type:"table",start:t,gesture:"table"})}take({table:t}){t&&this.#e(t),this.element.open&&this.run!==this.host.still.run&&this.#t(0)}#e({start:t,samples:e,features:s,more:i,step:n,rows:o}){Object.assign(this,{start:t,step:n}),b(this.where,`rows ${_(t+1)} to ${_(t+o.length)} of ${_(e)}`),y(this.back,{disabled:t===0}),y(this.on,{disabled:t+o.length>=e});let l=h=>h.map(c=>a("td",{},...A(O(c))));this.table.replaceChildren(a("thead",{},a("tr",{},...["row","part","target","as the loss reads it",...s,...i?[`and ${i} more`]:[]].map(h=>a("th",{scope:"col"},h)))),a("tbody",{},...o.map(([h,c,p,d,u])=>a("tr",{},a("th",{scope:"row"},String(h)),a("td",{},c),a("td",{},...Array.isArray(p)?A(p.map(O).join(", ")):[p]),a("td",{},...A(d.map(O).join(" "))),...l(u)))))}};var Dn={note:"i",warning:"!",failure:"✗"},Ke=class{constructor(){this.list=a("ul",{}),this.none=a("p",{class:"note"},"No warnings."),this.element=a("section",{class:"tape","aria-label":"warnings"},a("h3",{},"Warnings"),this.list,this.none)}take(t){let e=[...t.warnings].reverse();for(this.none.hidden=e.length>0;this.list.children.length>e.length;)this.list.lastChild.remove();e.forEach(({level:s,lane:i,epoch:n,sentence:o,over:l},h)=>{let c=this.list.children[h];c||(c=a("li",{},a("b",{}),a("span",{})),this.list.append(c)),M(c,"class",`${s}${l?" over":""}`),b(c.firstChild,l?"✓":Dn[s]);let p=t.lanes.length>1?`${t.lanes[i].label}: `:"",u=[o.includes(`since epoch ${n}`)?"":`since epoch ${n}`,l&&"over"].filter(Boolean).join(", ");T(c.lastChild,`${p}${o}${u&&` (${u})`}`)})}};var st={low:-5,high:1,steps:120},Ue=class{constructor(t){this.host=t;let e=(i,n,o)=>a("button",{type:"button",title:n,"aria-label":n,onclick:o},i),s=i=>()=>t.send(i);this.play=a("button",{type:"button",class:"play",title:"play or pause (Space)",onclick:()=>t.toggle()},"▶ Play"),this.rate=a("input",{type:"range",min:0,max:st.steps,step:1,"aria-label":"learning rate",oninput:()=>this.#e(Number((10**(st.low+(st.high-st.low)*this.rate.value/st.steps)).toPrecision(2)))}),this.number=a("input",{type:"text",class:"rate",inputmode:"decimal","aria-label":"learning rate as a number",onchange:()=>this.#t()}),this.facts=a("dl",{class:"facts"}),this.progress=a("progress",{max:1,value:0,"aria-label":"progress"}),this.left=a("span",{class:"left"}),this.time=a("input",{type:"range",class:"timeline",min:0,step:1,"aria-label":"moment of the run, in epochs",oninput:()=>t.travel(Number(this.time.value))}),this.live=e("newest","back to the newest moment (End)",()=>t.travel(null)),this.where=a("output",{class:"pill where","aria-live":"off"}),this.branches=a("select",{"aria-label":"branch",title:"which branch is shown",onchange:()=>t.send({type:"travel",epoch:null,branch:Number(this.branches.value)})}),this.element=a("div",{class:"transport",role:"group","aria-label":"training"},a("div",{class:"line"},this.play,e("step","one step: one batch (→)",s({type:"step"})),e("1 epoch","one epoch (E)",s({type:"epochs",count:1})),e("10 epochs","ten epochs",s({type:"epochs",count:10})),e("↺ same weights","reset to the same first weights",s({type:"reset"})),e("↺ new weights","reset to new first weights",s({type:"reset",new:!0})),a("label",{class:"learning"},a("span",{},"learning rate"),this.rate,this.number),this.facts),a("div",{class:"line"},this.where,this.time,this.live,this.branches,this.progress,this.left))}#t(){let t=this.number.value.trim(),e=Number(t.replaceAll("−","-").replace(",","."));return t!==""&&Number.isFinite(e)?this.#e(e):this.host.complain(`Not done: the learning rate is “${t.slice(0,20)}”, expected a number from 0 up`)}#e(t){this.turned=performance.now(),y(this.number,{value:P(t)}),this.host.send({type:"set",path:["optimizer","learning_rate"],value:t,gesture:"learning_rate"})}#s(t,e,s){let i=this.facts.children[t];i||(i=a("div",{},a("dt",{}),a("dd",{})),this.facts.append(i)),b(i.firstChild,e),T(i.lastChild,s)}paint(t,e){let s=t.status==="running",i=!t.viewing.live,n=t.lanes[t.focus];b(this.play,s?"❚❚ Pause":i?`▶ Branch from ${t.viewing.epoch}`:"▶ Play"),M(this.play,"aria-pressed",String(s));let o=t.knobs.learning_rate;o!=null&&performance.now()-(this.turned??-1e9)>400&&(y(this.rate,{value:Math.round(st.steps*(Math.log10(o||1e-9)-st.low)/(st.high-st.low))}),this.number.getRootNode().activeElement!==this.number&&y(this.number,{value:P(o)}));for(let f of[this.rate,this.number])f.disabled=o==null;let{now:l}=n;this.#s(0,"epoch",_(n.epoch)),this.#s(1,"train loss",O(l.train_loss??l.loss)),this.#s(2,"validation loss",O(l.validation_loss)),this.#s(3,e.metric==="accuracy"?"accuracy":"R²",e.metric==="accuracy"?F(l.validation_metric??l.train_metric):O(l.validation_metric??l.train_metric));let h=t.epochs_per_second;this.#s(4,"epochs/s",s?h<10?O(h):_(h):"–");let c=t.branches.find(({branch:f})=>f===t.branch)?.until??t.epoch,p=Math.max(c,t.epoch,1)+(t.within&&c===t.epoch&&c>0?1:0);y(this.time,{max:p}),(this.time.getRootNode().activeElement!==this.time||!this.host.travelling)&&y(this.time,{value:t.viewing.live?p:t.viewing.epoch}),M(this.time,"aria-valuetext",`epoch ${t.viewing.epoch} of ${p}`),b(this.where,i?`epoch ${t.viewing.epoch} of ${p}`:`epoch ${n.epoch} · step ${_(n.step)}`),y(this.live,{disabled:!i});let d=t.branches.length>1;y(this.branches,{hidden:!d});let u=t.branches.map(({branch:f,label:m})=>`${f}${m}`).join();this.branches.dataset.of!==u&&(this.branches.dataset.of=u,this.branches.replaceChildren(...t.branches.map(({branch:f,label:m})=>a("option",{value:f},m)))),y(this.branches,{value:t.branch}),y(this.progress,{value:t.share}),T(this.left,s&&t.left!=null?`${ii(t.left)} left`:t.sentence||t.status)}};var Ge=class{constructor(t){this.host=t,this.unit=null,this.files=new ze(t),this.keeping=new Ce(t),this.settings=new We(t),this.transport=new Ue(t),this.network=new _e({point:e=>{this.unit=e,this.paintPlane()},send:t.send,complain:e=>t.complain(e)}),this.pointing=new Be({send:t.send,repaint:()=>{this.plane.key="",this.paintPlane()},cursor:e=>{this.plane.points.style.cursor=e}}),this.plane=new je({send:t.send,tool:()=>this.pointing.tool,parts:()=>this.pointing.parts,isHard:()=>this.pointing.isHard}),this.curves=new $e(e=>t.travel(e)),this.layers=new Le,this.tape=new Ke,this.lanes=new Ae(t),this.examine=new Te(t),this.table=new qe(t),this.experiment=new Se(t),this.sharing=new Fe(t,this.experiment.menu),this.error=a("p",{class:"notice error",role:"alert",hidden:!0}),this.notice=a("p",{class:"notice",role:"status",hidden:!0}),this.speaker=a("p",{class:"visually-hidden","aria-live":"polite"}),this.planeTitle=a("b",{}),this.element=a("div",{class:"app train"},this.transport.element,this.sharing.element,this.experiment.card,this.error,this.notice,this.keeping.element,this.files.element,a("div",{class:"body"},a("div",{class:"middle"},this.network.element,a("div",{class:"answers"},a("div",{class:"caption"},this.planeTitle,this.pointing.element),this.lanes.maps,a("div",{class:"picture"},this.plane.element,this.plane.legend.element),a("div",{class:"aside"},this.tape.element)),this.lanes.element),this.curves.element,this.settings.element),a("details",{class:"below",ontoggle:()=>this.paint()},a("summary",{},"Distributions per layer over time"),this.layers.element),this.examine.element,this.table.element,this.speaker),this.observer=new ResizeObserver(()=>this.paint()),this.observer.observe(this.element)}paint(){let{stream:t,colours:e,running:s,data:i}=this.host,{frame:n,still:o}=t;if(!n||!e)return;let l=this.#t(n.lanes[n.focus]),h=n.viewing.live?null:n.viewing.epoch;this.element.dataset.status=n.status,this.paintPlane();let c=s?n.number%2:null;c!==0&&this.network.take({still:o,lane:l,heading:o.lanes[n.focus],weights:i.weights,biases:i.biases,colours:e,alone:n.lanes.length===1}),this.transport.paint(n,o),c!==1&&(this.curves.take(t,e),this.tape.take(n),this.lanes.take(t,e),this.layers.element.parentElement.open&&this.layers.take({bands:t.layers,lane:l,colours:e,cursor:h}))}#t(t){let{pictures:e}=this.host.data;if(!e)return t;let s=t.units.length?t.units:[{layer:0,dead:[],grids:[],curves:[],width:e.length}];return{...t,units:s.map((i,n)=>({...i,grids:n?[]:e}))}}paintPlane(){let{stream:t,colours:e,data:s}=this.host,{frame:i,still:n}=t;if(!i||!e)return;let o=this.#t(i.lanes[i.focus]),l=this.unit&&(this.unit.layer<0?n.input_maps:o.units[this.unit.layer]),h=this.unit?.unit,c=l&&(l.grids[h]||l.curves[h])?{grid:l.grids[h],curve:l.curves[h]}:null,p=c?this.unit.layer<0?this.unit.name:`what ${this.unit.name} responds to`:n.axes.length===1?"what the network answers":s.pictures?"what the first units look for: their weights":n.task==="classes"?"which class it answers":"what it answers";b(this.planeTitle,p+(n.held&&!c&&!s.pictures?" (other features at their mean)":"")),this.planeTitle.title=n.held,this.plane.element.classList.toggle("picture",!!s.pictures),this.plane.take({still:n,lane:o,unit:c,colours:e,pictures:s.pictures})}destroy(){this.observer.disconnect(),this.experiment.stop(),this.keeping.destroy(),this.element.remove()}};var He=class{constructor(){this.clear()}clear(){this.run="",this.still=null,this.frame=null,this.curves=new Map,this.bands=null}take(t,e){if(t&&(t.run!==this.run&&this.clear(),this.still=t,this.run=t.run),!e||e.run!==this.run)return!1;let s=!0;return e.lanes.forEach((i,n)=>{for(let o of i.curves)s&&=this.#t(this.curves,`${n} ${o.branch}`,o);i.bands&&(this.bands?.lane!==n&&(this.bands={lane:n,kept:new Map}),s&&=this.#t(this.bands.kept,"bands",i.bands))}),this.frame=e,s}#t(t,e,s){let i=t.get(e);if(!i||i.generation!==s.generation||s.start===0){if(s.start!==0)return!1;i={generation:s.generation},t.set(e,i)}for(let[n,o]of Object.entries(s))if(Array.isArray(o)){if(i[n]??=[],i[n].length<s.start)return!1;i[n].length=s.start;for(let l of o)i[n].push(l)}return!0}curve(t,e){return this.curves.get(`${t} ${e}`)??null}get layers(){return this.bands?.kept.get("bands")??null}};var fs=new WeakMap,In=4e3,gs=class{constructor(t){this.root=t,this.stream=new He,this.outbox=new wt(e=>{this.line.send(e)||this.trigger("event",e)},{isPatient:({type:e})=>e==="tick",refuse:e=>this.complain(e)}),this.line=new bt({onAnswer:e=>this.show(e),onLost:()=>this.outbox.retry()}),this.send=e=>this.outbox.add(e),this.spoken=0,this.board=new Ge(this),this.root.append(this.board.element),this.onKey=e=>this.#a(e),document.addEventListener("keydown",this.onKey)}update({data:t,setTriggerValue:e}){this.trigger=e,t.line&&this.line.connect(t.line),Yt(t,this.data)||this.show(t)}show(t){if(t.leaving)return this.trigger("event",{edits:[]});let e=this.stream.take(t.still,t.frame);if(this.outbox.acknowledge(t.acknowledged),!e)return this.send({type:"resend"});let{board:s}=this;this.running=t.frame.status==="running"||t.busy,this.data=t,this.#e(t.wait),t.settings&&(this.sections=t.settings),(!this.colours||!this.running||t.frame.number%50===0)&&this.#s();let i=!!t.error&&t.acknowledged!==this.refused;t.error&&(this.refused=t.acknowledged),this.#i(s.error,t.error??""),this.#i(s.notice,t.notice??""),(t.settings||i||this.colours!==s.settings.colours)&&s.settings.take(this.sections,this.colours),t.still&&s.pointing.take(this.stream.still),t.tool&&s.pointing.pick(t.tool),this.#n(t.link);for(let n of[s.keeping,s.files,s.experiment,s.examine,s.table])n.take(t);this.#o(),this.due??=requestAnimationFrame(()=>this.#t())}#t(){this.due=null;let{frame:t,acknowledged:e}=this.data;this.board.paint(),this.painted=(this.painted??0)+1;let s={number:t.number,learningRate:t.knobs.learning_rate,epoch:t.epoch,status:t.status,acknowledged:e};window.dispatchEvent(new CustomEvent("mlpviz:frame",{detail:s})),window.dispatchEvent(new CustomEvent("mlpviz:painted",{detail:{version:this.data.proof}}))}#e(t){if(clearTimeout(this.timer),!this.running)return;let e=()=>this.send({type:"tick",gesture:"tick"});t?this.timer=setTimeout(e,t):e()}#s(){let t=new At(this.board.element);t.id!==this.colours?.id&&(this.colours=t,this.board.element.classList.toggle("dark",t.isDark)&&(this.colours=new At(this.board.element)))}#i(t,e){T(t,e),y(t,{hidden:!e})}#n(t){if(t===void 0||t===this.link)return;this.link=t;let e=new URL(window.location.href);t?e.searchParams.set("t",t):e.searchParams.delete("t"),window.history.replaceState(window.history.state,"",e)}#o(){let{frame:t}=this.stream;if(this.running&&performance.now()-this.spoken<In)return;this.spoken=performance.now();let{now:e,epoch:s}=t.lanes[t.focus];b(this.board.speaker,`${t.sentence||t.status}: epoch ${_(s)}, training loss ${K(e.train_loss??e.loss)}, validation loss ${K(e.validation_loss)}`)}get files(){return this.board.files}complain(t){this.#i(this.board.notice,""),this.#i(this.board.error,t)}get frame(){return this.stream.frame}get still(){return this.stream.still}toggle(){this.send({type:this.frame.status==="running"?"pause":"play"})}travel(t){this.send({type:"travel",epoch:t,gesture:"travel"})}#a(t){let e=t.composedPath()[0];if(t.ctrlKey||t.metaKey||t.altKey||e.closest?.("input, select, textarea, [contenteditable]"))return;let s=e.closest?.("button, summary, a"),i={" ":()=>!s&&this.toggle(),ArrowRight:()=>this.send({type:"step"}),e:()=>this.send({type:"epochs",count:1}),r:()=>this.send({type:"reset"}),Home:()=>this.travel(0),End:()=>this.travel(null)}[t.key.length===1?t.key.toLowerCase():t.key];!i||!this.frame||i()===!1||t.preventDefault()}destroy(){clearTimeout(this.timer),cancelAnimationFrame(this.due),document.removeEventListener("keydown",this.onKey),this.outbox.stop(),this.line.close(),this.board.destroy()}};function gi(r){let{parentElement:t}=r,e=fs.get(t);return e||(e=new gs(t),fs.set(t,e)),e.update(r),()=>{e.destroy(),fs.delete(t)}}var xi=`/* The training page: settings left, the live view in the middle, curves right, the transport on top. */

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
`;var Bn={"mlpviz.badge":{main:bs,style:ws},"mlpviz.sheet":{main:ti,style:Ve+ei},"mlpviz.train":{main:gi,style:Ve+xi}},bi=new WeakMap,Wn=new TextDecoder;function Fn(r,t){if(r.adoptedStyleSheets.some(s=>s.source===t))return;let e=new CSSStyleSheet;e.replaceSync(t),e.source=t,r.adoptedStyleSheets.push(e)}function uc(r){let{name:t,parentElement:e}=r,{main:s,style:i}=Bn[t];Fn(e.getRootNode(),i);let n=r.data instanceof Uint8Array?JSON.parse(Wn.decode(r.data)):r.data,o={},l=bi.get(e)??{};bi.set(e,l),l.update=o;let h=s({...r,data:n});return()=>{l.update===o&&h?.()}}export{uc as mount};
//# sourceMappingURL=mlpviz.js.map
