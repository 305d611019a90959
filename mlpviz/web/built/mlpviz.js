var Dt=`.badge {
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
`;var ln=[.01,.1,1,10,100,1e3,1e4,1e5],Fs=64,hn=6,qs={digits:3,fractions:!1};function _(o,{digits:t,fractions:e}=qs){let s=Math.abs(o),i=o<0?"−":"";if(s<1e6&&Number.isInteger(s))return i+s;if(!Number.isFinite(s))return Number.isNaN(s)?"NaN":`${i}∞`;let n=e&&pn(s);return n?i+n:s>=.001&&s<1e6?i+cn(s,Math.max(1,t+2-ln.filter(a=>a<=s).length)):i+Gs(dn(s,Math.min(t-1,2)))}function z(o){if(!Number.isFinite(o))return _(o);let t=Math.abs(o),e=t.toExponential(),s=Number(e.split("e")[1]);return(o<0?"−":"")+(s<-4||s>=16?Gs(e):t)}function Ks(o,t=qs){let e=_(o,t),s=z(o);return[e,s===e?"":s]}function U(o,t=1){let e=Math.abs(100*o);if(!(e<1e6))return Number.isFinite(e)?`${_(100*o)}%`:_(o);let s=a=>Number(is(e,a)),i=t;for(;i<hn&&[0,100].includes(s(i))&&!Wt(e,0)&&!Wt(e,100);)i+=1;let n=is(e,i);return Wt(e,Number(n))&&n.includes(".")&&(n=n.replace(/\.?0*$/,"")),`${o<0&&n!=="0"?"−":""}${n}%`}function jt(o){return Math.round(o).toLocaleString("en")}function O(o,...t){let e=o.flatMap((s,i)=>i<t.length?[s,t[i]]:[s]);return ht("",e)}function ht(o,t){let e=[],s=i=>{Array.isArray(i)?e.push(i):typeof e.at(-1)=="string"?e.push(e.pop()+i):i!==""&&e.push(String(i))};return t.forEach((i,n)=>{n&&s(o);for(let a of pt(i))s(a)}),e}function ct([o,t]){return t&&t!==o?[[o,t]]:[o]}function Us(o){return pt(o).map(t=>[t].flat().at(-1)).join("")}function G(o){return pt(o).map(t=>[t].flat()[0]).join("")}function pt(o){return Array.isArray(o)?o:[o].filter(t=>t!==""&&t!=null)}function cn(o,t){let e=is(o,t);return Wt(o,Number(e))?e.replace(/0+$/,"").replace(/\.$/,".0"):e}function Gs(o){let[t,e]=o.split("e"),s=Number(e);return`${t.includes(".")?t.replace(/\.?0+$/,""):t}e${s<0?"−":""}${Math.abs(s)}`}function pn(o){if(o<1/Fs||o>=1e3)return"";for(let t=1;t<=Fs;t++){let e=Math.round(o*t);if(e/t===o)return`${e}/${t}`}return""}function Wt(o,t){return Math.abs(o-t)<=1e-12*o}function Hs(o,t,e,s){let i=t<0?"":o.toExponential(100).replace(".","").split("e")[0].slice(t);return/^50*$/.test(i)&&/[13579]$/.test(e)?s.slice(0,-1).replace(/\.$/,""):e}function is(o,t){let e=t+1+Number(o.toExponential().split("e")[1]);return Hs(o,e,o.toFixed(t),o.toFixed(t+1))}function dn(o,t){let[[e,s],[i]]=[t,t+1].map(n=>o.toExponential(n).split("e"));return`${Hs(o,t+1,e,i)}e${s}`}function l(o,t={},...e){let s=document.createElement(o);for(let[i,n]of Object.entries(t))i.startsWith("on")?s.addEventListener(i.slice(2),n):n===!0?s.setAttribute(i,""):n!==!1&&n!=null&&s.setAttribute(i,n);return s.append(...e.filter(i=>i!=null)),s}function j(o){return o.getRootNode().activeElement}function dt(o,t){let e=(a,r,h)=>a instanceof HTMLTableCellElement?a:l(r,{scope:h},...[a].flat()),s=([a,...r])=>l("tr",{},e(a,"th","row"),...r.map(h=>e(h,"td",null))),i=(o??[]).map(a=>e(a,"th","col"));return[...o?[l("thead",{},l("tr",{},...i))]:[],l("tbody",{},...t.map(s))]}function nt(o,t,e){return l("table",o,...dt(t,e))}function At(o){let t=o.contains(j(o));o.open=!1,t&&o.querySelector("summary").focus()}function Ot(o){return o.addEventListener("keydown",t=>{t.key!=="Escape"||!o.open||(At(o),t.stopPropagation())}),o}function A(o,t={}){let e=document.createElementNS("http://www.w3.org/2000/svg",o);for(let[s,i]of Object.entries(t))e.setAttribute(s,i);return e}function ns(o,t){let e=A("title");return e.textContent=t,o.prepend(e),o}function gt([o,t],e,s){return ns(A("circle",{cx:o.toFixed(1),cy:t.toFixed(1),r:4,class:e}),s)}function Z(o,[t,e],s={}){return l(o,{...s,title:e||null},t)}function S(o,t){let e=typeof t=="string"?t:JSON.stringify(t);Vs.get(o)!==e&&(Vs.set(o,e),o.replaceChildren(...C(t)))}function C(o){return pt(o).map(t=>typeof t=="string"?t:Z("span",t,{class:"digits"}))}var Vs=new WeakMap,un="http://www.w3.org/1998/Math/MathML";function N(o,...t){let e=document.createElementNS(un,o);return e.append(...t),e}function Q(o){let t=document.createElement("template");return t.innerHTML=o,t.content.firstElementChild}function w(o,t){o.textContent!==t&&(o.textContent=t)}function y(o,t){for(let[e,s]of Object.entries(t))String(o[e])!==String(s)&&(o[e]=s)}function E(o,t,e){o.getAttribute(t)!==e&&o.setAttribute(t,e)}function F(o,t,e){let s=JSON.stringify(t);o.dataset.options!==s&&(o.replaceChildren(...t.map(([i,n])=>l("option",{value:i},n))),o.dataset.options=s),o.value!==e&&(o.value=e)}var mn="running",fn=150,gn=5e3,xn=200,ut=class{constructor(t){this.ask=t,this.painted=null,this.proof=null,this.element=l("div",{class:"badge",role:"status"})}show(t){t!==this.painted&&(this.painted=t,this.#t())}take(t){!t||!t.status&&t.version===this.proof?.version||(this.proof=t,this.#t())}#t(){if(clearTimeout(this.timer),this.painted===mn)return this.#s("checking","… learning: checked as soon as it pauses","One batch is then computed by NumPy, by PyTorch and by central differences");let{status:t,version:e,text:s,detail:i}=this.proof??{};if(t&&e===this.painted)return this.#s(t,s,i);this.#s("checking","… checking","NumPy, PyTorch and central differences are being compared"),this.painted!==null&&(this.timer=setTimeout(()=>this.#e(),fn))}#e(){this.timer=setTimeout(()=>this.#e(),this.ask()?gn:xn)}#s(t,e,s){this.element.dataset.status=t,this.element.textContent!==e&&(this.element.textContent=e),this.element.title=s}stop(){clearTimeout(this.timer),this.element.remove()}};function os(o,{address:t,channel:e}){let s=new ut(()=>e.send({page:"sheet",events:[{type:"check"}]}));return o.append(s.element),e.listen({onLost(){},onAnswer({proof:i,address:n}){Object.keys(n).length&&t.replace(n),s.take(i),s.show(i?.version??null)}}),()=>s.stop()}var as=`/* The colours and the type of all pages. Ground, text and type are the host's (--page-…), so that light and dark both work. */

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
`;var Ys=`/* The sheet, its transport bar and its side panel; the colours and controls are in palette.css. */

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
`;var xt=class{constructor(t,e){this.ask=t,this.save=e,this.saving=null}take(t){if(!t)return;let{number:e,at:s,size:i,name:n,type:a}=t;s===0&&this.saving?.number!==e&&(this.saving={number:e,parts:[],size:0});let{saving:r}=this;if(r?.number!==e||s!==r.size)return;let h=Uint8Array.from(atob(t.bytes),c=>c.charCodeAt(0));if(r.parts.push(h),r.size+=h.length,r.size<i)return this.ask({type:"download_piece",number:e,at:r.size});this.save(n,new Blob(r.parts,{type:a})),this.saving={number:e,parts:[],size:1/0}}skip(t){t&&(this.saving={number:t.number,parts:[],size:1/0})}};function yn(o){let t=JSON.stringify(o);return 3*t.length<=5e6?t.length:new TextEncoder().encode(t).length}var Js=0;function wt(){return Js+=1,`${Date.now().toString(36)}-${Js}`}var bt=class{constructor(t,{isPatient:e=i=>!1,refuse:s}){this.send=t,this.isPatient=e,this.refuse=s,this.waiting=[],this.underWay=null,this.sequence=0}add(t){let e=yn(t);if(e>5e6){let i=[(e/1e6).toFixed(1),5];return this.refuse(`Not changed: what you gave has ${i[0]} MB, at most ${i[1]} MB are allowed.`)}let s=this.waiting.at(-1);return t.gesture&&s?.gesture===t.gesture&&this.waiting.pop(),this.waiting.push(t),this.waiting.every(this.isPatient)||(this.waiting=this.waiting.filter(i=>!this.isPatient(i))),this.#t()}acknowledge(t){this.underWay?.sequence<=t&&(this.underWay=null),this.sequence=Math.max(this.sequence,t),this.#t()}retry(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),200))}stop(){clearTimeout(this.timer)}#t(){this.waiting.length&&(this.underWay&&(!this.underWay.events.every(this.isPatient)||this.waiting.every(this.isPatient))||(this.sequence+=1,this.underWay={sequence:this.sequence,events:this.waiting.splice(0)},this.#e()))}#e(){clearTimeout(this.timer),this.underWay&&(this.timer=setTimeout(()=>this.#e(),this.send(this.underWay)?3e3:200))}};var rs=class{#t=new Set;subscribe(t){return this.#t.add(t),()=>this.#t.delete(t)}set(t={}){Object.assign(this,t);for(let e of this.#t)e()}};function Bt(o){return Object.assign(new rs,o)}var vn=["layer","unit","product"],yt=class{#t=null;constructor(t){this.granularity="layer",this.step=0,this.sample=1,this.numbers="",this.second=null,this.read(t)}read(t){let[e,s,i,n,a,r]=(t??"").split(".");vn.includes(e)&&(this.granularity=e),s&&(this.step=Number(s)),i&&(this.sample=Number(i)),a&&(this.numbers=a),this.selection=n?n.replaceAll("-"," "):null,this.second=r?r.replaceAll("-"," "):null}get selection(){return this.#t}set selection(t){t!==this.#t&&(this.second=null),this.#t=t}toText(){let[t,e]=[this.selection,this.second].map(s=>(s??"").replaceAll(" ","-"));return[this.granularity,this.step,this.sample,t,this.numbers,e].join(".").replace(/\.+$/,"")}clamp(t){t.steps(this.granularity)||(this.granularity="layer",this.step=Math.min(this.step,t.steps("layer").length)),this.step=Math.max(0,Math.min(this.step,t.steps(this.granularity).length)),this.sample=Math.max(1,Math.min(this.sample,t.structure.samples)),this.selection&&!this.cell(t)&&(this.selection=null),this.second&&!(this.selection&&this.secondCell(t))&&(this.second=null)}cell(t){return Xs(this.selection,t)}secondCell(t){return Xs(this.second,t)}select(t){this.selection=t?zt(t):null}};function Xs(o,t){if(!o)return null;let[e,s,i=1,n=1]=o.split(" ");return t.cell(`${e}.${s}`,i-1,n-1)}function zt({block:o,r:t,c:e}){return[o.tensor,o.layer,t+1,e+1].join(" ")}var qt=class{constructor(t){this.cards=t,this.answers={}}get elements(){return Object.values(this.cards).map(t=>t.element)}paint(t,e,s,i){let n=Zs(t,e,s,i),{answers:a}=e;if(a&&a!==this.taken){this.taken=a;for(let[r,h]of Object.entries(a.cards))this.answers[r]={...Ft(this.cards[r],a,e,s),answer:h}}for(let[r,h]of Object.entries(this.cards)){let c=Qs(h,n),{place:p}=Ft(h,n.question,e,s),d=this.answers[r],u=c&&d?.place===p?d.answer:null;c&&h.isOpen?.(n.isSelected,i),h.show(u),y(h.element,{hidden:!(u||c&&h.isOpen)})}}missing(t,e,s,i){let n=Zs(t,e,s,i);return{cards:Object.entries(this.cards).filter(([h,c])=>!Qs(c,n)||!(c.isOpen?.(n.isSelected,i)??!0)?!1:this.answers[h]?.key!==Ft(c,n.question,e,s).key).map(([h])=>h),question:n.question,...Ft(null,n.question,e,s)}}};function Zs(o,t,e,s){let i=s!==null&&o.isKnown(o.at(s.block,s.r,s.c),e),{second:n,sample:a}=e;return{question:{focus:i?zt(s):null,second:n,sample:a},cell:s,model:o,isSelected:e.selection!==null,second:n,walked:t.walked}}function Qs(o,t){return(t.question.focus!==null||o.isOfNoCell===!0)&&o.wants(t)}function Ft(o,{focus:t,second:e,sample:s},{version:i},{numbers:n}){let a=o?.isOfNoCell?"":[t,e,s].join("|");return{place:a,key:`${i}|${a}|${n}`}}var kn=20,ti=250,$n=60,Kt=class{constructor(t){this.send=t,this.hasReviewed=!1}askForCards({cards:t,question:e,key:s,place:i}){let n=t.length?`${s}|${t}`:null;if(n===null)clearTimeout(this.explaining);else if(n!==this.wanted){let a=this.place===i,r=()=>this.send({type:"explain",cards:t,...e});clearTimeout(this.explaining),this.explaining=setTimeout(r,a?ti:kn)}this.wanted=n,this.place=i}askForReview({version:t},{numbers:e}){let s=`${t}|${e}`;if(s===this.reviewed)return;this.reviewed=s,clearTimeout(this.reviewing);let i=this.hasReviewed?ti:$n;this.reviewing=setTimeout(()=>this.send({type:"review"}),i)}takeReview(){this.hasReviewed=!0}stop(){clearTimeout(this.explaining),clearTimeout(this.reviewing)}};var Pt=document.createElement("canvas").getContext("2d",{willReadFrequently:!0});function ls(o){return Pt.clearRect(0,0,1,1),Pt.fillStyle="#888",Pt.fillStyle=o.trim(),Pt.fillRect(0,0,1,1),[...Pt.getImageData(0,0,1,1).data.slice(0,3)]}function T([o,t,e],s=1){return`rgb(${o} ${t} ${e} / ${s})`}var ei=10,Nt=class{constructor(t){let e=getComputedStyle(t),s=i=>ls(e.getPropertyValue(`--${i}`));this.positive=s("positive"),this.negative=s("negative"),this.mark=s("mark"),this.update=s("update"),this.text=ls(e.color),this.ground=ls(e.backgroundColor),this.classes=Array.from({length:ei},(i,n)=>s(`class-${n}`)),this.font=e.fontFamily,this.isDark=this.text[0]+this.text[1]+this.text[2]>this.ground[0]+this.ground[1]+this.ground[2],this.id=JSON.stringify([this.text,this.ground,this.positive]),this.tables=new Map}ofClass(t){return this.classes[t%ei]}mix(t,e){return t.map((s,i)=>Math.round(this.ground[i]+(s-this.ground[i])*e))}faint(t=.6){return T(this.mix(this.text,t))}#t(t,e){let s=this.tables.get(t);if(!s){this.tables.size>400&&this.tables.clear(),s=new Uint32Array(256);let i=new Uint8Array(s.buffer);for(let n=0;n<256;n++)i.set([...e(n/255),255],4*n);this.tables.set(t,s)}return s}get#e(){return this.isDark?.36:.56}between(t,e,s=!1){return this.#t(`${t}-${e} ${s}`,i=>{let n=s?1:Math.abs(2*i-1);return this.mix(i<.5?t:e,.06+this.#e*n)})}within(t,e,[s,i],n=!1){let[a,r]=[(s+i)/2,(i-s)/2||1],h=d=>Math.round(100*Math.min(9,Math.max(-9,(d-a)/r)))/100,[c,p]=[h(t),h(e)];return this.#t(`within ${c} ${p} ${n}`,d=>{let u=c+(p-c)*d;return this.mix(u<0?this.negative:this.positive,(this.isDark?.6:.75)*(n?1:Math.min(1,Math.abs(u))))})}bySign(t,e){let s=Math.max(Math.abs(t),Math.abs(e))||1,i=Math.round(255*-t/(e-t||1)),n=[Math.max(t,0),Math.max(-e,0)].map(r=>Math.round(255*r/s)),a=`sign ${e>t} ${i} ${n.join(" ")}`;return this.#t(a,r=>{let h=(t+(e-t)*r)/s;return this.mix(h<0?this.negative:this.positive,.85*Math.min(1,Math.abs(h)))})}strength(t,e=!1){return this.#t(`strength ${t} ${e}`,s=>this.mix(t,.06+this.#e*(e?1:s*s)))}};function vt(o){let t=atob(o),e=new Uint8Array(t.length);for(let s=0;s<t.length;s++)e[s]=t.charCodeAt(s);return e}var st=class{constructor(){this.canvas=document.createElement("canvas"),this.context=this.canvas.getContext("2d")}#t(t,e){this.canvas.width===t&&this.canvas.height===e&&this.image||(this.canvas.width=t,this.canvas.height=e,this.image=this.context.createImageData(t,e),this.pixels=new Uint32Array(this.image.data.buffer))}paint(t,e){this.#t(t.width,t.height);let s=vt(t.bytes);for(let i=0;i<s.length;i++)this.pixels[i]=e[s[i]];return this.context.putImageData(this.image,0,0),this.canvas}paintWinners(t,e,s){this.#t(t.width,t.height);let i=vt(t.bytes),n=vt(e.bytes);for(let a=0;a<i.length;a++)this.pixels[a]=s(i[a])[n[a]];return this.context.putImageData(this.image,0,0),this.canvas}};function Ut(o,t,e){let s=new st().paint(o,e.strength(e.text)),[i,n]=[`${t}px`,`${t}px`];return Object.assign(s.style,{width:i,height:n,imageRendering:"pixelated"}),s}function mt(o,t,e,{range:s=null,isHard:i=!1}={}){return t.bytes?o.paint(t,i?e.within(t.low,t.high,[-1,1],!0):e.bySign(t.low,t.high)):t.winner?o.paintWinners(t.winner,t.strength,n=>e.strength(e.ofClass(n),i)):t.kind==="classes"?o.paint(t.strength,e.between(e.ofClass(0),e.ofClass(1),i)):o.paint(t.strength,e.within(t.strength.low,t.strength.high,s??[t.strength.low,t.strength.high],i))}function q(o,t,e){let s=globalThis.devicePixelRatio||1,[i,n]=[Math.round(t*s),Math.round(e*s)];(o.width!==i||o.height!==n)&&(o.width=i,o.height=n);let a=o.getContext("2d");return a.setTransform(s,0,0,s,0,0),a.clearRect(0,0,t,e),a}function si(o){let[t,e,s]=getComputedStyle(o).color.match(/[\d.]+/g).map(Number);return(t>1||e>1||s>1?255:1)/2<(t+e+s)/3}function Gt(o,t,e,s){let i=l(o,{"data-control":t,"data-value":String(e),...s});return i.type==="checkbox"?i.checked=e:i.value=e,i}function kt(o,t,e,s){let i=l("select",{"data-control":o,"data-value":String(e),...s});return F(i,t,String(e)),i}function ii(o){for(let t of o.querySelectorAll("[data-value]"))t.type==="checkbox"?t.checked=t.dataset.value==="true":t.value=t.dataset.value}function Ht(o,t,e){return o.map(s=>{let{name:i,label:n,kind:a,sentence:r}=s,h=Mn(s,`${t}.${i}`,`${n} of ${t}`,c=>e(i,c));return l("label",{class:`knob ${a}`,title:`${n}: ${r}`},l("span",{},n),h)})}function Mn({kind:o,value:t,choices:e},s,i,n){let a={"aria-label":i};if(o==="bool")return Gt("input",s,t,{...a,type:"checkbox",onchange:({target:h})=>n(h.checked)});if(o==="choice"){let r=e.map(h=>[h,h]);return kt(s,r,t,{...a,onchange:({target:h})=>n(h.value)})}return Gt("input",s,[t].flat().map(z).join(" "),{...a,type:"text",inputmode:"decimal",class:"knob-number",onchange:({target:r})=>n(r.value)})}var Vt=class{constructor(t,{send:e,setSample:s}){this.store=t,this.send=e,this.setSample=s}samples({structure:t}){let{store:e}=this;this.buttons=Array.from({length:t.samples},(i,n)=>l("button",{type:"button",class:"sample","data-control":`sample.${n+1}`,title:`show sample ${n+1} in the drawing`,onclick:()=>this.setSample(n+1)},String(n+1)));let s=(i,n,a,r=!1)=>l("button",{type:"button",class:"quiet",...{"data-control":n,title:n,"aria-label":n},disabled:r,onclick:()=>this.send(a())},i);return l("div",{class:"graph samples"},l("span",{},"sample "),...this.buttons,s("+","add a sample",()=>({type:"add_sample"})),s("copy","duplicate this sample",()=>({type:"duplicate_sample",sample:e.view.sample})),s("−","remove this sample",()=>({type:"remove_sample",sample:e.view.sample}),t.samples<2))}mode({structure:t}){return t.hasModes?kt("mode",this.store.scene.modes,t.mode,{class:"quiet","aria-label":"training or evaluation",title:"how batch norm and dropout behave",onchange:({target:e})=>this.send({type:"set_mode",mode:e.value})}):null}paint(t){this.buttons.forEach((e,s)=>{e.classList.toggle("chosen",s===t.sample-1),E(e,"aria-pressed",String(s===t.sample-1))})}};function ni(o){let t=o.trim().replaceAll("−","-");return/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(t)?Number(t):null}function hs(o,{shiftKey:t,altKey:e}){return(Number.isInteger(o)?1:Math.abs(o)<10?.01:.1)*(t?10:1)*(e?.1:1)}function $t(o){return Number(o.toFixed(10))}function Lt(o,t,e){let s=10**Math.floor(Math.log10((e-t)/100)),i=t+Math.min(1,Math.max(0,o))*(e-t);return $t(Math.round(i/s)*s)}var _t=new Set(["weight","bias","gamma","beta","x"]),oi=new Set(["bias","gamma","beta","running_mean","running_var"]);function J({block:o,r:t,c:e}){return o.heat?o.canvas:o.elements[t*o.columns+e]}function En(o,t){let e=o.canvas.getBoundingClientRect();return{r:Math.min(o.rows-1,Math.max(0,Math.floor((t.clientY-e.top)/e.height*o.rows))),c:Math.min(o.columns-1,Math.max(0,Math.floor((t.clientX-e.left)/e.width*o.columns)))}}function ft(o,t){return o.t[t]||_(o.v[t],o.style)}function Rt(o,t){return o.v[t]===null?"":z(o.v[t])}function ot(o,t){return[ft(o,t),Rt(o,t)]}function ai({block:{tensor:o,layer:t},r:e,c:s},i,n){if(o==="a")return{type:"pin",layer:t,sample:s+1,unit:e+1,value:i};let a=o==="x"||o==="target",r=a?{layer:null,row:s+1,column:n?null:e+1}:{layer:t,row:e+1,column:oi.has(o)?null:s+1};return{type:"set",tensor:a||oi.has(o)?o:"weight",...r,value:i}}function Sn({block:{tensor:o,layer:t}},e){let s=o==="x"||o==="target";return{type:"paste",tensor:o,layer:s?null:t,text:e,transposed:s}}var Yt=class{constructor(t,e){this.store=t,this.send=e,this.sliding=null}of(t,e=this.store.model){let s=t.composedPath(),i=s.find(r=>r.dataset?.block);if(!i)return null;let n=e.byKey.get(i.dataset.block);if(n.heat){if(s[0]!==n.canvas)return null;if(t.clientX!==void 0)return{block:n,...En(n,t)};let r=this.store.view.cell(e);return r?.block===n?r:{block:n,r:0,c:0}}let a=s.find(r=>r.dataset?.r!==void 0);return a?{block:n,r:Number(a.dataset.r),c:Number(a.dataset.c)}:null}placeOf(t){return t.block.heat?t.block.canvas.parentElement:J(t)}valueOf({block:t,r:e,c:s}){let{model:i,scene:n}=this.store;return n.v[i.at(t,e,s)]??0}isPinned({block:t,r:e,c:s}){if(t.tensor!=="a")return!1;let{pins:i}=this.store.scene;return i.some(([n,a,r])=>n===t.layer&&a===e&&r===s)}isEditable(t){return t.block.editable===!0||this.isPinned(t)}isClassNumber(t){return t.tensor==="target"&&this.store.scene.targetIsClasses}within({block:t},e){if(t.tensor==="running_var")return Math.max(0,e);if(t.tensor!=="target")return e;let{model:s,scene:i}=this.store;if(this.isClassNumber(t)){let n=s.structure.bands.at(-1).units-1;return Math.min(n,Math.max(0,Math.round(e)))}return i.target_is_probability?Math.min(1,Math.max(0,e)):e}set(t,e,s=null){let i=ai(t,e,this.isClassNumber(t.block));this.send(s?{...i,gesture:s}:i)}setSeveral(t,e,s){let i=t.map((n,a)=>{let{type:r,...h}=ai(n,e[a],!1);return h});this.send({type:"set_numbers",numbers:i,gesture:s})}commitText(t,e){this.set(t,e)}drag(t,e,s){this.sliding!==s&&(this.gesture=wt()),this.sliding=s,this.set(t,$t(e),this.gesture)}endGesture(){this.sliding=null}paste(t,e){this.send(Sn(t,e))}toggleMask({block:t,r:e,c:s}){this.send({type:"toggle_mask",layer:t.layer,sample:s+1,unit:e+1})}togglePin(t){let{block:e,r:s,c:i}=t;return this.store.view.select(t),this.isPinned(t)?this.send({type:"unpin",layer:e.layer,sample:i+1,unit:s+1}):this.set(t,this.valueOf(t))}};var Tn="(max-width: 1199px)",Cn="(max-width: 600px)",cs=["closed","compact","whole"],An=30,Jt=class{constructor(t,{app:e,body:s,store:i,panel:n,above:a,below:r,restingCell:h,deselect:c}){this.host=t,this.app=e,this.body=s,this.store=i,this.panel=n,this.restingCell=h,this.deselect=c,this.level="closed",this.lifted=0;let p=d=>l("button",{type:"button","aria-controls":"explanation",onclick:d});n.id="explanation",this.more=p(()=>this.rise()),this.close=p(()=>this.level==="closed"?this.#i("compact"):this.#e()),this.grip=l("div",{class:"grip","aria-hidden":"true"}),this.card=l("div",{class:"explanation"},this.grip,l("div",{class:"levels"},this.more,this.close)),this.element=l("div",{class:"dock"},a,this.card,r),this.#r(),this.#i("closed")}watch(){this.stopListening=this.host.listen("resize",()=>this.settle()),this.stopLifting=this.host.onKeyboard(t=>this.#a(t)),this.size=new ResizeObserver(()=>this.#n()),this.size.observe(this.element),this.place()}stop(){this.stopListening(),this.stopLifting(),this.size.disconnect()}get isDocked(){return this.app.classList.contains("docked")}open(){this.isDocked&&this.level==="closed"&&this.#i("compact")}rise(){this.isDocked&&this.#i(this.level==="compact"?"whole":"compact")}step(){this.rise(),this.level==="whole"?this.more.focus({preventScroll:!0}):this.#s()}lower(){if(!this.isDocked||this.level==="closed")return!1;if(this.level==="whole")this.#s(),this.#i("compact");else{if(this.store.view.selection!==null&&this.#t()==="compact")return!1;this.#e()}return!0}#t(){return this.host.matches(Cn)?"closed":"compact"}#e(){this.#s(),this.#i("closed"),this.deselect()}#s(){if(!this.card.contains(j(this.card)))return;let t=this.restingCell();(t?J(t):this.close).focus({preventScroll:!0})}#i(t){this.level=t,this.isTurning=!0,E(this.element,"data-level",t);let e=t!=="closed",s=t==="whole",i=(n,a,r,h)=>{w(n,a),y(n,{title:r}),E(n,"aria-label",r),E(n,"aria-expanded",String(h))};i(this.more,s?"▾":"▴",s?"less of the explanation (E)":"the whole explanation (E)",s),i(this.close,e?"✕":"▴",e?"close the explanation (Escape)":"show the explanation (E)",e),y(this.more,{hidden:!e}),s||(this.card.scrollTop=0)}makeRoom(t){!t||this.isDocked||(this.needsRoom=!0,this.place())}settle(){this.needsRoom=!1,this.place()}place(){let{app:t,body:e}=this,s=this.host.matches(Tn)||this.needsRoom===!0||t.classList.contains("comparing");s!==this.isDocked&&(t.classList.toggle("docked",s),(s?this.card:e).append(this.panel),this.#i(s&&this.store.view.selection?"compact":this.#t()))}#n(){let{app:t}=this,{model:e,view:s}=this.store;if(!this.isDocked)return t.style.removeProperty("--dock");let i=this.element.offsetHeight,n=this.isTurning?1/0:i-this.height;this.height=i,this.isTurning=!1,t.style.setProperty("--dock",`${Math.round(i+this.lifted)}px`);let a=e&&s.cell(e);a&&this.level!=="closed"&&this.#o(J(a),n)}#o(t,e){let s=t.getBoundingClientRect().bottom-this.element.getBoundingClientRect().top;if(s<=0||s>e)return;let i=this.host.matches("(prefers-reduced-motion: reduce)");t.scrollIntoView({block:"nearest",inline:"nearest",behavior:i?"auto":"smooth"})}#a(t){t!==this.lifted&&(this.lifted=t,this.element.classList.toggle("lifted",t>0),this.element.style.bottom=t?`${t}px`:"",this.isTurning=!0,this.#n())}#r(){let t=null,e=i=>i===this.grip||i.closest(".main h2")!==null;this.card.addEventListener("pointerdown",i=>{i.button!==0||!e(i.target)||(t={y:i.clientY,height:this.card.offsetHeight},this.card.setPointerCapture(i.pointerId))}),this.card.addEventListener("pointermove",i=>{t&&(this.card.style.height=`${Math.max(36,t.height+t.y-i.clientY)}px`)});let s=i=>{if(!t)return;let n=t.y-i.clientY;if(t=null,this.card.style.height="",i.type==="pointercancel")return;let a=cs.indexOf(this.level);if(Math.abs(n)<An)return this.rise();let r=cs[Math.min(cs.length-1,Math.max(0,a+Math.sign(n)))];return r==="closed"?this.#e():this.#i(r)};this.card.addEventListener("pointerup",s),this.card.addEventListener("pointercancel",s)}};var On=8,ri={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]},Xt=class{constructor(t,{store:e,cells:s,selection:i,notify:n}){this.store=e,this.cells=s,this.selection=i,this.notify=n,this.#t(t),this.#e(t)}#t(t){let{cells:e,selection:s}=this;t.addEventListener("pointermove",i=>{!i.buttons&&!e.sliding&&s.hoverAt(e.of(i))}),t.addEventListener("pointerleave",()=>s.hoverAt(null)),t.addEventListener("focusin",i=>{let n=e.of(i);n&&!s.isPicking&&i.target.matches(":focus-visible")&&s.select(n)}),t.addEventListener("click",i=>{let n=e.of(i);n?.block.editable==="toggle"&&e.toggleMask(n)}),t.addEventListener("dblclick",i=>{let n=e.of(i);n&&this.#s(n)})}#e(t){let{cells:e,selection:s}=this,i=null,n=null;t.addEventListener("pointerdown",r=>{let h=e.of(r);if(n=r.pointerType==="touch"?h:null,!h||r.button!==0||r.target.closest("input"))return;if(!n){if(s.takesSecond(h,r))return;s.select(h)}if(!e.isEditable(h))return;let c=e.valueOf(h);i={cell:h,x:r.clientX,start:c,gesture:wt(),moved:!1,pointer:r.pointerId}}),t.addEventListener("pointermove",r=>{if(!i||r.pointerId!==i.pointer)return;let h=Math.trunc((r.clientX-i.x)/On);if(!i.moved&&h===0)return;i.moved||t.setPointerCapture(r.pointerId),!i.moved&&n&&s.select(i.cell),n=null,i.moved=!0,r.preventDefault();let c=e.within(i.cell,$t(i.start+h*hs(i.start,r)));c!==i.last&&e.set(i.cell,c,i.gesture),i.last=c}),t.addEventListener("click",r=>{n&&!s.takesSecond(n,r)&&s.select(n),n=null});let a=()=>{i=null};t.addEventListener("pointerup",a),t.addEventListener("pointercancel",a),t.addEventListener("keydown",r=>{r.key!=="Escape"||!i?.moved||(e.set(i.cell,i.start,i.gesture),i=null,r.stopPropagation())})}#s(t,e=null){let{cells:s}=this;if(t.block.editable!==!0&&t.block.editable!=="pin")return;let i=z(s.valueOf(t));zn(s.placeOf(t),i,e,n=>s.commitText(t,n))}key(t,e){let{store:s,cells:i,selection:n}=this,a=s.view.cell(s.model);if(!a)return!1;let{block:r}=a;if(e===r.canvas&&t.shiftKey&&ri[t.key]){let[h,c]=ri[t.key],p=s.model.cell(r.key,a.r+h,a.c+c);return p&&n.select(p),!0}if(t.key==="ArrowUp"||t.key==="ArrowDown"){if(!i.isEditable(a))return!1;let h=i.valueOf(a),c=(t.key==="ArrowUp"?1:-1)*hs(h,t);return i.set(a,i.within(a,$t(h+c))),!0}if(r.editable==="toggle"){if(t.key!=="Enter")return!1;i.toggleMask(a)}else if(t.key==="Enter"||t.key==="F2")this.#s(a);else if(/^[0-9.−-]$/.test(t.key))this.#s(a,t.key);else return!1;return!0}paste(t){let{store:e,cells:s}=this,i=e.view.cell(e.model);if(!i||t.composedPath()[0].matches?.("input, textarea"))return;let n=t.clipboardData?.getData("text");if(!n)return;if(t.preventDefault(),i.block.editable===!0)return s.paste(i,n);this.notify(`Not changed: ${i.block.title} is computed. To paste a matrix, select a number that can be edited, such as a weight or an input.`,!0)}};function zn(o,t,e,s){if(o.querySelector("input"))return;let i=l("input",{type:"text",inputmode:"decimal",class:"typing","aria-label":"new value"});i.value=e??t;let n=!1,a=r=>{if(n)return;n=!0;let h=i.value;i.remove(),(o.querySelector("canvas")??o).focus(),r&&s(h)};i.addEventListener("keydown",r=>{r.stopPropagation(),r.key==="Enter"&&a(!0),r.key==="Escape"&&a(!1),r.key==="Tab"&&a(i.value!==t)}),i.addEventListener("blur",()=>a(i.value!==t)),o.append(i),i.focus(),e===null&&i.select()}var Zt=class{#t={};constructor(t,e){this.own=t,this.other=e}follow({granularity:t,step:e}){let{own:s,other:i}=this,n=i.steps(t)?t:"layer",a=n===t?4:1,r=(p,[d,...u])=>[p.blocks[d].key,...u].slice(0,a).join(" "),h=s.steps(t),c=i.steps(n);if(e>=h.length)return{granularity:n,step:c.length};this.#t[n]??=new Map(c.map((p,d)=>[r(i,p),d+1]));for(let p=e-1;p>=0;p--){let d=this.#t[n].get(r(s,h[p]));if(d!==void 0)return{granularity:n,step:d}}return{granularity:n,step:0}}};function ps(o,t){let e=new Set;for(let[s,i]of Object.entries(o)){let{offset:n}=t.byKey.get(s);i.forEach((a,r)=>{a&&e.add(n+r)})}return e}function ds(o){let t=l("figure",{class:`block ${o.phase}`,"data-block":o.key});if(o.figure=t,o.chars=0,o.heat)return t.append(_n(o)),t;let e=l("tr",{role:"row"},l("td",{role:"cell"}));for(let i=0;i<o.columns;i++)e.append(l("th",{role:"columnheader",scope:"col"},o.columnNoun?`${o.columnNoun} ${i+1}`:o.symbol));let s=l("tbody",{role:"rowgroup"});o.elements=[];for(let i=0;i<o.rows;i++){let n=l("tr",{role:"row"},l("th",{role:"rowheader",scope:"row"},`${o.rowNoun} ${i+1}`.trim()));for(let a=0;a<o.columns;a++){let r=l("td",{role:"cell",tabindex:"0","data-r":i,"data-c":a});o.elements.push(r),n.append(r)}s.append(n)}return o.texts=o.elements.map(i=>i.appendChild(document.createTextNode(""))),o.names=o.elements.map(()=>""),t.append(l("table",{role:"table"},l("caption",{},o.symbol,l("span",{class:"of"},o.caption.slice(o.symbol.length))),l("thead",{role:"rowgroup"},e),s)),t}function Pn(o,t){let e=1;for(let s=o.offset;s<o.offset+o.rows*o.columns;s++)e=Math.max(e,t.t[s].length);return e<=o.chars?!1:(o.chars=e,o.figure.style.setProperty("--chars",e),!0)}function Nn(o,{tensor:t,layer:e}){return t==="h"||t==="mask"?o.byKey.get(`mask.${e}`):t===o.structure.bands[e].read?o.byKey.get(`slope.${e}`):null}function Qt(o,t,e,s,i,n,a){let r=o.reveals[e.granularity],h=new Set(t.pins.map(([p,d,u])=>o.at(o.byKey.get(`a.${p}`),d,u))),c=!1;for(let p of o.blocks){if(p.heat){Rn(o,p,t,e,s,a);continue}Pn(p,t)&&(c=!0);let d=o.largest(p,t),u=Nn(o,p),f=p.columnNoun==="sample"&&p.columns>1?e.sample-1:-1;for(let m=0;m<p.elements.length;m++){let g=p.offset+m,b=i?.at===g,x=b||r[g]<=e.step,v=t.v[g],k=b?i.text:x?t.t[g]:"·",M=p.texts[m];M.data!==k&&(M.data=k);let $=x?v===null?"broken":v<0?"negative":v>0?"positive":"zero":"blank";x&&v&&($+=` t${Math.ceil(Math.abs(v)/d*10)}`),b&&($+=" partial"),p.editable===!0&&($+=" editable"),x&&u&&t.v[u.offset+m]===0&&($+=" closed"),h.has(g)&&($+=" pinned"),m%p.columns===f&&($+=" chosen"),x&&n?.has(g)&&($+=" differs"),x&&a?.has(g)&&($+=" changed");let I=s.get(g);I&&($+=` ${I}`),p.names[m]!==$&&(p.names[m]=$,p.elements[m].className=$)}}return c}function li({block:o,r:t,c:e},s,i,n,a){let r=s.at(o,t,e),h=s.isKnown(r,n),[c,p]=ot(i,r),d=o.heat?p||c:p===c?"":p,u=o.heat?o.canvas:o.elements[t*o.columns+e];u.title=h?[d,Us(a??"")].filter(Boolean).join(`
`):""}var Ln=150;function _n(o){let t=Math.max(2,Math.floor(Ln/Math.max(o.rows,o.columns)));o.scale=t;let e=`${o.caption}: ${o.rows} by ${o.columns} numbers`;return o.canvas=l("canvas",{width:o.columns*t,height:o.rows*t,tabindex:"0",role:"img","aria-label":`${e}, as a heat map; Shift and an arrow key move from number to number`}),l("div",{class:"heat"},l("span",{class:"heat-caption"},`${o.symbol} ${o.rows}×${o.columns}`),o.canvas)}function Rn(o,t,e,s,i,n){let a=o.reveals[s.granularity],{canvas:r,scale:h,rows:c,columns:p}=t,d=getComputedStyle(r),[u,f,m,g,b]=["--positive","--negative","--empty","--mark","--corner"].map(k=>d.getPropertyValue(k)),x=r.getContext("2d"),v=o.largest(t,e);x.clearRect(0,0,r.width,r.height);for(let k=0;k<c;k++)for(let M=0;M<p;M++){let $=o.at(t,k,M),I=e.v[$],X=a[$]<=s.step;x.globalAlpha=1,x.fillStyle=m,x.fillRect(M*h,k*h,h-1,h-1),X&&I!==null&&(x.globalAlpha=v>0?Math.abs(I)/v:0,x.fillStyle=I<0?f:u,x.fillRect(M*h,k*h,h-1,h-1)),X&&n?.has($)&&In(x,b,M*h,k*h,Math.max(2,h/3)),i.has($)&&(x.globalAlpha=1,x.strokeStyle=g,x.lineWidth=1.5,x.strokeRect(M*h+.5,k*h+.5,h-2,h-2))}}function In(o,t,e,s,i){o.globalAlpha=1,o.fillStyle=t,o.beginPath(),o.moveTo(e,s),o.lineTo(e+i,s),o.lineTo(e,s+i),o.fill()}function hi(o,t){let{structure:e}=o,s=e.bands.map(i=>Dn(o,i,t));return s.push(Wn(o,t)),s}function Dn(o,t,e){let{layer:s}=t,i=l("div",{class:"side"},l("h3",{},t.label));if(!e)i.append(s>0?ci(t.chosen):l("span",{class:"sub"},"input"));else if(s>0){let n=l("select",{class:"quiet","data-of":s,"data-control":`activation.${s}`,"aria-label":`activation of layer ${s}`,onchange:a=>e({type:"set_activation",layer:s,key:a.target.value})});F(n,o.structure.activations,t.activation),i.append(n,...Ht(t.knobs,`the activation of layer ${s}`,(a,r)=>e({type:"set_activation_knob",layer:s,name:a,value:r})))}else i.append(l("span",{class:"sub"},"input"));return t.extras&&i.append(l("span",{class:"sub extras"},t.extras)),e&&i.append(Fn(o,t,e)),pi(o,l("section",{class:"band","data-layer":s,"aria-label":t.label},i,l("div",{class:"graph"})),o.blocks.filter(n=>n.layer===s&&n.phase!=="loss"&&n.tensor!=="target"))}function ci([o,t]){return l("span",{class:"sub",title:t===o?null:t},o)}function Wn(o,t){let e=o.structure.layers,s=l("select",{class:"quiet loss","data-of":"loss","data-control":"loss","aria-label":"loss function",onchange:a=>t({type:"set_loss",key:a.target.value})}),i=l("div",{class:"side"},l("h3",{},"loss"),t?s:ci(o.structure.lossChosen),...t?Ht(o.structure.lossKnobs,"the loss",(a,r)=>t({type:"set_loss_knob",name:a,value:r})):[]),n=o.blocks.filter(a=>a.layer===e&&(a.phase==="loss"||a.tensor==="target"));return pi(o,l("section",{class:"band","data-layer":"loss","aria-label":"loss"},i,l("div",{class:"graph"})),n)}function jn(o,t){let e=new Map;for(let i of t)e.set(i.line,[...e.get(i.line)??[],i]);if(e.size<2)return l("div",{class:`column ${o}`},...t.map(i=>ds(i)));let s=[...e].sort(([i],[n])=>i-n);return l("div",{class:`column ${o} stacked`},...s.map(([,i])=>l("div",{class:"line"},...i.map(n=>ds(n)))))}function pi(o,t,e){for(let[s]of o.structure.columns){let i=e.filter(n=>n.column===s);t.append(jn(s,i))}return t}var Bn=2**32;function Fn(o,t,e){let{layer:s,units:i,bias:n}=t,a=(p,d,u=!1)=>l("button",{type:"button",disabled:u,onclick:f=>{At(f.target.closest("details")),e(d)}},p),r=s?"unit":"input",h=[a(s?"add a unit":"add an input",{type:"widen",layer:s}),a(`remove the last ${r}`,{type:"narrow",layer:s},i<2),a("add a layer after this",{type:"add_layer",after:s})];s&&(h.push(a("remove this layer",{type:"remove_layer",layer:s},o.structure.layers<2)),h.push(a(n?"remove the bias":"add a bias",{type:"set_bias",layer:s,on:!n})),h.push(...qn(o,t,e)));let c=l("details",{class:"menu","data-menu":s},l("summary",{"data-control":`menu.${s}`,"aria-label":s?`change layer ${s}`:"change the input"},"⋯"),l("div",{},...h));return Ot(c),c.addEventListener("focusout",p=>{c.isConnected&&!c.contains(p.relatedTarget)&&(c.open=!1)}),c}function qn(o,{layer:t,norm:e,normKnobs:s,dropout:i,skip:n,skips:a,inner:r},h){let c=`layer ${t}`,p=(f,m,...g)=>l("label",{class:"knob",title:m},l("span",{},f),...g),d=[p("norm","what stands between z and the activation",kt(`norm.${t}`,[["","none"],...o.structure.norms],e,{"aria-label":`norm of ${c}`,onchange:({target:f})=>h({type:"set_norm",layer:t,key:f.value||null})})),...Ht(s,`the norm of ${c}`,(f,m)=>h({type:"set_norm_knob",layer:t,name:f,value:m}))];if(!r)return d;let u=()=>Math.floor(Math.random()*Bn);return d.push(p("dropout","the chance of a unit to be dropped, from 0 to below 1",Gt("input",`dropout.${t}`,i,{type:"text",inputmode:"decimal",class:"knob-number","aria-label":`dropout rate of ${c}`,onchange:({target:f})=>h({type:"set_dropout",layer:t,rate:f.value,seed:u()})}))),i&&d.push(l("button",{type:"button","data-control":`redraw.${t}`,onclick:()=>h({type:"redraw_mask",layer:t,seed:u()})},"draw another mask")),a.length>1&&d.push(p("skip","what is added to the output of this layer",kt(`skip.${t}`,a,n,{"aria-label":`skip to ${c}`,onchange:({target:f})=>h({type:"set_skip",layer:t,around:Number(f.value)})}))),d}var Kn=2e3;function di(o,t,e){let{structure:s}=o,i=[...t.querySelectorAll(".band")],n=i[0].querySelector(".graph"),a=t.getBoundingClientRect(),r=n.getBoundingClientRect(),h=r.width;e.setAttribute("width",h),e.setAttribute("height",t.scrollHeight),e.style.left=`${r.left-t.parentElement.getBoundingClientRect().left}px`;let c=[];s.bands.forEach(({units:m},g)=>{let b=i[g].getBoundingClientRect(),x=b.top-a.top+t.scrollTop+b.height/2,v=Math.min(50,(h-8)/m),k=Math.max(2,Math.min(14,v*.45,b.height/2-2));c.push(Array.from({length:m},(M,$)=>({x:h/2+($-(m-1)/2)*v,y:x,radius:k})))});let p=A("g"),d=A("g"),u={nodes:[],edges:[]},f=s.bands.slice(1).reduce((m,{units:g},b)=>m+g*s.bands[b].units,0);for(let m=1;m<c.length&&f<=Kn;m++){let g=o.byKey.get(`weight.${m}`);c[m].forEach((b,x)=>c[m-1].forEach((v,k)=>{let M=A("line",{x1:v.x,y1:v.y+v.radius,x2:b.x,y2:b.y-b.radius});p.append(M),u.edges.push({line:M,block:g,at:o.at(g,x,k),name:`W ${x+1},${k+1} of layer ${m}`})}))}return c.forEach((m,g)=>m.forEach(({x:b,y:x,radius:v},k)=>{let M=A("g",{transform:`translate(${b} ${x})`});M.append(A("circle",{r:v}));let $=A("text",{dy:"0.35em"}),I=A("line",{x1:-v*.7,y1:v*.7,x2:v*.7,y2:-v*.7,class:"strike"});v>=9&&M.append($),M.append(I),d.append(M),u.nodes.push({group:M,text:$,number:g,unit:k})})),e.replaceChildren(p,Un(s,c,h),d),u}function Un(o,t,e){let s=A("g");return o.bands.forEach(({skip:i},n)=>{if(!i)return;let[a,r]=[t[n-i].at(-1),t[n].at(-1)],[h,c]=[a.x+a.radius+1,r.x+r.radius+1],p=Math.min(e-2,Math.max(h,c)+26);s.append(A("path",{class:"skip",d:`M${h} ${a.y} C${p} ${a.y} ${p} ${r.y} ${c} ${r.y}`}));let d=A("text",{class:"skip-sign",x:c+4,y:r.y-4});d.textContent="+",s.append(d)}),s}function ui(o,t,e,s,i){let n=s.sample-1,a=t.reveals[s.granularity],r=new Map;for(let{line:h,block:c,at:p}of o.edges){let d=e.v[p]??0;r.has(c)||r.set(c,t.largest(c,e)||1);let u=d<0?"negative":d>0?"positive":"zero",f=i.get(p)==="path"?"path":"marked",m=i.has(p)?`${u} ${f}`:u;E(h,"class",m),E(h,"stroke-width",(.8+1.4*(Math.abs(d)/r.get(c))).toFixed(1))}for(let{group:h,text:c,number:p,unit:d}of o.nodes){let u=p?`a.${p}`:"x.0",f=t.at(t.byKey.get(u),d,n),m=a[f]<=s.step,g=m?ft(e,f):"";w(c,g.length>7?`${g.slice(0,6)}…`:g),E(c,"class",g.length>3?"long":"");let b=t.byKey.get(`slope.${p}`),x=m&&b&&e.v[t.at(b,d,n)]===0,v=t.byKey.get(`mask.${p}`),k=v&&e.v[t.at(v,d,n)]===0,M=e.pins.some(([X,on,an])=>X===p&&on===d&&an===n),$=["z","n","h","a","grad_a","grad_h","grad_n","grad_z","x","grad_x"].map(X=>t.byKey.get(`${X}.${p}`)).map(X=>X&&i.get(t.at(X,d,n))).find(Boolean),I=["node",x&&!M&&"closed",k&&"dropped",M&&"pinned",$].filter(Boolean).join(" ");E(h,"class",I)}}function mi(o,t,e,s,i){let n=o.edges.find(({line:m})=>m===t),a=n?null:o.nodes.find(({group:m})=>m.contains(t));if(!n&&!a)return;let r=a?.number?`a.${a.number}`:"x.0",h=n?.at??e.at(e.byKey.get(r),a.unit,i.sample-1),c=a?.number?`a of unit ${a.unit+1}, layer ${a.number}`:`x ${a?.unit+1}`,p=n?.name??`${c}, sample ${i.sample}`,d=e.isKnown(h,i),u=n?n.line:a.group,f=u.querySelector("title")??u.appendChild(A("title"));w(f,d?`${p}: ${Rt(s,h)||s.t[h]}`:p)}var Gn=[[],["dense"],["tall"],["tall","dense"],["tall","dense","deep"]];var te=class{constructor(t,e,s){this.frame=t,this.sheet=e,this.fold=s,this.restart()}restart(){this.at=0,this.columns=1/0,this.width=this.frame.clientWidth}hasResized(){return Math.abs(this.frame.clientWidth-this.width)>24}fit(t){let e=`${this.at} ${this.columns}`;this.#t(this.at);let s=this.frame.closest(".beside")!==null;for(;this.#e()&&this.at<(s?5:4)-1;)this.at+=1,this.#t(this.at);for(;!s&&this.#e()&&this.#s(t););return this.isTooWide=this.#e(),e!==`${this.at} ${this.columns}`}follow(t){this.applied!==Math.max(t,this.at)&&this.#t(Math.max(t,this.at))}#t(t){this.applied=t;for(let e of["dense","tall","deep"])this.sheet.classList.toggle(e,Gn[t].includes(e))}#e(){return this.frame.scrollWidth>this.frame.clientWidth}#s(t){return this.columns=Math.max(0,...t.filter(({heat:e})=>!e).map(({columns:e})=>e)),this.columns<=4?!1:(this.fold(this.columns),!0)}};var ee=class{constructor(t,e){this.structure=t,this.blocks=t.blocks,this.byKey=new Map,this.cells=0;for(let s of[...t.blocks,...e.map(([i,n,a])=>({key:i,rows:n,columns:a,hidden:!0}))])s.offset=this.cells,this.cells+=s.rows*s.columns,this.byKey.set(s.key,s);this.reveals={};for(let[s,i]of Object.entries(t.steps))this.reveals[s]=this.#t(i)}#t(t){let e=new Int32Array(this.cells);return t.forEach(([s,i,n,,...a],r)=>{for(let h of[s,...a]){let c=this.blocks[h];for(let p=0;p<c.rows;p++)if(!(i>=0&&p!==i))for(let d=0;d<c.columns;d++)(n<0||d===n)&&(e[c.offset+p*c.columns+d]=r+1)}}),e}largest({offset:t,rows:e,columns:s},i){let n=0;for(let a=t;a<t+e*s;a++)n=Math.max(n,Math.abs(i.v[a]??0));return n}at(t,e,s){return t.offset+e*t.columns+s}isKnown(t,{granularity:e,step:s}){return this.reveals[e][t]<=s}cell(t,e,s){let i=this.byKey.get(t);return i&&e>=0&&s>=0&&e<i.rows&&s<i.columns?{block:i,r:e,c:s}:null}resolve([t,e,s],{block:i,r:n,c:a},r=0){let{count:h}=i.rule,{samples:c}=this.structure,p=d=>{switch(d){case"r":return n;case"c":return a;case"k":return r;case"rk":return n*h+r;case"k/N":return Math.floor(r/c);case"k%N":return r%c;default:return d}};return{block:this.byKey.get(t),r:p(e),c:p(s)}}references(t,e=1/0){let{rule:s}=t.block,i=s.refs.map(n=>this.resolve(n,t));for(let n=0;n<Math.min(s.count,e);n++)i.push(...s.factors.map(a=>this.resolve(a,t,n)));return i.push(...s.plus.slice(0,Math.max(0,e-s.count)).map(n=>this.resolve(n,t))),i}sources(t,e=1/0){let s=this.references(t,e);for(let{count:i,sources:n}of t.block.rule.details)for(let a=0;a<Math.min(i,e);a++)s.push(...n.map(r=>this.resolve(r,t,a)));return s.filter(({block:i})=>!i.hidden)}steps(t){return this.structure.steps[t]}translate(t,e,s){if(t===0)return 0;let i=this.steps(e)[t-1][0];return this.steps(s).findLastIndex(n=>n[0]===i||n.slice(4).includes(i))+1||0}phases(t){let e=new Map;return this.steps(t).forEach(([s],i)=>{let{phase:n}=this.blocks[s],a=e.get(n)??[i+1,i+1];e.set(n,[a[0],i+1])}),this.structure.phases.filter(([s])=>e.has(s)).map(([s,i])=>[s,i,...e.get(s)])}};var Mt=class{constructor({controls:t,corner:e,send:s,onResize:i}){this.corner=e,this.controls=t,this.send=s,this.drawingLayer=A("svg",{class:"drawing","aria-hidden":"true"}),this.drawingLayer.addEventListener("pointerover",({target:n})=>this.drawing&&mi(this.drawing,n,this.model,this.scene,this.view)),this.sheet=l("div",{class:"sheet"}),this.element=l("div",{class:"sheet-scroll"},this.sheet),this.element.addEventListener("scroll",()=>{this.drawingLayer.style.translate=`${this.element.scrollLeft}px`,this.sheet.classList.toggle("scrolled",this.element.scrollLeft>0)},{passive:!0}),this.layout=new te(this.element,this.sheet,n=>this.#e(n)),this.observer=new ResizeObserver(()=>{!this.model||!this.element.clientWidth||(this.layout.hasResized()&&this.#t(),this.isFitted=!1,this.drawing=null,i())}),this.observer.observe(this.sheet),this.observer.observe(this.element)}take(t,e){let s=this.model?.structure.id!==t.id;return this.scene=e,s&&(this.model=new ee(t,e.hidden),this.#t()),s}restoreMenus(){let{structure:t}=this.model;for(let e of this.bands){let s=e.querySelector("select"),i=s?.dataset.of;i==="loss"?F(s,t.losses,this.scene.loss):s&&y(s,{value:t.bands[Number(i)].activation})}}#t(){for(let t of this.model.blocks)t.heat=t.isGivenAsHeat??=t.heat;this.#s(),this.layout.restart(),this.isFitted=!1}#e(t){for(let e of this.model.blocks)e.heat||=e.columns>=t;this.#s(),Qt(this.model,this.scene,this.view,new Map)}#s(){let t=this.model.structure.columns.map(([d,u])=>l("div",{class:`heading ${d}`},u)),e=j(this.sheet),s=this.sheet.contains(e)?e:null,i=s?.dataset.control,n=s?.closest("[data-block]")?.dataset.block,{r:a=0,c:r=0}=s?.dataset??{},h=this.sheet.querySelector("details[open]")?.dataset.menu;this.bands=hi(this.model,this.send),this.sheet.replaceChildren(this.drawingLayer,l("div",{class:"headings"},l("div",{class:"side"},this.corner?.(this.model)),this.controls(this.model),...t),...this.bands);let c=h&&i&&this.sheet.querySelector(`[data-menu="${h}"]`);c&&(c.open=!0),i&&this.sheet.querySelector(`[data-control="${i}"]`)?.focus();let p=n&&this.model.cell(n,Number(a),Number(r));p&&queueMicrotask(()=>J(p).focus({preventScroll:!0})),this.drawing=null}paint(t,e,s,i,n){let{model:a,scene:r}=this;this.view=t,(Qt(a,r,t,e,s,i,n)||!this.isFitted)&&this.layout.fit(a.blocks)&&(this.drawing=null,Qt(a,r,t,e,s,i,n)),this.isFitted=!0,this.drawing||(this.drawing=di(a,this.sheet,this.drawingLayer)),ui(this.drawing,a,r,t,e);let c=a.steps(t.granularity)[t.step-1],p=c&&a.blocks[c[0]],d=p&&(p.phase==="loss"?"loss":String(p.layer));for(let u of this.bands)u.classList.toggle("current",u.dataset.layer===d);return p}stop(){this.observer.disconnect()}};var Hn="(min-width: 1200px)",se=class{constructor(t,{app:e,store:s,own:i,cells:n,selection:a,send:r,insert:h,placed:c,paint:p}){this.host=t,this.app=e,this.store=s,this.own=i,this.cells=n,this.selection=a,this.insert=h,this.placed=c,this.paint=p;let d=(f,m,g)=>l("button",{type:"button",title:m,"aria-label":m,onclick:g},f),u=(f,m,g)=>l("button",{type:"button",title:m,onclick:()=>this.flip(g)},f);this.differences=l("ul",{class:"differences"}),this.losses=l("b"),this.delta=l("p",{class:"delta",role:"status"}),this.here=u("here","show the network that is edited (C)",!1),this.there=u("there","show the one beside it (C)",!0),this.together=l("input",{type:"checkbox",onchange:()=>r({type:"together"})}),this.element=l("section",{class:"comparison",hidden:!0,"aria-label":"comparison"},l("span",{class:"pill"},"loss ",this.losses),this.differences,this.delta,l("label",{},this.together,"edits go to both"),d("⇄ Swap","swap: edit the right one",()=>r({type:"swap"})),d("Adopt the right one","go on with the right one",()=>r({type:"adopt"})),d("✕","stop comparing",()=>r({type:"stop_comparing"}))),this.choice=l("div",{class:"shown-one",role:"group","aria-label":"which network is shown"},this.here,this.there),this.view=new yt,this.other=null,this.stopListening=t.listen("resize",()=>this.#t())}stop(){this.stopListening(),this.other?.stop()}take(t,e){if(this.element.hidden=!t,this.app.classList.toggle("comparing",!!t),this.placed(),!t)return this.other?.stop(),this.other?.element.remove(),this.other=this.ownDiffers=this.otherDiffers=null,this.#t();this.other??=this.#s(),this.other.take(e.get(t.structure),t);let[s,i]=[this.own.model,this.other.model];(this.lockstep?.own!==s||this.lockstep.other!==i)&&(this.lockstep=new Zt(s,i),this.#t()),this.deltas=t.deltas,this.ownDiffers=ps(t.deltas,s),this.otherDiffers=ps(t.deltas,i);let n=t.differences.length?t.differences:["no difference"];this.differences.replaceChildren(...n.map(a=>l("li",{},a))),y(this.together,{checked:t.together})}#t(){if(this.app.classList.toggle("beside",this.other!==null&&this.host.matches(Hn)),!this.other)this.lockstep=null;else for(let{layout:t}of[this.own,this.other])t.isTooWide=!1}#e(){let t=[this.own.layout,this.other.layout];if(t.some(({isTooWide:s})=>s))return this.app.classList.remove("beside");let e=Math.max(...t.map(s=>s.at));for(let s of t)s.follow(e)}#s(){let t=new Mt({controls:()=>l("div",{class:"graph"}),onResize:this.paint});t.element.classList.add("other"),this.#i(!1),this.insert(t.element);let e=i=>{let n=this.cells.of(i,t.model);this.selection.hoverAt(n&&this.own.model.cell(n.block.key,n.r,n.c))};for(let i of["pointermove","focusin","click"])t.sheet.addEventListener(i,e);t.sheet.addEventListener("pointerleave",()=>this.selection.hoverAt(null));let s=(i,n)=>i.addEventListener("scroll",()=>{n.scrollLeft=i.scrollLeft},{passive:!0});return s(this.own.element,t.element),s(t.element,this.own.element),t}flip(t=!this.app.classList.contains("there")){this.other&&this.#i(t)}#i(t){this.app.classList.toggle("there",t),E(this.here,"aria-pressed",String(!t)),E(this.there,"aria-pressed",String(t))}elementOf({block:t,r:e,c:s}){if(!this.other?.element.offsetParent||this.own.element.offsetParent)return null;let i=this.other.model.cell(t.key,e,s);return i?J(i):null}render(t,e){let{other:s}=this;if(!s)return;let{model:i}=s,n=Math.min(t.sample,i.structure.samples);Object.assign(this.view,this.lockstep.follow(t),{sample:n});let a=e&&i.cell(e.block.key,e.r,e.c),r=new Map(a?[[i.at(a.block,a.r,a.c),"focus"]]:[]);s.paint(this.view,r,null,this.otherDiffers),this.app.classList.contains("beside")&&this.#e();let h=(c,p)=>{let d=c.model.byKey.get(`loss.${c.model.structure.layers}`);return us(c,{block:d,r:0,c:0},p)};S(this.losses,O`${h(this.own,t)} | ${h(s,this.view)}`),S(this.delta,e?this.#n(e,a,t):"")}#n(t,e,s){let i=us(this.own,t,s);if(G(i)==="·")return"";if(!e)return O`here ${i}; the right one has no such number`;let n=this.deltas[t.block.key]?.[t.r*t.block.columns+t.c];return n?O`here ${i}, there ${us(this.other,e,this.view)}: Δ ${n}`:O`${i} in both`}};function us({model:o,scene:t},{block:e,r:s,c:i},n){let a=o.at(e,s,i);return o.isKnown(a,n)?ct(ot(t,a)):"·"}function P(o,t){let[e,s]=o,[i,n]=t,a=s===e?0:(n-i)/(s-e),r=s===e?(i+n)/2:i,h=c=>r+a*(c-e);return h.invert=c=>{let p=n===i?.5:(c-i)/(n-i);return e+(s-e)*Math.min(1,Math.max(0,p))},h.domain=o,h}function ie(o,t){let e=P(o.map(Math.log10),t),s=i=>e(Math.log10(i));return s.invert=i=>10**e.invert(i),s.domain=o,s}function H(o){let[t,e]=[1/0,-1/0];for(let s of o)s!=null&&(s<t&&(t=s),s>e&&(e=s));return t<=e?[t,e]:null}function ms([o,t],e){return t>o?[o,t]:[o-e,t+e]}function tt(o,t,e){if(!(t>o))return[o];let s=(t-o)/e,i=10**Math.floor(Math.log10(s)),n=[1,2,5,10].find(r=>r*i>=s)*i,a=[];for(let r=Math.ceil(o/n-1e-9);r*n<=t+n*1e-9;r++)a.push(r*n);return a}function fi(o,t){let e=[],[s,i]=[Math.ceil(Math.log10(o)-1e-9),Math.floor(Math.log10(t)+1e-9)],n=Math.max(1,Math.ceil((i-s)/4));for(let a=s;a<=i;a+=n)e.push(10**a);return e.length?e:[o,t]}function et(o,t,{values:e,write:s=_,right:i,baseline:n}){o.textAlign=i===void 0?"center":"right",o.textBaseline=i===void 0?"alphabetic":"middle";for(let a of e)i===void 0?o.fillText(s(a),t(a),n):o.fillText(s(a),i,t(a));o.textBaseline="alphabetic"}function K(o,t,e,s,i){o.beginPath();let n=!1;for(let a=0;a<e.length;a++){let r=e[a]==null?Number.NaN:i(e[a]);if(!Number.isFinite(r)){n=!1;continue}let h=s(t?t[a]:a);n?o.lineTo(h,r):o.moveTo(h,r),n=!0}o.stroke()}function ne(o,t,e,s){o.beginPath(),o.moveTo(t,e),o.lineTo(t,s),o.stroke()}function fs(o){return o.filter(Boolean).map(e=>e.map(s=>s.toFixed(1)).join()).join(" ")}function oe(o,{width:t,height:e,edge:s=4,title:i}){let[n,a]=H(o)??[0,0],r=P([0,Math.max(1,o.length-1)],[s,t-s]),h=P([n,a],[e-s,s]),c=o.map((d,u)=>d===null?null:[r(u),h(d)]),p=A("svg",{viewBox:`0 0 ${t} ${e}`,class:"curve",role:"img","aria-label":i});return n<0&&a>0&&p.append(A("line",{x1:s,x2:t-s,y1:h(0),y2:h(0),class:"axis"})),p.append(A("polyline",{points:fs(c)})),{plot:p,points:c}}var D=240,gi=46,ae=class{constructor({set:t,back:e,isDark:s}){this.isDark=s,this.canvas=l("canvas",{width:D,height:D,"aria-hidden":"true"}),this.over=A("svg",{viewBox:`0 0 ${D} ${D}`,role:"img"}),this.axes=l("p",{class:"muted axes"}),this.sentence=l("p",{class:"sentence"}),this.element=l("section",{class:"card"},l("h2",{},"What would nudging two do?"),l("div",{class:"contour"},this.canvas,this.over),this.axes,this.sentence,l("button",{type:"button",onclick:e},"Back to one number"));let i=null;this.over.addEventListener("pointerdown",n=>{this.over.setPointerCapture(n.pointerId),i=wt(),t(this.#e(n),i)}),this.over.addEventListener("pointermove",n=>{n.buttons&&i&&t(this.#e(n),i)}),this.over.addEventListener("pointerup",()=>{i=null})}wants({isSelected:t,second:e}){return t&&e!==null}show(t){if(!t||this.shown===t)return;this.shown=t,this.#t(t);let{x:e,y:s,point:i,slope:n,updated:a,names:r,ends:h,sentence:c}=t,p=P([e[0],e.at(-1)],[0,D]),d=P([s[0],s.at(-1)],[D,0]),u=[p(i[0]),d(i[1])],f=[],m=Math.hypot(...n);if(m>0){let x=[u[0]-n[0]/m*gi,u[1]+n[1]/m*gi],v=`the negative gradient: ${gs(n.map(k=>-k))}`;f.push(xi(u,x,"down",v))}if(a&&(a[0]!==i[0]||a[1]!==i[1])){let x=[p(a[0]),d(a[1])],v=gs(a);f.push(xi(u,x,"update",`the update of these two, to ${v}`)),f.push(gt(x,"updated",`after the update: ${v}`))}f.push(gt(u,"here",`here: ${gs(i)}`)),this.over.replaceChildren(...f),this.over.setAttribute("aria-label",G(O`the loss over two numbers. ${c}`));let[g,b]=r.map((x,v)=>O`${x} from ${h[v][0]} to ${h[v][1]}`);S(this.axes,O`→ ${g}, ↑ ${b}; drag to set both`),S(this.sentence,c)}#t({losses:t,levels:e}){let s=Vn(t,e),i=this.canvas.getContext("2d"),n=i.createImageData(D,D),a=this.isDark(),r=a?[74,168,232]:[0,92,150],h=a?[38,40,46]:[246,247,248];for(let c=0;c<s.length;c++){let p=s[c]<0?1:s[c]/Math.max(1,e.length),u=c%D&&s[c]!==s[c-1]||c>=D&&s[c]!==s[c-D]?a?26:-34:0;for(let f=0;f<3;f++)n.data[c*4+f]=r[f]+(h[f]-r[f])*p**.7+u;n.data[c*4+3]=255}i.putImageData(n,0,0)}#e(t){let{x:e,y:s}=this.shown,i=this.over.getBoundingClientRect();return[Lt((t.clientX-i.left)/i.width,e[0],e.at(-1)),Lt(1-(t.clientY-i.top)/i.height,s[0],s.at(-1))]}};function Vn(o,t){let[e,s]=[o.length,o[0].length],i=new Int8Array(D*D);for(let n=0;n<D;n++){let a=(1-n/(D-1))*(e-1),r=Math.min(e-2,Math.floor(a)),h=a-r;for(let c=0;c<D;c++){let p=c/(D-1)*(s-1),d=Math.min(s-2,Math.floor(p)),u=p-d,[f,m,g,b]=[o[r][d],o[r][d+1],o[r+1][d],o[r+1][d+1]];if(f===null||m===null||g===null||b===null){i[n*D+c]=-1;continue}let x=(f*(1-u)+m*u)*(1-h)+(g*(1-u)+b*u)*h,v=0;for(;v<t.length&&x>t[v];)v++;i[n*D+c]=v}}return i}function xi(o,t,e,s){let i=Math.hypot(t[0]-o[0],t[1]-o[1])||1,[n,a]=[(t[0]-o[0])/i,(t[1]-o[1])/i],r=Math.min(7,i),h=[t[0]-n*r,t[1]-a*r],c=[-1,1].map(b=>[h[0]+b*a*r*.55,h[1]-b*n*r*.55]),p=b=>b.map(x=>x.toFixed(1)).join(),[[d,u],[f,m]]=[o,t].map(b=>b.map(x=>x.toFixed(1))),g=ns(A("g",{class:e}),s);return g.append(A("line",{x1:d,y1:u,x2:f,y2:m})),g.append(A("polyline",{points:`${p(c[0])} ${p(t)} ${p(c[1])}`})),g}function gs(o){return`(${o.map(z).join(", ")})`}var re=class{constructor(){this.verdict=l("p",{class:"sentence verdict"}),this.paths=l("ol",{class:"paths"}),this.rest=l("p",{class:"muted"}),this.element=l("section",{class:"card why"},l("h2",{},"Why?"),this.verdict,this.paths,this.rest)}wants({cell:t,isSelected:e}){return e&&t.block.tensor.startsWith("grad_")}show(t){!t||this.shown===t||(this.shown=t,this.element.dataset.cause=t.cause,S(this.verdict,t.verdict),this.paths.replaceChildren(...t.paths.map(({product:e,equals:s,route:i,factors:n})=>l("li",{},Z("b",e),` ${s} `,...n.flatMap(([a,r,h],c)=>[c?" · ":"",l("span",{title:r?`${h}: ${r}`:h},c&&a.startsWith("−")?`(${a})`:a)]),l("span",{class:"route"},i)))),this.rest.replaceChildren(...t.paths.length?[...C(t.rest&&O`${t.rest}; `),"together ",Z("span",t.sum,{class:"sum"})]:[]))}path(t){return(this.element.hidden?[]:this.shown?.paths[0]?.edges??[]).map(([s,i,n])=>t.cell(`weight.${s}`,i,n)).filter(Boolean).map(({block:s,r:i,c:n})=>t.at(s,i,n))}};var Yn="input[type=text], textarea, select",Jn="button, summary, a, input[type=checkbox]",le=class{constructor({cellKey:t,actions:e,scrubber:s,second:i,send:n}){this.cellKey=t,this.actions=e,this.scrubber=s,this.second=i,this.send=n}key(t){let[e]=t.composedPath();if(e.matches?.(Yn))return;let s=t.ctrlKey||t.metaKey;if(s&&t.key.toLowerCase()==="z")return this.send({type:t.shiftKey?"redo":"undo"}),t.preventDefault();s||t.defaultPrevented||this.#t(t,e)&&t.preventDefault()}#t(t,e){let{second:s,scrubber:i}=this;if(s.isPicking()&&t.key==="Escape")return s.clear(),!0;if(s.isPicking()&&t.key==="Enter")return s.take(t);let n=e.matches?.(Jn)??!1,a=e.matches?.("input[type=range]")??!1;if(!n&&!a&&this.cellKey(t,e))return!0;if(a&&e!==i||n&&(t.key===" "||t.key==="Enter"))return!1;let r=this.actions[t.key];return r?.(),r!==void 0}};var at=class{constructor(t,e,s,...i){this.chosen=null,this.summary=l("summary",{},l("h2",{},e)),this.element=l("details",{class:`card folding ${s}`},this.summary,...i),this.summary.addEventListener("click",n=>{n.preventDefault(),this.chosen=!this.element.open,t()})}isOpen(t){let e=this.chosen??t;return y(this.element,{open:e}),e}};var Xn=new Set(["loss","loss_term","probabilities"]),he=class extends at{constructor(t){let e=l("div",{});super(t,"The loss, taken apart","loss-parts",e),this.parts=e}wants({cell:{block:t},model:e,isSelected:s}){let{layers:i}=e.structure;return t.layer===i&&(Xn.has(t.tensor)||s&&(t.tensor==="grad_a"||t.tensor==="grad_z"))}show(t){if(!t||this.shown===t)return;this.shown=t;let e=t.samples.map(([n,a,r])=>[n,C(a),Z("td",r,{class:"sum"})]),s=nt({class:"parts"},null,e),i=l("dl",{class:"factors"},...t.factors.flatMap(([n,a])=>[l("dt",{},Q(n)),l("dd",{},...C(a))]));this.parts.replaceChildren(s,l("p",{class:"total"},...C(t.total)),i,...t.slope?[l("p",{class:"sentence"},...C(t.slope))]:[],...t.ways?Zn(t.ways):[])}};function Zn({heading:o,outerName:t,columns:e,marked:s,rows:i,long:n,short:a,over:r,equal:h,sentence:c}){let p=(k,M)=>k.map(($,I)=>Z("td",$,{class:`${M}${I===s?" marked":""}`})),d=k=>l("th",{scope:"row",colspan:"2"},k),u=a.map(({result:k})=>k),f=nt({class:"ways"},[l("td"),t,...e.map(k=>`∂/∂${k}`)],[...i.map(({name:k,outer:M,cells:$})=>[k,Z("td",M,{class:"outer"}),...p($,"")]),[d("long way"),...p(n,"")],[d("short way"),...p(u,"")]]),[m,g]=[...f.rows].slice(-2);m.className="long",g.className="short";let b=r?`(p − t)${G(r)}`:"p − t",x=a.map(({text:k,equals:M,result:$},I)=>l("li",{},`${e[I]}: `,...C(r?O`(${k})${r}`:k),` ${M} `,Z("b",$))),v=l("p",{class:"sentence verdict"},c);return v.dataset.equal=String(h),[l("h3",{},o),l("div",{class:"wide"},f),l("p",{class:"muted"},`short way: ${b}`),l("ul",{class:"paths"},...x),v]}var ce=260,bi=120,Et=10,pe=class{constructor({drag:t,endDrag:e,pickSecond:s}){let i=`0 0 ${ce} ${bi}`;this.plot=A("svg",{viewBox:i,class:"nudge",role:"img"}),this.low=l("span"),this.high=l("span"),this.sentence=l("p",{class:"sentence"});let n=l("span",{},"drag to set the value"),a={type:"button",title:"or hold Ctrl and click it",onclick:s};this.element=l("section",{class:"card"},l("h2",{},"What would nudging do?"),this.plot,l("div",{class:"ends","aria-hidden":"true"},this.low,n,this.high),this.sentence,l("button",a,"Pick a second number"));let r=h=>t(this.#t(h),this.plot);this.plot.addEventListener("pointerdown",h=>{this.plot.setPointerCapture(h.pointerId),r(h)}),this.plot.addEventListener("pointermove",h=>{h.buttons&&r(h)}),this.plot.addEventListener("pointerup",e)}wants({cell:t,isSelected:e,second:s}){return e&&s===null&&_t.has(t.block.tensor)}show(t){if(!t||this.shown===t)return;this.shown=t;let{values:e,losses:s,value:i,loss:n,slope:a,updated:r,lossUpdated:h}=t,[c,p]=[e[0],e.at(-1)],d=P([c,p],[Et,ce-Et]),u=P(H([...s,n]),[bi-Et,Et]),f=e.map(($,I)=>s[I]===null?null:[d($),u(s[I])]),m=(p-c)/6,[g,b]=[i-m,i+m],x=$=>u(n+a*($-i)).toFixed(1),v=`${z(i)}, loss ${z(n)}`,k=[A("polyline",{points:fs(f)}),A("line",{x1:d(g),y1:x(g),x2:d(b),y2:x(b),class:"tangent"}),gt([d(i),u(n)],"here",`here: ${v}`)];if(h!==null&&r!==null&&r!==i){let I=`after one step of this number alone: ${`${z(r)}, loss ${z(h)}`}`;k.push(gt([d(r),u(h)],"updated",I))}this.plot.replaceChildren(...k);let M=O`the loss from ${t.low} to ${t.high}. ${t.sentence}`;this.plot.setAttribute("aria-label",G(M)),S(this.low,t.low),S(this.high,t.high),S(this.sentence,t.sentence)}#t(t){let{values:e}=this.shown,s=this.plot.getBoundingClientRect(),i=(t.clientX-s.left)/s.width*ce;return Lt((i-Et)/(ce-2*Et),e[0],e.at(-1))}};var de=class{constructor(t,{goesBackOnEnter:e}){this.cells=t,this.goesBackOnEnter=e,this.slider=l("input",{type:"range","aria-label":"value",oninput:()=>t.drag(this.cell,Number(this.slider.value),this.slider),onchange:()=>t.endGesture()}),this.number=l("input",{type:"text",inputmode:"decimal",enterkeyhint:"done","aria-label":"exact value",class:"exact",onfocus:()=>{this.typed=this.cell},onchange:()=>t.commitText(this.typed,this.number.value),onkeydown:s=>this.#e(s)}),this.sign=l("button",{type:"button",class:"sign","aria-label":"change the sign",onmousedown:s=>s.preventDefault(),onclick:()=>this.#s()},"±"),this.pin=l("button",{type:"button",onclick:()=>this.cell&&t.togglePin(this.cell)}),this.element=l("div",{class:"editor"},this.slider,this.number,this.sign,this.pin)}held(){return this.#t()||(this.typed=null),this.typed??null}hide(t){this.cell=t,this.element.hidden=!0}paint(t,e){this.cell=t;let{cells:s}=this,{block:i}=t,n=s.isPinned(t),a=s.isEditable(t);if(this.element.hidden=!a&&i.editable!=="pin",this.slider.hidden=this.number.hidden=this.sign.hidden=!a,this.pin.hidden=i.editable!=="pin"||!n&&!e,w(this.pin,n?"Unpin":"Pin to this value"),!a||s.sliding===this.slider)return;let r=s.valueOf(t),h=2**Math.ceil(Math.log2(Math.max(4,Math.abs(r)*1.5))),[c,p]=[s.within(t,-h),s.within(t,h)],d=s.isClassNumber(i)||h>=64?1:p/400;y(this.slider,{min:c,max:p,step:d,value:r}),this.#t()||y(this.number,{value:z(r)})}#t(){return j(this.element)===this.number}#e(t){t.key!=="Escape"&&!(t.key==="Enter"&&this.goesBackOnEnter())||(t.key==="Escape"&&(this.number.value=String(this.cells.valueOf(this.typed))),t.preventDefault(),t.stopPropagation(),J(this.typed).focus({preventScroll:!0}))}#s(){let{cell:t,cells:e,number:s}=this,i=s.value;this.#t()?s.value=/^[-−]/.test(i)?i.slice(1):`-${i}`:e.set(t,e.within(t,-e.valueOf(t)))}};function bs(o,t){let e=Q(o);for(let s of e.querySelectorAll("mtext")){let i=/^ref(\d+)$/.exec(s.textContent);if(!i)continue;let[n,a]=t(i[1]);if(s.parentElement.localName==="msup"&&s===s.parentElement.firstElementChild&&/^−|e/.test(n)){s.replaceWith(N("mrow",N("mo","("),St(n,a),N("mo",")")));continue}s.replaceWith(St(n,a,/^[·−+-]$/.test(s.previousElementSibling?.textContent??"")))}return e}function St(o,t,e=!1,s=""){let i=N("mn",o);return t&&t!==o&&i.setAttribute("data-exact",t),s&&i.setAttribute("class",s),e&&o.startsWith("−")?N("mrow",N("mo","("),i,N("mo",")")):i}function W(...o){return N("math",...o)}function yi(o){o.addEventListener("pointermove",t=>{let[e]=t.composedPath(),s=e.closest?.("math")?.parentElement;s&&E(s,"title",e.getAttribute("data-exact")??"")})}var xs=8,ue=class{constructor(t,e,s){this.model=t,this.scene=e,this.isPinned=s}#t({block:t,r:e,c:s}){return ot(this.scene,this.model.at(t,e,s))}#e(t,e=!1,s=""){let[i,n]=this.#t(t);return St(i,n,e,s)}#s(t){let{model:e,scene:s}=this,i=({block:n,r:a,c:r})=>{let h=e.at(n,a,r),[c,p]=[s.v[h],ft(s,h)];return c===null||p.includes("/")?!0:Math.abs(Number(p.replaceAll("−","-"))-c)<=1e-12*Math.abs(c)};return N("mo",t.every(i)?"=":"≈")}#i(t,e,s,i=0){return bs(t,n=>this.#t(this.model.resolve(e[n],s,i)))}details(t){let{model:e}=this,s=[];for(let{symbol:i,template:n,refs:a,value:r,pin:h,count:c}of t.block.rule.details){let p=Math.min(c,xs);for(let d=0;d<p;d++){if(h&&this.isPinned(e.resolve(h,t,d)))continue;let u=e.resolve(r,t,d),f=this.#s([u,...a.map(m=>e.resolve(m,t,d))]);s.push(l("div",{class:"formula"},W(this.#i(i,a,t,d)),W(N("mo","=")),this.#i(n,a,t,d),W(f,this.#e(u))))}p<c&&s.push(wi(`and ${c-p} more like these`))}return s}live(t,e,s){let{model:i}=this,{rule:n}=t.block,a=s?St(s.text,s.exact,!1,"result"):this.#e(t,!1,"result"),r=this.#s([t,...i.references(t)]),h=()=>N("mo","=");if(e||!n.count&&!n.template)return[W(h(),a)];if(n.template)return[W(h()),this.#i(n.template,n.refs,t),W(r,a)];let c=this.#n(t,s?s.term+1:n.terms);if(!n.divisor)return[W(h()),...c,W(r,a)];let p=N("mfrac",N("mn","1"),this.#e(i.resolve(n.divisor,t))),d=W(p,N("mo","·"),N("mo","("));return[W(h()),d,...c,W(N("mo",")")),W(r,a)]}#n(t,e){let{model:s}=this,{rule:i}=t.block,n=Math.min(i.count,e),a=n>xs?xs-2:n,r=[];for(let h=0;h<a;h++){let c=N("mrow");h>0&&c.append(N("mo","+")),i.factors.forEach((p,d)=>{d>0&&c.append(N("mo","·")),c.append(this.#e(s.resolve(p,t,h),d>0||h>0))}),r.push(W(c))}a<n&&r.push(wi(`+ … ${n-a} more`));for(let h of i.plus.slice(0,Math.max(0,e-i.count)))r.push(W(N("mo","+"),this.#e(s.resolve(h,t),!0)));return r}};function wi(o){return l("span",{class:"folded"},o)}var Qn="Press ▶ Play or the → key: the network computes in front of you, forward, loss, backward, update. Hover or select any number to see what it is made of; drag a weight, an input or a target to change it.",to="This activation is pinned: the forward pass uses the pinned value, and no gradient flows through it.",me=class{constructor(t,{cards:e,lastEdit:s,goesBackOnEnter:i}){this.cells=t,this.title=l("h2",{}),this.value=l("p",{class:"value"}),this.change=l("p",{class:"value change"}),this.sentence=l("p",{class:"sentence"}),this.formula=l("div",{class:"formula"}),this.live=l("div",{class:"formula live"}),this.details=l("div",{class:"details"}),this.editor=new de(t,{goesBackOnEnter:i}),this.numpy=l("code"),this.torch=l("code"),this.code=l("section",{class:"card"},l("h2",{},"The same line in code"),l("pre",{},this.numpy,this.torch)),this.element=l("aside",{class:"panel","aria-label":"explanation"},l("section",{class:"card main"},l("div",{class:"told"},this.title,this.value,this.change,this.sentence),l("div",{class:"shown"},this.formula,this.live,this.details,this.editor.element)),...e,s,this.code),yi(this.element)}paint(t,e,s,i,{partial:n,changeOf:a}){let r=this.editor.held()??i;if(this.code.hidden=!r,!r)return this.#e();let{block:h,r:c,c:p}=r,{rule:d}=h,u=t.at(h,c,p),f=t.isKnown(u,s),m=this.cells.isPinned(r),g=n?.at===u?n:null;w(this.title,eo(r)),w(this.sentence,m?to:d.sentence),this.shown!==d&&(this.shown=d,this.formula.replaceChildren(...d.formula?[Q(d.formula)]:[]));let b=new ue(t,e,k=>this.cells.isPinned(k));this.live.replaceChildren(...f||g?b.live(r,m,g):[]),this.details.replaceChildren(...f&&!m?b.details(r):[]);let x=f?Rt(e,u):"",v=x&&x!==ft(e,u)?`exactly ${x}`:"";return w(this.value,f||g?v:"Not computed yet at this step."),w(this.numpy,d.numpy&&`# NumPy
${d.numpy}
`),w(this.torch,d.torch&&`# PyTorch
${d.torch}`),this.editor.paint(r,f),this.#t(i,t,s,a)}#t(t,e,s,i){let a=t&&e.isKnown(e.at(t.block,t.r,t.c),s)?i(t):"";y(this.change,{hidden:!a}),S(this.change,a&&O`last edit: ${a}`)}#e(){this.shown=null,w(this.title,"Start here"),w(this.value,""),w(this.sentence,Qn),y(this.change,{hidden:!0}),this.editor.hide(null);for(let t of[this.formula,this.live,this.details])t.replaceChildren()}};function eo({block:{title:o,rowNoun:t,columnNoun:e},r:s,c:i}){let n=[t&&`${t} ${s+1}`,e&&`${e} ${i+1}`];return[o,...n].filter(Boolean).join(" · ")}var fe=class{constructor({send:t,showPlace:e,isWrong:s}){this.lastEdit=new ws,this.findings=new ys({send:t,showPlace:e,isWrong:s}),this.changed=null}take({review:t,version:e},s){e!==this.version&&(this.changed=null),this.version=e,t&&(this.model=s,this.changed=so(t.edit?.cells??{},s),this.lastEdit.show(t.edit),this.findings.show(t.wrong))}changeOf({block:t,r:e,c:s}){return this.changed?.get(this.model.at(t,e,s))??""}};function so(o,{byKey:t}){let e=new Map;for(let[s,[i,n]]of Object.entries(o)){let{offset:a}=t.get(s);i.forEach((r,h)=>{e.set(a+r,n[h]??"")})}return e}var ws=class{constructor(){this.parts=l("div",{}),this.element=l("section",{class:"card last-edit",hidden:!0},l("h2",{},"Your last edit"),this.parts)}show(t){if(y(this.element,{hidden:!t}),!t)return;let[e,s,i,n]=t.loss,{forecast:a}=t,r=(h,c)=>l("div",{},l("dt",{},h),l("dd",{},...C(c)));this.parts.replaceChildren(l("p",{class:"edited"},...C(t.title)),l("p",{class:"sentence"},l("span",{class:"corner","aria-hidden":"true"}),t.summary,"; loss ",l("b",{},...C(e))," → ",l("b",{},...C(s))," (Δ ",...C(i),")."),...[n,t.note,t.unreached].filter(Boolean).map(h=>l("p",{class:"muted"},...C(h))),l("ul",{class:"reach"},...t.reach.map(h=>l("li",{},...C(h)))),...a?[l("dl",{class:"forecast"},r("gradient · Δ",a.promised),r("the loss did",a.true)),l("p",{class:"sentence"},...C(a.reason))]:[l("p",{class:"muted"},"The network itself changed, so there is no gradient that could have foretold it.")]),a&&(this.element.dataset.cause=a.cause)}},ys=class{constructor({send:t,showPlace:e,isWrong:s}){this.send=t,this.showPlace=e,this.isWrong=s,this.list=l("ul",{}),this.unfolded=new Set,this.element=l("section",{class:"findings",role:"status","aria-label":"something is wrong here",hidden:!0},this.list)}show(t){let e=JSON.stringify(t);e!==this.shown&&(this.shown=e,y(this.element,{hidden:t.length===0}),this.isWrong(t.length>0),this.list.replaceChildren(...t.map(s=>this.#t(s))))}#t({key:t,label:e,sentence:s,place:i,remedy:n}){let a=l("span",{}," ",...C(s)),r=l("button",{type:"button",class:"more",title:"what is wrong","aria-label":`what is wrong: ${e}`},"▾"),h=p=>{p?this.unfolded.add(t):this.unfolded.delete(t),c.classList.toggle("unfolded",p),E(r,"aria-expanded",String(p))};r.addEventListener("click",()=>h(!this.unfolded.has(t)));let c=l("li",{},l("button",{type:"button",class:"finding",title:"show the place",onclick:()=>{h(!0),this.showPlace(i)}},l("b",{},`⚠ ${e}.`),a),r,n&&l("button",{type:"button",class:"remedy",title:"a suggestion; undo takes it back",onclick:()=>this.send(n.event)},n.label));return c.dataset.key=t,h(this.unfolded.has(t)),c}};var io="Pick the second number: click a weight, a bias or an input, or walk to it with Tab and press Enter. Escape cancels.",ge=class{constructor(t,{notify:e,changeOf:s,opened:i,shown:n,pause:a}){this.store=t,this.notify=e,this.changeOf=s,this.opened=i,this.shown=n,this.pause=a,this.isPicking=!1}cell(){return this.store.hover??this.restingCell()}restingCell(){return this.store.view.cell(this.store.model)??this.stepCell()}stepCell(){let{model:t,view:e}=this.store,s=t.steps(e.granularity)[e.step-1];if(!s)return null;let i=t.blocks[s[0]],n=i.columnNoun==="sample"?e.sample-1:0;return{block:i,r:Math.max(s[1],0),c:s[2]>=0?s[2]:n}}partial(){let{model:t,scene:e,view:s}=this.store;if(s.granularity!=="product")return null;let[i,n,a,r]=t.steps("product")[s.step-1]??[],h=t.blocks[i];if(!h||h.rule.terms<2||r===h.rule.terms-1)return null;let c=e.partials?.[h.key],p=c?c[(n*h.columns+a)*h.rule.terms+r]:"…",[d,u]=[pt(p)[0]].flat();return{at:t.at(h,n,a),term:r,text:d,exact:u}}hoverAt(t){let{hover:e,model:s,scene:i,view:n}=this.store;t?.block===e?.block&&t?.r===e?.r&&t?.c===e?.c||(t&&li(t,s,i,n,this.changeOf(t)),this.store.set({hover:t}))}select(t){let{view:e}=this.store;e.select(t),t?.block.columnNoun==="sample"&&(e.sample=t.c+1),this.store.set({hover:null}),t&&this.opened()}showPlace(t){let{model:e,view:s}=this.store;s.selection=t;let i=s.cell(e);if(!i)return this.select(null);this.pause();let n=e.at(i.block,i.r,i.c);return s.step=Math.max(s.step,e.reveals[s.granularity][n]),this.select(i),this.shown(i)}pickSecond(){this.isPicking=!0,this.notify(io),this.store.set()}clearSecond(){this.store.view.second=null,this.#t(),this.store.set()}#t(){this.isPicking&&this.notify(""),this.isPicking=!1}takesSecond(t,e){let{view:s,model:i}=this.store,n=s.cell(i);if(!n||!(this.isPicking||e.ctrlKey||e.metaKey))return!1;if(!_t.has(n.block.tensor)||!_t.has(t.block.tensor))return this.isPicking;let a=zt(t);return a===s.selection?this.isPicking:(s.second=a,this.#t(),this.store.set(),!0)}pair(){let{view:t,model:e}=this.store,s=t.secondCell(e);return s?[t.cell(e),s]:[]}};function vi({model:o,view:t},e,s,i){let n=new Map,a=({block:r,r:h,c})=>o.at(r,h,c);if(e){let r=a(e),h=i?.at===r;if(h||o.isKnown(r,t)){let c=h?i.term+1:1/0;for(let p of o.sources(e,c))n.set(a(p),"source")}n.set(r,"focus")}for(let r of s)n.set(a(r),"focus");return n}var no={layer:1.5,unit:3,product:6},xe=class{constructor(t,{send:e,stepCell:s,shown:i}){this.store=t,this.send=e,this.stepCell=s,this.shown=i,this.timer=null,this.speed=1,this.live=l("p",{class:"visually-hidden","aria-live":"polite"})}get isPlaying(){return this.timer!==null}steps(){return this.store.model.steps(this.store.view.granularity)}goTo(t,e=!1){let{view:s}=this.store;e||this.pause(),s.step=Math.max(0,Math.min(t,this.steps().length)),s.select(null);let i=this.stepCell();this.#s(i),this.store.set({hover:null}),i&&this.shown(i)}goBy(t,e=!1){this.goTo(this.store.view.step+t,e)}setGranularity(t){let{model:e,scene:s,view:i}=this.store;i.step=e.translate(i.step,i.granularity,t),i.granularity=t,this.store.set(),t==="product"&&!s.partials&&this.send({type:"view"})}setSample(t){this.store.view.sample=t,this.store.set()}toggle(){return this.isPlaying?(this.pause(),this.store.set()):(this.#t()&&this.goTo(0,!0),this.timer=setTimeout(()=>this.#e(),0),this.store.set())}pause(){clearTimeout(this.timer),this.timer=null}#t(){return this.store.view.step>=this.steps().length}#e(){this.goBy(1,!0);let t=1e3/(no[this.store.view.granularity]*this.speed);this.timer=this.#t()?null:setTimeout(()=>this.#e(),t),this.isPlaying||this.store.set()}#s(t){if(!t)return w(this.live,"start: nothing is computed yet");let[,e]=this.steps()[this.store.view.step-1],s=e>=0?` · ${t.block.rowNoun} ${e+1}`:"";return w(this.live,`${t.block.title}${s}. ${t.block.rule.sentence}`)}};var ki=2e6,be=class{constructor({send:t,notify:e,link:s,setNumbers:i}){this.send=t,this.notify=e,this.link=s;let n=(r,h,c)=>l("button",{type:"button",title:h,"aria-label":h,onclick:c},r);this.preset=vs({class:"preset","aria-label":"example network"},r=>r&&t({type:"preset",key:r})),this.compare=vs({class:"compare","aria-label":"compare with",title:"a second network beside this one"},r=>r&&t({type:"compare",key:r}));let a="how numbers are written";this.numbers=vs({"aria-label":a,title:a},i),this.rate=l("input",{class:"rate",type:"text",inputmode:"decimal","aria-label":"learning rate",onchange:()=>t({type:"set_learning_rate",value:this.rate.value})}),this.optimizer=new ks(t),this.loss=l("b"),this.undo=n("↶","undo (Ctrl+Z)",()=>t({type:"undo"})),this.redo=n("↷","redo (Ctrl+Shift+Z)",()=>t({type:"redo"})),this.linkField=l("input",{class:"link-field",readonly:!0,hidden:!0,"aria-label":"link to this page",onblur:()=>{this.linkField.hidden=!0}}),this.element=l("div",{class:"toolbar",role:"toolbar","aria-label":"network"},this.preset,l("label",{class:"rate-label"},"η ",this.rate),...this.optimizer.elements,l("span",{class:"gap"}),l("span",{class:"pill loss-value"},"loss ",this.loss),this.compare,this.numbers,this.undo,this.redo,n("Reset","back to the example as it came",()=>t({type:"reset"})),n("Copy link","copy a link to exactly this",()=>this.#e()),...this.#t(n),this.linkField)}paint(t,e,s){let i=e.presets.map(([a,r])=>[a,r]);F(this.preset,[["",e.name||"untitled"],...i],""),F(this.compare,[["","Compare …"],...e.variants],""),F(this.numbers,e.number_styles,s.numbers||e.number_style),this.element.getRootNode().activeElement!==this.rate&&y(this.rate,{value:z(e.learningRate)}),this.optimizer.paint(t,e);let n=t.byKey.get(`loss.${t.structure.layers}`).offset;S(this.loss,t.isKnown(n,s)?ct(ot(e,n)):"·"),y(this.undo,{disabled:!e.can_undo}),y(this.redo,{disabled:!e.can_redo})}twinOf(t){return t===this.undo?this.redo:t===this.redo?this.undo:null}#t(t){let e=l("input",{type:"file",accept:".json,application/json",hidden:!0,onchange:()=>this.#s(e)}),s=(n,a,r)=>t(n,a,()=>{At(i),r()}),i=l("details",{class:"menu file"},l("summary",{},"File"),l("div",{},s("Open a .json file …","open a document",()=>e.click()),s("Save as .json","save the document",()=>this.send({type:"save"}))));return[Ot(i),e]}async#e(){let{url:t,problem:e}=this.link();if(e)return this.notify(e,!0);try{await navigator.clipboard.writeText(t),this.notify("The link is copied: it holds the whole network and where you stand.")}catch{this.linkField.hidden=!1,this.linkField.value=t,this.linkField.select()}}async#s(t){let[e]=t.files;if(t.value="",!e)return;if(e.size<=ki)return this.send({type:"open",text:await e.text()});let[s,i]=[_(e.size/1e6),ki/1e6];this.notify(`The file has ${s} MB, a document has at most ${i} MB; nothing was opened.`,!0)}};function vs(o,t){let e=l("select",{...o,onchange:()=>t(e.value)});return e}var oo=[["1","× 1"],["10","× 10"],["100","× 100"]],ks=class{constructor(t){this.send=t,this.choice=l("select",{class:"optimizer","aria-label":"optimizer",title:"how the update uses the gradient",onchange:()=>t({type:"set_optimizer",key:this.choice.value})}),this.fields=l("div",{class:"knobs"}),this.menu=l("details",{class:"menu knobs-menu"},l("summary",{"aria-label":"knobs of the optimizer",title:"knobs of the optimizer"},"⚙"),this.fields),Ot(this.menu),this.times=l("select",{class:"times","aria-label":"updates at once",title:"updates at once"},...oo.map(([e,s])=>l("option",{value:e},s))),this.apply=l("button",{type:"button",title:"make the new numbers the current ones",onclick:()=>t({type:"update",times:Number(this.times.value)})},"Apply update"),this.count=l("span",{class:"steps-taken",title:"steps that the optimizer remembers"}),this.elements=[this.choice,this.menu,this.apply,this.times,this.count]}paint({structure:t},e){let{optimizers:s,optimizer:i}=t;if(F(this.choice,s,i.key),w(this.count,e.steps_taken?`t = ${e.steps_taken}`:""),y(this.count,{hidden:!e.steps_taken}),this.shown===i)return;let n=this.shown?.key===i.key;this.shown=i,n||(this.inputs=new Map(i.knobs.map(a=>[a.name,this.#t(a)])),this.fields.replaceChildren(l("p",{class:"muted"},i.sentence),...i.knobs.map(({name:a,label:r,sentence:h})=>l("label",{class:"knob",title:h},l("span",{},r),this.inputs.get(a)))));for(let{name:a}of i.knobs)this.#e(a)}#t({name:t,kind:e}){let s=e==="bool",i=l("input",s?{type:"checkbox"}:{type:"text",inputmode:"decimal"});return i.addEventListener("change",()=>{this.send({type:"set_optimizer_knob",name:t,value:s?i.checked:i.value}),this.#e(t)}),i}#e(t){let e=this.inputs.get(t),{value:s}=this.shown.knobs.find(i=>i.name===t);e.type==="checkbox"?e.checked=s:e.value=z(s)}};var $i={width:260,height:64,edge:6},we=class extends at{constructor({onToggle:t,rewind:e}){let s=l("div",{class:"walk-plot"}),i=l("output",{class:"where-walk"}),n=l("input",{type:"range",min:0,step:1,"aria-label":"go back to a step that was taken"}),a=l("button",{type:"button"},"Go back to this step"),r=l("p",{class:"sentence"});super(t,"Steps taken","walk",s,l("div",{class:"walk-where"},n,i),a,r),this.plot=s,this.where=i,this.slider=n,this.back=a,this.sentence=r,n.addEventListener("input",()=>this.#t()),a.addEventListener("click",()=>e(Number(n.value)))}get isOfNoCell(){return!0}wants({walked:t}){return t>1}isOpen(){return super.isOpen(!1)}show(t){if(!t||this.shown===t)return;this.shown=t;let{losses:e,starts:s,here:i}=t,{plot:n,points:a}=oe(e,{...$i,title:`the loss at each step. ${G(t.sentence)}`});for(let[r]of s.slice(1).map(h=>a[h]??[]))r!==void 0&&n.append(A("line",{x1:r,x2:r,y1:0,y2:$i.height,class:"start"}));this.marker=A("circle",{r:4,class:"here"}),this.points=a,n.append(this.marker),this.plot.replaceChildren(n),y(this.slider,{max:e.length-1,value:i<0?e.length-1:i}),S(this.sentence,t.sentence),this.#t()}#t(){let{steps:t,texts:e,here:s}=this.shown,i=Number(this.slider.value),n=this.points[i];this.marker.setAttribute("visibility",n?"visible":"hidden"),n&&(this.marker.setAttribute("cx",n[0].toFixed(1)),this.marker.setAttribute("cy",n[1].toFixed(1))),S(this.where,O`step ${t[i]} · loss ${e[i]}`),this.slider.setAttribute("aria-valuetext",this.where.textContent),y(this.back,{disabled:i===s}),w(this.back,i===s?"You are at this step":`Go back to step ${t[i]}`)}};var ao=[["0.5","½×"],["1","1×"],["2","2×"],["4","4×"],["8","8×"]],ro=[["layer","layer"],["unit","unit"],["product","single product"]],ye=class{constructor(t,e){this.stepping=t;let s=(n,a,r)=>l("button",{type:"button",title:a,"aria-label":a,onclick:r},n);this.play=s("▶ Play","play (Space)",()=>t.toggle()),this.range=l("input",{type:"range",class:"scrubber",min:0,step:1,"aria-label":"step",oninput:()=>t.goTo(Number(this.range.value))}),this.phases=l("div",{class:"phases","aria-hidden":"true"}),this.where=l("output",{class:"pill where"});let i=n=>n.map(([a,r])=>l("option",{value:a,selected:a==="1"},r));this.speed=l("select",{"aria-label":"speed",title:"speed",onchange:()=>{t.speed=Number(this.speed.value)}},...i(ao)),this.granularity=l("select",{"aria-label":"granularity",title:"how much one step shows",onchange:()=>t.setGranularity(this.granularity.value)},...i(ro)),this.element=l("div",{class:"transport",role:"group","aria-label":"steps"},e,s("|◀◀","to the start (Home)",()=>t.goTo(0)),s("◀","one step back (←)",()=>t.goBy(-1)),this.play,s("▶|","one step forward (→)",()=>t.goBy(1)),s("▶▶|","to the end (End)",()=>t.goTo(1/0)),l("div",{class:"track"},this.phases,this.range),this.where,this.speed,this.granularity)}paint(t,e){w(this.play,this.stepping.isPlaying?"❚❚ Pause":"▶ Play");let s=t.steps(e.granularity);y(this.range,{max:s.length,value:e.step});let i=t.phases(e.granularity),n=i.join();this.phases.dataset.signature!==n&&(this.phases.dataset.signature=n,this.phases.replaceChildren(...i.map(c=>lo(c,s.length))));let a=i.find(([,,c,p])=>e.step>=c&&e.step<=p),r=a?`${a[1].toLowerCase()} ${e.step-a[2]+1} / ${a[3]-a[2]+1}`:"start";w(this.where,r),E(this.range,"aria-valuetext",r),y(this.granularity,{value:e.granularity});let h=this.granularity.options[2];y(h,{disabled:!t.steps("product"),title:t.structure.noProducts})}};function lo([o,t,e,s],i){let n=s-e+1,a=l("span",{class:o,title:t},n/i>.06?t:"");return a.style.flexGrow=String(n),a}var ho=/^(new_|grad_)?(weight|bias|gamma|beta)$/,ve=class extends at{constructor(t){let e=l("div",{});super(t,"The update, taken apart","update-parts",e),this.parts=e}wants({cell:{block:t},isSelected:e}){return ho.test(t.tensor)&&(e||t.phase==="update")}isOpen(t,{block:e}){return super.isOpen(t&&e.phase==="update")}show(t){if(!t||this.shown===t)return;this.shown=t;let{title:e,sentence:s,lines:i,head:n,rows:a,series:r}=t;this.parts.replaceChildren(l("h3",{},e),...s?[l("p",{class:"sentence"},s)]:[],l("ol",{class:"step-lines"},...i.map(co)),...a.length>1?[l("h3",{},"The last steps"),po(n,a),l("div",{class:"series"},...r.map(uo))]:[])}};function co({symbol:o,formula:t,template:e,numbers:s,value:i,isWhole:n,isTheta:a}){let r=l("div",{class:"formula general"},Q(o),W(N("mo",a?"←":"=")),Q(t)),h=St(i[0],i[1],!1,a?"result":""),c=bs(e,d=>s[d]);c.prepend(N("mo","="));let p=l("div",{class:"formula live"},c,W(N("mo",n?"=":"≈"),h));return s.length===1&&s[0][0]===i[0]?l("li",{},l("div",{class:"formula general"},...r.childNodes,W(N("mo","="),h))):l("li",{},r,p)}function po(o,t){let e=o.map((i,n)=>n?Q(i):i),s=t.map(([i,...n])=>[i,...n.map(a=>Z("td",a))]);return l("div",{class:"wide"},nt({class:"steps"},e,s))}function uo({symbol:o,values:t,last:e}){let s=l("span",{class:"name"},Q(o)),{plot:i}=oe(t,{width:150,height:34,title:`${s.textContent} over the last ${t.length} points, now ${G(e)}`});return l("div",{class:"one"},s,i,l("span",{class:"last"},...C(e)))}var mo=globalThis.requestIdleCallback??(o=>setTimeout(o,200)),ke=class{constructor(t,{store:e,send:s,link:i}){this.host=t,this.store=e,this.#t(s,i)}#t(t,e){let{host:s,store:i}=this,n=(d,u)=>this.notify(d,u),a=()=>this.stepping.pause(),r=d=>this.#s(d),h=()=>i.set();this.app=l("div",{class:"app"}),this.cells=new Yt(i,t),this.selection=new ge(i,{notify:n,pause:a,shown:r,changeOf:d=>this.review.changeOf(d),opened:()=>this.bottomSheet.open()});let{cells:c,selection:p}=this;this.stepping=new xe(i,{send:t,shown:r,stepCell:()=>p.stepCell()}),this.review=new fe({send:t,showPlace:d=>p.showPlace(d),isWrong:d=>this.app.classList.toggle("wrong",d)}),this.cards=new qt({why:new re,nudge:new pe({drag:(d,u)=>c.drag(i.view.cell(i.model),d,u),endDrag:()=>c.endGesture(),pickSecond:()=>p.pickSecond()}),contour:new ae({set:(d,u)=>c.setSeveral(p.pair(),d,u),back:()=>p.clearSecond(),isDark:()=>this.app.classList.contains("dark")}),loss:new he(h),update:new ve(h),walk:new we({onToggle:h,rewind:d=>t({type:"rewind",to:d})})}),this.panel=new me(c,{cards:this.cards.elements,lastEdit:this.review.lastEdit.element,goesBackOnEnter:()=>this.bottomSheet.isDocked}),this.batch=new Vt(i,{send:t,setSample:d=>this.stepping.setSample(d)}),this.network=new Mt({controls:d=>this.batch.samples(d),corner:d=>this.batch.mode(d),send:t,onResize:()=>this.paint()}),this.toolbar=new be({send:t,notify:n,link:e,setNumbers:d=>{i.view.numbers=d,t({type:"view"})}}),this.transport=new ye(this.stepping,this.review.findings.element),this.comparison=new se(s,{app:this.app,store:i,own:this.network,cells:c,selection:p,send:t,insert:d=>this.network.element.after(d),placed:()=>this.bottomSheet.place(),paint:()=>this.paint()}),this.body=l("div",{class:"body"},this.network.element,this.panel.element),this.bottomSheet=new Jt(s,{app:this.app,body:this.body,store:i,panel:this.panel.element,above:this.comparison.choice,below:this.transport.element,restingCell:()=>p.restingCell(),deselect:()=>p.select(null)}),this.input=new Xt(this.network.sheet,{store:i,cells:c,selection:p,notify:n}),this.keyboard=this.#e(t),this.notice=l("p",{class:"notice",role:"status",hidden:!0}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.app.append(this.toolbar.element,this.error,this.notice,this.comparison.element,this.body,this.bottomSheet.element,this.stepping.live)}#e(t){let{bottomSheet:e,cells:s,comparison:i,input:n,selection:a,stepping:r}=this;return new le({cellKey:(h,c)=>n.key(h,c),scrubber:this.transport.range,send:t,second:{isPicking:()=>a.isPicking,clear:()=>a.clearSecond(),take:h=>{let c=s.of(h);return c!==null&&a.takesSecond(c,h)}},actions:{ArrowRight:()=>r.goBy(1),ArrowLeft:()=>r.goBy(-1),Home:()=>r.goTo(0),End:()=>r.goTo(1/0)," ":()=>r.toggle(),e:()=>e.step(),c:()=>i.flip(),Escape:()=>e.lower()||a.select(null)}})}watch(){let{host:t}=this;this.bottomSheet.watch();let e=s=>this.store.model&&t.isMeantFor(this.app,s.composedPath());this.stopListening=[t.listen("keydown",s=>e(s)&&this.keyboard.key(s)),t.listen("paste",s=>e(s)&&this.input.paste(s))]}#s(t){(this.comparison.elementOf(t)??J(t)).scrollIntoView({block:"nearest",inline:"nearest"})}take(t,e){let{store:s}=this;s.scene=t,this.network.take(e.get(t.structure),t)&&this.bottomSheet.settle(),s.model=this.network.model,this.comparison.take(t.other,e),this.review.take(t,s.model),this.network.restoreMenus(),mo(()=>{this.app.isConnected&&this.app.classList.toggle("dark",si(this.app))})}restore(){ii(this.app)}notify(t,e=!1){let s=e?this.error:this.notice;S(s,t),y(s,{hidden:!t})}keepFocus(t){if(!this.app.contains(t)&&t?.isConnected)return;let e=j(this.app);if(!t||e===t&&!e.matches("button, select, summary"))return;let s=n=>n&&this.app.contains(n)&&!n.disabled&&n.checkVisibility();if(s(e))return;[t,this.toolbar.twinOf(t),this.transport.play].find(s).focus({preventScroll:!0})}paint(){let{store:t,selection:e,review:s}=this,{model:i,scene:n,view:a}=t,r=e.cell(),h=e.partial(),c=vi(t,r,e.pair(),h);this.panel.paint(i,n,a,r,{partial:h,changeOf:d=>s.changeOf(d)}),this.cards.paint(i,n,a,e.restingCell());for(let d of this.cards.cards.why.path(i))c.has(d)||c.set(d,"path");let p=this.network.paint(a,c,h,this.comparison.ownDiffers,s.changed);E(this.app,"data-phase",p?.phase??"start"),this.batch.paint(a),this.toolbar.paint(i,n,a),this.transport.paint(i,a),this.comparison.render(a,r),this.bottomSheet.makeRoom(this.network.layout.isTooWide)}missingCards(){let{model:t,scene:e,view:s}=this.store;return this.cards.missing(t,e,s,this.selection.restingCell())}stop(){for(let t of this.stopListening)t();this.stepping.pause(),this.network.stop(),this.comparison.stop(),this.bottomSheet.stop(),this.app.remove()}};var fo=200,$e=new Map,$s=class{constructor(t,e){this.host=e,this.store=Bt({scene:null,model:null,view:new yt,hover:null});let s=()=>this.store.scene?{view:this.store.view.toText()}:{},i=h=>e.channel.send({page:"sheet",...h,...s()}),n=h=>this.layout.notify(h,!0);this.outbox=new bt(i,{refuse:n}),this.send=h=>this.outbox.add(h),this.questions=new Kt(this.send),this.saver=new xt(this.send,(h,c)=>e.saveFile(h,c)),this.address={};let a={page:"sheet",events:[{type:"check"}]};this.badge=new ut(()=>e.channel.send(a));let r=()=>this.#n();this.layout=new ke(e,{store:this.store,send:this.send,link:r}),t.append(this.badge.element,this.layout.app),this.layout.watch(),this.store.subscribe(()=>this.layout.paint()),this.store.subscribe(()=>this.#s()),e.channel.listen({onAnswer:h=>this.#t(h),onLost:()=>this.outbox.retry()})}#t({state:t,said:e,address:s,file:i,acknowledged:n,proof:a}){let{store:r,layout:h}=this;if(this.badge.take(a),!("structure"in t))return this.outbox.acknowledge(n),r.scene??this.send({type:"resend"});for(let f of[t.structure_data,t.other?.structure_data])f&&$e.set(f.id,f);if(!$e.has(t.structure)||t.other&&!$e.has(t.other.structure))return this.outbox.acknowledge(n),this.send({type:"resend"});let c=!r.scene,p=j(h.app);h.take(t,$e),t.review&&this.questions.takeReview();let d=c||t.view_number!==this.viewNumber;t.view!=null&&d&&r.view.read(t.view),this.viewNumber=t.view_number,r.view.clamp(r.model),Object.assign(this.address,s),this.#e(e),c?this.saver.skip(i):this.saver.take(i),r.set(),c||h.keepFocus(p),this.outbox.acknowledge(n);let u=a?.version??null;this.badge.show(u),this.host.announce("painted",{version:u})}#e({number:t,error:e,notice:s}){t!==this.said&&(this.said=t,e&&this.layout.restore(),this.layout.notify(e??"",!0),this.layout.notify(s??""))}#s(){let{scene:t,view:e}=this.store;this.questions.askForCards(this.layout.missingCards()),this.questions.askForReview(t,e),clearTimeout(this.following),this.following=setTimeout(()=>{t.link_problem||this.host.address.replace(this.#i())},fo)}#i(){return{...this.address,v:this.store.view.toText()}}#n(){let t=this.store.scene.link_problem;return{problem:t,url:t?"":this.host.address.link(this.#i())}}stop(){clearTimeout(this.following),this.outbox.stop(),this.questions.stop(),this.badge.stop(),this.layout.stop()}};function Ms(o,t){let e=new $s(o,t);return()=>e.stop()}var Mi=`/* The training page: settings left, the live view in the middle, curves right, the transport on top. */

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
`;var Me=class{constructor(){this.still=null,this.frame=null,this.clear()}clear(){this.run="",this.still=null,this.frame=null,this.curves=new Map,this.bands=null}take(t,e){if(t&&(t.run!==this.run&&this.clear(),this.still=t,this.run=t.run),!e||e.run!==this.run)return!1;let s=!0;return e.lanes.forEach((i,n)=>{for(let a of i.curves)s&&=this.#t(this.curves,`${n} ${a.branch}`,a);i.bands&&(this.bands?.lane!==n&&(this.bands={lane:n,kept:new Map}),s&&=this.#t(this.bands.kept,"bands",i.bands))}),this.frame=e,s}#t(t,e,s){let i=t.get(e);if(!i||i.generation!==s.generation||s.start===0){if(s.start!==0)return!1;i={generation:s.generation},t.set(e,i)}for(let[n,a]of Object.entries(s))if(Array.isArray(a)){if(i[n]??=[],i[n].length<s.start)return!1;i[n].length=s.start;for(let r of a)i[n].push(r)}return!0}curve(t,e){return this.curves.get(`${t} ${e}`)??null}get layers(){return this.bands?.kept.get("bands")??null}};var Ee="–";function L(o){return o==null?Ee:ct(Ks(o))}function V(o){return o==null?Ee:_(o)}function B(o){return o==null?Ee:ct([U(o),`${z(100*o)}%`])}function R(o){return o==null?Ee:jt(o)}function Ei(o){return o==null?"":o<1?"under a second":o<90?`${Math.round(o)} s`:o<5400?`${Math.round(o/60)} min`:`${_(o/3600,{digits:2})} h`}var Se=46,Es=10,Ss=6,Ts=18,xo=1e3,it=class{constructor({title:t,tall:e=130,isLogarithmic:s=null,onPick:i=null,across:n="epoch"}){this.tall=e,this.across=e<90?"":n,this.canvas=l("canvas",{role:"img","aria-label":t}),this.canvas.style.height=`${e}px`,this.legend=l("span",{class:"legend"}),this.log=s===null?null:l("input",{type:"checkbox",onchange:()=>this.draw()}),s&&(this.log.checked=!0),this.title=l("b",{},t),this.element=l("figure",{class:"chart"},l("figcaption",{},this.title,this.legend,this.log&&l("label",{class:"log"},this.log,"log")),this.canvas),this.hover=null,this.canvas.addEventListener("pointermove",a=>{this.hover=a.offsetX,this.draw()}),this.canvas.addEventListener("pointerleave",()=>{this.hover=null,this.draw()}),this.canvas.addEventListener("click",a=>{this.scale&&i?.(Math.round(this.scale.x.invert(a.offsetX)))})}setTitle(t){w(this.title,t)}take(t,e,{cursor:s=null,range:i=null,most:n=1/0,format:a=L,tick:r=_}={}){this.series=t,this.colours=e,this.cursor=s,this.range=i,this.most=n,this.format=a,this.tick=r,this.draw()}draw(){if(!this.series)return;let t=this.canvas.clientWidth;if(!t)return;let e=q(this.canvas,t,this.tall),s=this.log?.checked??!1,i=this.#t(t,s);this.scale=i,this.#s(e,t,i,s),e.save(),e.beginPath(),e.rect(Se,0,t-Se-Es,this.tall-Ts+1),e.clip();for(let n of this.series)this.#i(e,n,i);this.cursor!==null&&this.#n(e,i.x(this.cursor),T(this.colours.mark),[4,3]),e.restore(),this.#o(e,i)}#t(t,e){let[s,i]=this.#e(e),n=this.series.filter(({x:c})=>c.length).flatMap(({x:c})=>[c[0],c.at(-1)]),[a,r]=H(n)??[0,1],h=e?ie:P;return{x:P([a,r>a?r:a+1],[Se,t-Es]),y:h([s,i],[this.tall-Ts,Ss])}}#e(t){let e=this.series.map(({y:r})=>Math.abs(r.find(h=>h!=null)??0)),s=t?1/0:this.most*Math.max(1,...e),[i,n]=[1/0,-1/0];for(let{y:r}of this.series)for(let h of r)h==null||t&&h<=0||Math.abs(h)>s||(h<i&&(i=h),h>n&&(n=h));if(n>=i||([i,n]=t?[.1,1]:[0,1]),t)return[i/1.15,n*1.15];if(this.range)return[Math.min(this.range[0],i),Math.max(this.range[1],n)];i===n&&([i,n]=i>0?[0,2*i]:[i-1,n+1]);let a=i>=0&&i<.5*n?0:i;return[a,n+(n-a)*.04]}#s(t,e,{x:s,y:i},n){t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.72),t.strokeStyle=this.colours.faint(.14),t.lineWidth=1;let a=n?fi(...i.domain):tt(...i.domain,4),r=d=>Math.round(i(d))+.5;for(let d of a)K(t,s.domain,[d,d],s,r);et(t,r,{values:a,write:this.tick,right:Se-5});let h=e-(this.across?64:18),p=tt(...s.domain,Math.max(2,Math.floor(e/90))).filter(d=>s(d)<h);et(t,s,{values:p,baseline:this.tall-4}),t.textAlign="right",t.fillText(this.across,e-Es,this.tall-4)}#i(t,{x:e,y:s,colour:i,dash:n=[],width:a=1.8,alpha:r=1},h){t.strokeStyle=T(i,r),t.lineWidth=a,t.setLineDash(n),t.lineJoin="round",K(t,e,s,h.x,h.y),e.length===1&&s[0]!=null&&Number.isFinite(h.y(s[0]))&&(t.beginPath(),t.arc(h.x(e[0])+1,h.y(s[0]),1,0,2*Math.PI),t.stroke()),t.setLineDash([])}#n(t,e,s,i){t.strokeStyle=s,t.lineWidth=1.2,t.setLineDash(i),ne(t,e,Ss,this.tall-Ts),t.setLineDash([])}#o(t,e){let s=this.hover!==null?e.x.invert(this.hover):this.cursor;this.hover!==null&&this.#n(t,e.x(s),this.colours.faint(.5),[]);let i=this.series.filter(a=>a.label);for(;this.legend.children.length>i.length;)this.legend.lastChild.remove();if(i.forEach((a,r)=>{let h=this.legend.children[r];h||(h=l("span",{},l("i",{}),l("span",{})),this.legend.append(h)),h.firstChild.style.borderColor=T(a.colour),h.firstChild.style.borderTopStyle=a.dash?.length?"dashed":"solid";let c=s===null?a.x.length-1:bo(a.x,s);S(h.lastChild,O`${a.label} ${this.format(a.y[c])}`)}),this.saying??=setTimeout(()=>this.#a(),xo),this.hover===null)return;let n=e.x(s)>80;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.9),t.textAlign=n?"right":"left",t.fillText(`epoch ${Math.round(s)}`,e.x(s)+(n?-4:4),Ss+9)}#a(){this.saying=null;let t=this.cursor??this.series.find(({x:n})=>n.length)?.x.at(-1),e=t===void 0?"":` at epoch ${Math.round(t)}`,s=[...this.legend.children].map(n=>n.textContent).join(", "),i=s&&`${e}: ${s}`;this.canvas.setAttribute("aria-label",`${this.title.textContent}${i}`)}};function bo(o,t){let[e,s]=[0,o.length-1];for(;e<s;){let i=e+s>>1;o[i]<t?e=i+1:s=i}return e>0&&t-o[e-1]<o[e]-t?e-1:e}var Si=20,wo=.3,Te=class{constructor(t){this.loss=new it({title:"loss",tall:170,isLogarithmic:!1,onPick:t}),this.metric=new it({title:"score",tall:120,onPick:t}),this.rate=new it({title:"learning rate",tall:84,isLogarithmic:!1,onPick:t}),this.norm=new it({title:"gradient norm",tall:96,isLogarithmic:!0,onPick:t}),this.dead=new it({title:"dead units",tall:72,onPick:t});let e=[this.loss,this.metric,this.norm,this.rate,this.dead],s={class:"curves","aria-label":"curves"};this.element=l("section",s,...e.map(({element:i})=>i))}take(t,e){let{frame:s,still:i}=t,n=s.viewing.live?null:s.viewing.epoch,a=Ti(t,e,["train_loss","validation_loss","penalty"]);this.loss.take(a,e,{cursor:n,most:Si});let r=i.metric==="accuracy";this.metric.setTitle(r?"accuracy":"R²"),this.metric.take(Ti(t,e,["train_metric","validation_metric",null]),e,{cursor:n,range:r?[0,1]:null,most:Si,format:r?B:L,tick:r?d=>U(d,0):_}),this.rate.take(yo(t,e),e,{cursor:n});let{layers:h}=t;if(!h)return;this.norm.take(vo(h,e),e,{cursor:n});let c=h.dead.map(d=>d.slice(0,-1).reduce((u,f)=>u+f,0)),p={label:"in hidden layers",x:h.epoch,y:c,colour:e.negative};this.dead.take([p],e,{cursor:n,range:[0,4]})}};function Cs(o){return o.some(t=>t!=null)}function Ti(o,t,[e,s,i]){let{frame:n}=o,a=n.lanes.length===1;return n.lanes.flatMap((r,h)=>n.branches.flatMap(({branch:c})=>{let p=o.curve(h,c);if(!p)return[];let d=c===n.branch,u=(b,x,v,k,M=1.7)=>{let $=d?1:wo;return{label:d?b:"",x:p.epoch,y:x,colour:v,dash:k,width:M,alpha:$}},f=Cs(p[s]);if(!a){let b=f?p[s]:p[e],x=h===n.focus?2.8:1.7;return[u(r.label,b,t.ofClass(h),h>3?[5,3]:[],x)]}let m=Cs(p[e])?p[e]:p.loss,g=[u("train",m,t.positive)];if(f&&g.push(u("validation",p[s],t.negative,[6,3])),i&&Cs(p[i])){let b=`penalty, part of ${f?"both":"it"}`;g.push(u(b,p[i],t.update,[2,3],1.3))}return g}))}function yo(o,t){let{frame:e}=o,s=e.lanes.length===1;return e.lanes.flatMap(({label:i},n)=>{let a=o.curve(n,e.branch);if(!a)return[];let r=s?t.update:t.ofClass(n);return[{label:s?"η":i,x:a.epoch,y:a.learning_rate,colour:r}]})}function vo({epoch:o,gradient_norm:t,norms:e},s){let i=e[0]?.length??0,n=Array.from({length:i},(a,r)=>({label:r===0||r===i-1?`layer ${r+1}`:"",x:o,y:e.map(h=>h[r]),colour:s.mix(s.mark,i<2?1:.5+.5*r/(i-1)),width:1.3}));return[{label:"all layers",x:o,y:t,colour:s.text},...n]}var Ce=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.where=l("span",{});let s=(i,n)=>l("button",{type:"button",onclick:()=>this.#t(this.start+n*this.step)},i);this.back=s("◀ rows before",-1),this.on=s("rows after ▶",1),this.table=l("table",{}),this.element=l("details",{class:"below table",ontoggle:()=>this.element.open&&this.#t(0)},l("summary",{},"The data as a table"),l("div",{class:"head"},this.back,this.where,this.on),l("div",{class:"scroll"},this.table))}#t(t){this.run=this.store.still.run,this.send({type:"table",start:t,gesture:"table"})}take({table:t}){t&&this.#e(t)}askIfOutdated(){this.element.open&&this.run!==this.store.still.run&&this.#t(0)}#e({start:t,samples:e,features:s,more:i,step:n,rows:a}){this.start=t,this.step=n,w(this.where,`rows ${R(t+1)} to ${R(t+a.length)} of ${R(e)}`),y(this.back,{disabled:t===0}),y(this.on,{disabled:t+a.length>=e});let r=(p,d)=>C(ht(d,p.map(L))),h=["row","part","target","as the loss reads it",...s];i&&h.push(`and ${i} more`);let c=a.map(([p,d,u,f,m])=>[String(p),d,Array.isArray(u)?r(u,", "):u,r(f," "),...m.map(g=>C(L(g)))]);this.table.replaceChildren(...dt(h,c))}};var Ae=[null,4,3,-4,-3,5,6],ko=4,Ai={train:"●",validation:"○",test:"◉"};function Ci(o,t,e,s,i,n){let a=n?2*i:i,r=i===4&&!n?Math.PI/4:0;for(let h=0;h<a;h++){let c=r-Math.PI/2+2*Math.PI*h/a,p=s*(n&&h%2?.45:1);o.lineTo(t+p*Math.cos(c),e+p*Math.sin(c))}o.closePath()}function $o(o,t,e,s,i){o.beginPath();let n=Ae[t%(Ae.length+3)];if(n===null)o.arc(e,s,i,0,2*Math.PI);else if(n===void 0)Ci(o,e,s,i*1.35,ko+t%(Ae.length+3)-Ae.length,!0);else if(n===-4){for(let a=0;a<4;a++)o.lineTo(e+i*1.3*Math.cos(a*Math.PI/2),s+i*1.3*Math.sin(a*Math.PI/2));o.closePath()}else if(n===-3){for(let[a,r]of[[-1.15,-.75],[1.15,-.75],[0,1.25]])o.lineTo(e+i*a,s+i*r);o.closePath()}else Ci(o,e,s,i*(n<5?1.25:1.15),n)}function As(o,{form:t,part:e,x:s,y:i,radius:n,colour:a,colours:r}){$o(o,t,s,i,n);let h=e==="train";o.fillStyle=h?a:T(r.ground,.85),o.fill(),o.lineWidth=h?1:1.6,o.strokeStyle=h?T(r.ground):a,o.stroke(),e==="test"&&(o.beginPath(),o.arc(s,i,Math.max(1,.38*n),0,2*Math.PI),o.fillStyle=a,o.fill())}var Tt=14,Oe=class{constructor(){this.element=l("p",{class:"meaning"})}take({classes:t,scale:e,colours:s}){let i=JSON.stringify([t,e,s.id]);i!==this.key&&(this.key=i,this.element.replaceChildren(...t?t.map((n,a)=>this.#t(n,a,s)):this.#e(e,s)))}#t(t,e,s){let i=l("canvas",{"aria-hidden":"true"});return Object.assign(i.style,{width:`${Tt}px`,height:`${Tt}px`}),As(q(i,Tt,Tt),{form:e,part:"train",x:Tt/2,y:Tt/2,radius:4.6,colour:T(s.ofClass(e)),colours:s}),l("span",{},i,t)}#e(t,e){if(!t)return[];let s=l("i",{class:"scale","aria-hidden":"true"}),i=[e.negative,e.positive].map(c=>T(e.mix(c,.85))),n=[i[0],T(e.ground),i[1]].join(", ");s.style.background=`linear-gradient(to right, ${n})`;let[a,r,h]=t.texts;return[l("span",{},`${t.name}: ${a}`,s,h),l("span",{},`no colour is ${r}`)]}};var ze=class{constructor({send:t,repaint:e,cursor:s}){this.send=t,this.cursor=s,this.parts=new Set(["train","validation"]),this.tool="look",this.select=l("select",{"aria-label":"what a click on the picture does",onchange:()=>this.pick(this.select.value)}),this.axes=[0,1].map(i=>l("select",{"aria-label":i?"feature upwards":"feature to the right",onchange:()=>this.#t(i)})),this.boxes=["train","validation","test"].map(i=>{let n=l("input",{type:"checkbox",onchange:()=>{this.parts[n.checked?"add":"delete"](i),e()}});return n.checked=this.parts.has(i),l("label",{class:"part"},n,l("span",{"aria-hidden":"true"},Ai[i]),i)}),this.hard=l("input",{type:"checkbox",onchange:e}),this.hardBox=l("label",{class:"part",title:"only which answer it is, not how surely"},this.hard,"discretize"),this.element=l("span",{class:"tools"},...this.boxes,this.hardBox,...this.axes,this.select)}take(t){this.still=t;let e=t.features.length>2&&!t.image_shape;for(let i of this.boxes)i.hidden=!!t.image_shape;this.hardBox.hidden=!!t.image_shape||t.axes.length===1,this.axes.forEach((i,n)=>{i.hidden=!e||n>=t.axes.length,i.hidden||F(i,t.features.map((a,r)=>[String(r),a]),String(t.axes[n].feature))});let s=[["look","pointer: looks"]];t.features.length<=2&&(t.axes.length===1?s.push(["add","pointer: adds, drags points"],["draw","pointer: draws a curve"]):t.task==="classes"&&t.class_names.slice(0,10).forEach((i,n)=>s.push([`add ${n}`,`pointer: adds, drags ${i}`])),s.push(["remove","pointer: removes points"])),F(this.select,s,s.some(([i])=>i===this.select.value)?this.select.value:"look"),this.select.hidden=s.length===1,this.pick(this.select.value)}get isHard(){return this.hard.checked}pick(t){this.select.value=t;let[e,s]=t.split(" ");this.tool=e==="add"?{target:s===void 0?null:Number(s)}:e,this.cursor(e==="look"?"crosshair":e==="draw"?"cell":"copy")}#t(t){let e=this.axes.map(s=>Number(s.value));e[0]===e[1]&&(e[1-t]=this.still.axes[t].feature),this.send({type:"axes",axes:e})}},Oi=9,Pe=class{constructor(t,{send:e,tools:s}){this.map=t,this.send=e,this.tools=s,this.stroke=null,this.dragged=null;for(let[i,n]of[["pointerdown","down"],["pointermove","move"],["pointerup","up"],["pointercancel","up"],["pointerleave","leave"]])t.points.addEventListener(i,a=>this[n](a))}#t(t){let[e,s]=[null,Oi*Oi];for(let i of this.map.still.samples)this.tools.parts.has(i.part)&&i.rows.forEach((n,a)=>{let[r,h]=this.map.spot(i,a),c=(r-t.offsetX)**2+(h-t.offsetY)**2;c<s&&([e,s]=[{row:n,target:i.target[a],part:i.part},c])});return e}down(t){let{map:e}=this,s=this.tools.tool;if(!(!e.still||s==="look"||t.button)){if(e.points.setPointerCapture(t.pointerId),t.preventDefault(),s==="draw")this.stroke=[e.place(t)];else{let i=this.#t(t);if(s==="remove")return i&&this.send({type:"remove_point",row:i.row});if(!i)return this.send({type:"add_point",at:e.place(t),target:s.target});this.dragged={...i,at:e.place(t),moved:!1}}e.paintPoints()}}move(t){let{map:e}=this;e.still&&(this.stroke?(this.stroke.push(e.place(t)),e.paintPoints()):this.dragged&&(this.dragged.at=e.place(t),this.dragged.moved=!0,e.paintPoints()),this.#e(t))}up(){if(this.stroke){let t=this.stroke.filter(([e],s,i)=>s===0||e>Math.max(...i.slice(0,s).map(([n])=>n)));this.stroke=null,t.length>1?this.send({type:"draw",points:t}):this.map.paintPoints()}if(this.dragged){let{row:t,at:e,moved:s}=this.dragged;this.dragged=null,s&&this.send({type:"move_point",row:t,at:e}),this.map.paintPoints()}}leave(){w(this.map.readout,"")}#e(t){let{still:e,isCurve:s}=this.map,[i,n]=this.map.place(t),a=this.#t(t),r=u=>e.task==="classes"?e.class_names[u]:V(u),h=s?`${e.axes[0].name} ${V(i)}, y ${V(n)}`:`${e.axes[0].name} ${V(i)}, ${e.axes[1].name} ${V(n)}`,c=this.map.answerAt(i,n),p=c===null?"":c.share===void 0?` → ${V(c.value)}`:` → ${e.class_names[c.number]} ${U(c.share)}`,d=a?` · sample ${a.row+1} (${a.part}): ${r(a.target)}`:"";w(this.map.readout,h+p+d)}};var Y={left:38,right:8,top:8,bottom:30},Mo=600,Ne=class{constructor(t,e){this.tools=e,this.picture=new st,this.gallery=[],this.map=l("canvas",{class:"map","aria-hidden":"true"}),this.points=l("canvas",{class:"points",tabindex:0,role:"img","aria-label":"answers of the network and the samples"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.broken=l("p",{class:"broken",hidden:!0}),this.legend=new Oe,this.element=l("div",{class:"plane"},this.map,this.points,this.readout,this.broken),this.pointer=new Pe(this,{send:t,tools:e}),this.size=[0,0],this.still=null}setCursor(t){this.points.style.cursor=t}take({still:t,lane:e,unit:s,colours:i,pictures:n},a){this.element.classList.toggle("picture",!!n),this.size=[this.element.clientWidth,this.element.clientHeight];let r=this.still?.samples;this.still=t,this.lane=e,this.unit=s,this.colours=i,this.pictures=n,this.#t(),this.#i(),this.#e();let h=[t.run,i.id,...this.size,this.y.domain,...this.tools.parts].join();h===this.key&&r===t.samples&&!a||(this.key=h,this.paintPoints())}get isCurve(){return this.still.axes.length===1}#t(){let[t,e]=this.still.axes;this.targetsOf!==this.still&&(this.targetsOf=this.still,this.targets=H(this.still.samples.flatMap(({target:p})=>p))??[0,0]);let[s,i]=this.targets,n=.12*(i-s||1),a=e?[e.low,e.high]:[s-n,i+n],[r,h]=this.size;this.x=P([t.low,t.high],[Y.left,r-Y.right]),this.y=P(a,[h-Y.bottom,Y.top]);let c=[r-Y.left-Y.right,h-Y.top-Y.bottom];this.box=[Y.left,Y.top,...c]}#e(){let{still:t,lane:e,unit:s,pictures:i,colours:n}=this,a=t.task==="classes"&&!s&&!i?t.class_names:null;this.legend.take({classes:a,scale:a?null:this.#s(),colours:n});let r=`diverged at epoch ${e.diverged}: its numbers are not finite any more`,h=e.diverged!=null?r:"";w(this.broken,h),y(this.broken,{hidden:!h});let c=t.axes.map(({name:m,low:g,high:b})=>`${m} from ${_(g)} to ${_(b)}`),d=t.samples.filter(({part:m})=>this.tools.parts.has(m)).map(({part:m,rows:g})=>`${g.length} ${m} samples`),u=`what the network answers over ${c.join(", ")}; on it ${d.join(", ")}. ${h}`,f=i?"the weights of the first units as pictures":u.trim();E(this.points,"aria-label",f)}#s(){let{unit:t,pictures:e,targets:s}=this;if(t?.grid){let{low:a,high:r}=t.grid;return{name:"activation",texts:[_(a),"0",_(r)]}}if(e)return{name:"weight of a pixel",texts:["below 0","0","above 0"]};if(this.isCurve||this.still.task==="classes")return null;let[i,n]=s;return{name:"answer",texts:[i,(i+n)/2,n].map(a=>_(a))}}place({offsetX:t,offsetY:e}){return[this.x.invert(t),this.y.invert(e)]}spot(t,e){return[this.x(t.x[e]),this.y(this.isCurve?t.target[e]:t.y[e])]}answerAt(t,e){let{map:s}=this.lane;if(this.unit||!s?.strength||this.pictures)return null;let{width:i,height:n,low:a,high:r,bytes:h}=s.strength,[c,p]=this.still.axes,d=Math.floor(i*(t-c.low)/(c.high-c.low)),u=Math.floor(n*(p.high-e)/(p.high-p.low)),f=Math.min(n-1,u)*i+Math.min(i-1,d),m=a+(r-a)*vt(h)[f]/255;return s.kind==="values"?{value:m}:s.winner?{number:vt(s.winner.bytes)[f],share:m}:m<.5?{number:0,share:1-m}:{number:1,share:m}}#i(){let[t,e]=this.size;if(!t)return;let s=q(this.map,t,e),{unit:i,lane:n,pictures:a,colours:r}=this;if(this.isCurve)return this.#a(s,i?.curve?this.#n(i):n.map);if(s.imageSmoothingEnabled=!1,a&&!i)return this.#o(s);let h=i?.grid??n.map;if(!h)return;let c={isHard:this.tools.isHard,range:i?null:this.targets};s.drawImage(mt(this.picture,h,r,c),...this.box)}#n({curve:t}){let[e,s]=this.x.domain;return{x:t.map((i,n)=>e+(s-e)*n/(t.length-1)),y:[t]}}#o(t){let[e,s,i,n]=this.box,a=Math.ceil(Math.sqrt(this.pictures.length)),r=Math.min(i,n)/a;this.pictures.forEach((h,c)=>{this.gallery[c]??=new st;let[p,d]=[e+r*(c%a),s+r*Math.floor(c/a)];t.drawImage(mt(this.gallery[c],h,this.colours),p,d,r-6,r-6)})}#a(t,e){e&&(t.beginPath(),t.rect(...this.box),t.clip(),t.lineWidth=2.5,e.y.forEach((s,i)=>{t.strokeStyle=T(this.colours.ofClass(i?i+1:1)),K(t,e.x,s,this.x,this.y)}))}paintPoints(){let[t,e]=this.size;if(!t||!this.still)return;let s=q(this.points,t,e);this.#h(s,t,e);let{dragged:i,stroke:n}=this.pointer;for(let h of this.still.samples){if(!this.tools.parts.has(h.part))continue;let c=h.rows.length>Mo?2.2:3.6;h.rows.forEach((p,d)=>{i?.row!==p&&this.#r(s,h.part,this.spot(h,d),h.target[d],c)})}if(i){let h=[this.x(i.at[0]),this.y(i.at[1])];this.#r(s,"train",h,i.target,5)}if(!n)return;s.strokeStyle=T(this.colours.mark),s.lineWidth=2;let[a,r]=[0,1].map(h=>n.map(c=>c[h]));K(s,a,r,this.x,this.y)}#r(t,e,s,i,n){let[a,r]=s,h=this.still.task==="classes"?i:0,c=T(this.#l(i));As(t,{form:h,part:e,x:a,y:r,radius:n,colour:c,colours:this.colours})}#l(t){let{colours:e}=this;if(this.still.task==="classes")return e.ofClass(t);if(this.isCurve)return e.negative;let[s,i]=this.targets,n=(t-s)/(i-s||1),a=n<.5?e.negative:e.positive;return e.mix(a,.3+1.2*Math.abs(n-.5))}#h(t,e,s){let[i,n]=this.still.axes,[a,r,h,c]=this.box;t.font=`11px ${this.colours.font}`,t.fillStyle=this.colours.faint(.75),t.strokeStyle=this.colours.faint(.3),t.strokeRect(a-.5,r-.5,h+1,c+1);let p=s-Y.bottom+13;et(t,this.x,{values:tt(...this.x.domain,5),baseline:p}),t.fillText(i.name,(e+Y.left)/2,s-3),et(t,this.y,{values:tt(...this.y.domain,5),right:Y.left-5}),n&&(t.save(),t.translate(10,s/2-10),t.rotate(-Math.PI/2),t.textAlign="center",t.fillText(n.name,0,0),t.restore())}};function zi({classes:o,confusion:t},e){let s=Math.max(...t.flat(),1),i=(a,r,h)=>{let c=l("td",{},a?String(a):"·"),p=r===h?e.positive:e.negative;return c.style.background=a?T(p,.12+.4*(a/s)):"",c},n=t.map((a,r)=>[o[r],...a.map((h,c)=>i(h,r,c))]);return l("figure",{class:"confusion"},l("figcaption",{},"Confusion matrix: true classes down, answers across"),nt({},["",...o],n))}function Pi({perClass:o}){let t=o.map(([s,i,n,a,r])=>[s,...[i,n,a].map(h=>C(B(h))),R(r)]),e=["class","precision","recall","F1","samples"];return l("figure",{},l("figcaption",{},"Scores per class"),nt({},e,t))}function Ni({wrong:o,wrongs:t,classes:e},s,i){let n=o.map(({row:c,true:p,guess:d,p:u,picture:f,x:m})=>{let g=`open sample ${c+1} on the score sheet: its forward and backward pass`,b=m?.map(([x,v])=>O`${x} ${L(v)}`);return l("button",{type:"button",class:"wrong",title:g,onclick:()=>i(c)},f?Ut(f,56,s):l("span",{class:"note"},...C(ht(", ",b))),l("span",{},`${e[p]} → ${e[d]}`),l("span",{class:"note"},...C(B(u))))}),a=t>o.length?`, the ${o.length} surest`:"",h=t?`Misclassified: ${R(t)}${a} (true → answer, its probability). Click one to step through it.`:"Nothing is misclassified.";return l("figure",{class:"wrongs"},l("figcaption",{},h),l("div",{},...n))}function Li({predicted:o,residuals:t},e){let[s,i]=[420,240],n=l("canvas",{role:"img","aria-label":"residuals over predictions"});Object.assign(n.style,{width:`${s}px`,height:`${i}px`});let a=q(n,s,i),r=P(ms(H(o),1),[52,s-12]),h=P(ms(H([...t,0]),1),[i-32,8]);return a.font=`11px ${e.font}`,a.fillStyle=e.faint(.75),et(a,r,{values:tt(...r.domain,5),baseline:i-18}),a.fillText("predicted",s/2,i-3),et(a,h,{values:tt(...h.domain,5),right:46}),a.strokeStyle=e.faint(.5),K(a,r.domain,[0,0],r,h),a.fillStyle=T(e.positive,.7),o.forEach((c,p)=>{a.beginPath(),a.arc(r(c),h(t[p]),2.6,0,2*Math.PI),a.fill()}),l("figure",{},l("figcaption",{},"Residuals: true minus predicted"),n)}var _i=40,_e=class{constructor({send:t}){this.send=t;let e=s=>{s.preventDefault(),this.#e()};this.form=l("form",{class:"point",onsubmit:e}),this.answer=l("div",{class:"given"}),this.pad=new Os(s=>t({type:"digit",drawing:s,gesture:"digit"})),this.element=l("div",{class:"try"},l("h3",{},"Ask the network"),this.form,this.pad.element,this.answer)}take(t,e,s){e&&this.#s(e,s),t.run!==this.run&&(this.run=t.run,this.answer.replaceChildren(),this.#t(t))}#t({features:t,image_shape:e}){this.pad.element.hidden=!e,this.form.hidden=!!e||t.length>_i,this.inputs=t.slice(0,_i).map(s=>l("input",{type:"text",inputmode:"decimal","aria-label":s,value:"0"})),this.form.replaceChildren(...this.inputs.map((s,i)=>l("label",{},l("span",{},t[i]),s)),l("button",{type:"submit"},"predict"))}#e(){this.send({type:"predict",point:this.inputs.map(t=>t.value)})}#s({classes:t,probabilities:e,guess:s,values:i,picture:n},a){let r=(d,u,...f)=>l("div",{class:u?"bar chosen":"bar"},l("span",{},d),...f),h=t?t.map((d,u)=>{let f=l("span",{},...C(B(e[u])));return r(d,u===s,Eo(e[u],a.ofClass(u)),f)}):i.map((d,u)=>{let f=i.length>1?`output ${u+1}`:"answer";return r(f,!1,l("b",{},...C(L(d))))}),c=l("p",{class:"note"},"what the network reads:"),p=n?[c,Ut(n,84,a)]:[];this.answer.replaceChildren(...p,...h)}};function Eo(o,t){let e=l("i",{}),s=`${Math.round(100*(o??0))}%`;return Object.assign(e.style,{width:s,background:T(t)}),l("span",{class:"track"},e)}var rt=96,Le=192,Os=class{constructor(t){this.onDrawn=t,this.canvas=l("canvas",{class:"paper",width:rt,height:rt,role:"img","aria-label":"draw a digit here"}),Object.assign(this.canvas.style,{width:`${Le}px`,height:`${Le}px`}),this.context=this.canvas.getContext("2d",{willReadFrequently:!0}),this.element=l("div",{class:"drawing"},l("p",{class:"note"},"Draw a digit:"),this.canvas,l("button",{type:"button",onclick:()=>this.context.clearRect(0,0,rt,rt)},"clear")),this.canvas.addEventListener("pointerdown",e=>{this.canvas.setPointerCapture(e.pointerId),this.last=this.#t(e),this.#e(e)}),this.canvas.addEventListener("pointermove",e=>this.last&&this.#e(e));for(let e of["pointerup","pointercancel"])this.canvas.addEventListener(e,()=>{this.last&&this.#s(),this.last=null})}#t(t){return[t.offsetX*rt/Le,t.offsetY*rt/Le]}#e(t){let{context:e}=this,s=this.#t(t);e.lineWidth=8,e.lineCap="round",e.beginPath(),e.moveTo(...this.last),e.lineTo(...s),e.stroke(),this.last=s}#s(){let{data:t}=this.context.getImageData(0,0,rt,rt),e="";for(let s=3;s<t.length;s+=4)e+=String.fromCharCode(t[s]);this.onDrawn(btoa(e))}};var Re=class{constructor({store:t,send:e}){this.store=t,this.send=e,this.parts=l("select",{"aria-label":"which samples are examined",onchange:()=>this.#t(this.parts.value)}),this.head=l("p",{class:"score"}),this.body=l("div",{class:"results"}),this.samples=new _e({send:e}),this.element=l("details",{class:"below examine",ontoggle:()=>this.element.open&&this.#t()},l("summary",{},"Examine the result"),l("div",{class:"head"},l("label",{},"samples ",this.parts),this.head),l("div",{class:"columns"},this.body,this.samples.element))}#t(t=this.part){this.asked=this.#e(),this.send({type:"examine",part:t??null,gesture:"examine"})}#e(){let{run:t,viewing:e,step:s,focus:i}=this.store.frame;return[t,e.epoch,e.live&&s,i].join()}take({examined:t,answer:e}){let{still:s,colours:i}=this.store;s.run!==this.run&&(this.run=s.run,this.part=null),this.samples.take(s,e,i),t&&this.#i(t,i)}askIfOutdated(){let t=this.store.frame.status!=="running";this.element.open&&t&&this.asked!==this.#e()&&this.#t()}#s(t){S(this.head,t)}#i(t,e){this.part=t.part;let s=t.parts.map(a=>{let r=a===t.part,h=`${a} (${r?R(t.samples):"…"})`;return l("option",{value:a,selected:r},h)});this.parts.replaceChildren(...s);let i=`at epoch ${R(t.epoch)}`,n=O`loss ${L(t.loss)}`;if(t.kind==="classes"){let[a,r,h]=t.interval,c=O`between ${B(a)} and ${B(r)} with ${U(h,0)} confidence`;this.#s(O`accuracy ${B(t.accuracy)} ${i}, ${c} · ${n}`);let p=d=>this.send({type:"to_sheet",row:d});this.body.replaceChildren(zi(t,e),Pi(t),Ni(t,e,p))}else{let[a,r]=[t.rmse,t.mae].map(c=>ht(", ",c.map(L))),h=O`root mean squared error ${a} · mean absolute error ${r}`;this.#s(O`R² ${L(t.r2)} ${i} · ${h} · ${n}`),this.body.replaceChildren(Li(t,e))}}};var Ie=class{constructor(t,e){this.send=e,this.list=l("div",{}),this.menu=l("details",{class:"menu"},l("summary",{},"Experiments ▾"),this.list),this.title=l("h2",{}),this.question=l("p",{class:"question"}),this.look=l("p",{class:"look"}),this.answer=l("p",{}),this.fold=l("details",{class:"fold"},l("summary",{},"the answer"),this.answer),this.claim=l("p",{class:"claim",role:"status"}),this.rival=l("p",{class:"note"}),this.table=l("table",{}),this.card=l("section",{class:"card","aria-label":"experiment",hidden:!0},this.title,this.question,this.look,this.claim,this.rival,this.table,this.fold,l("button",{type:"button",class:"quiet","aria-label":"close the experiment",onclick:()=>e({type:"experiment",key:null})},"✕")),this.stop=t.listen("pointerdown",s=>{s.composedPath().includes(this.menu)||(this.menu.open=!1)})}take({experiments:t,experiment:e}){if(t&&this.list.replaceChildren(...t.map(([r,h,c])=>l("button",{type:"button",title:c,onclick:()=>{this.menu.open=!1,this.send({type:"experiment",key:r})}},h))),e===void 0||(this.card.hidden=!e,!e))return;this.title.textContent!==e.label&&y(this.fold,{open:!1}),w(this.title,e.label),w(this.question,e.question),w(this.look,`What to look at: ${e.look}`),w(this.answer,e.answer+(e.source?` (${e.source})`:""));let{claim:s,rival:i}=e;w(this.claim,s?`${s.holds?"✓":"✗"} This run: ${s.sentence}`:""),E(this.claim,"data-holds",String(s?.holds??""));let n=i&&(i.share<1?`learning, ${U(i.share,0)} done`:"done");w(this.rival,i?`${i.label}: ${jt(i.parameters)} parameters, ${n}`:"");let a=(i?.rows??[]).map(([r,...h])=>[String(r),...h.map(c=>C(B(c)))]);this.table.replaceChildren(...a.length?dt(i.columns,a):[])}};var De=class{constructor(t,{send:e,openFile:s,first:i}){this.host=t;let n=(r,h,c)=>l("button",{type:"button",title:h,onclick:c},r),a=l("input",{type:"file",accept:".safetensors,.json,application/json",hidden:!0,"aria-label":"run file",onchange:()=>{a.files[0]&&s(a.files[0],"run"),a.value=""}});this.copy=n("copy link","the whole setup as a link: seed and steps make the weights again",()=>this.#t()),this.element=l("div",{class:"bar"},i,this.copy,n("save run","the run with its weights and all that it needs to learn on, as a file",()=>e({type:"save"})),n("open run …",null,()=>a.click()),a,n("step through this batch","open this network with the batch of its next step on the score sheet",()=>e({type:"to_sheet"})))}async#t(){await navigator.clipboard?.writeText(this.host.address.link({d:null,v:null})),w(this.copy,"copied"),setTimeout(()=>w(this.copy,"copy link"),1500)}},zs=9e5;function So(o){let t="";for(let e=0;e<o.length;e+=8192)t+=String.fromCharCode(...o.subarray(e,e+8192));return btoa(t)}var We=class{constructor({send:t,complain:e}){this.send=t,this.complain=e,this.file=null,this.text=l("span",{});let s=l("button",{type:"button",class:"quiet",onclick:()=>this.#e()},"cancel");this.element=l("p",{class:"notice",role:"status",hidden:!0},this.text,s)}open(t,e){this.file=t,this.purpose=e,this.at=-1,this.#t(0)}take({arrived:t},e){this.file&&(e||t===null&&this.at>0?this.#e():t>this.at&&this.#t(t))}async#t(t){let{file:e,purpose:s}=this;this.at=t,this.#s();try{let i=new Uint8Array(await e.slice(t,t+zs).arrayBuffer());if(this.file!==e)return;let{name:n,size:a}=e;this.send({type:"upload_piece",purpose:s,name:n,size:a,at:t,bytes:So(i)}),t+zs>=a&&this.#e()}catch{this.#e(),this.complain(`${e.name} cannot be read any more: open it again.`)}}#e(){this.file=null,this.#s()}#s(){let{file:t}=this;y(this.element,{hidden:!t||t.size<=zs}),t&&w(this.text,`${t.name}: ${U(this.at/t.size)} has arrived `)}};var Ri=[["weights","weights W"],["activations","activations a"],["gradients","gradients ∂L/∂W"]],je=92,Ps=44,Ii=62,Be=class{constructor(){this.element=l("div",{class:"layers"}),this.cells=[]}#t(t){this.cells.length!==t&&(this.cells=Array.from({length:t},(e,s)=>Ri.map(([i,n])=>{let a=l("canvas",{role:"img","aria-label":`layer ${s+1}: distribution of ${n} over the epochs`});return a.style.height=`${je}px`,{kind:i,canvas:a}})),this.element.replaceChildren(l("span",{}),...Ri.map(([,e])=>l("b",{},e)),...this.cells.flatMap((e,s)=>[l("span",{class:"layer"},`layer ${s+1}`),...e.map(({canvas:i})=>i)])))}take({bands:t,lane:e,colours:s,cursor:i}){if(!e.layers.length||!this.element.clientWidth)return;this.#t(e.layers.length);let n=this.cells[0][0].canvas.clientWidth;this.cells.forEach((a,r)=>a.forEach(({kind:h,canvas:c})=>{let p=t?.[h]?.map(d=>d[r])??[];this.#e(q(c,n,je),n,p,t?.epoch??[],e.layers[r][h],s,i)}))}#e(t,e,s,i,n,a,r){let[h,c]=[n.low??0,n.high??0];for(let m of s)m[0]!=null&&m[0]<h&&(h=m[0]),m[6]!=null&&m[6]>c&&(c=m[6]);c>h||([h,c]=[h-.5,c+.5]);let p=e-Ii,d=P([h,c],[je-6,6]),u=P([0,i.at(-1)||1],[Ps,p-6]);t.font=`10px ${a.font}`,t.fillStyle=a.faint(.7),et(t,d,{values:tt(h,c,3),right:Ps-4});let f=a.positive;for(let[m,g,b]of[[0,6,.16],[1,5,.28],[2,4,.5]]){t.fillStyle=T(f,b),t.beginPath(),s.forEach((x,v)=>x[g]!=null&&t.lineTo(u(i[v]),d(x[g])));for(let x=s.length-1;x>=0;x--)s[x][m]!=null&&t.lineTo(u(i[x]),d(s[x][m]));t.fill()}t.strokeStyle=T(f),t.lineWidth=1.4,K(t,i,s.map(m=>m[3]),u,d),t.strokeStyle=a.faint(.35),h<0&&c>0&&K(t,[Ps,p],[0,0],m=>m,d),r!==null&&(t.strokeStyle=T(a.mark),ne(t,u(r),4,je-4)),this.#s(t,p,n,d,a)}#s(t,e,{low:s,high:i,counts:n},a,r){let h=Math.max(...n,1);t.fillStyle=r.faint(.55),n.forEach((c,p)=>{let d=(i-s)/n.length,[u,f]=[a(s+(p+1)*d),a(s+p*d)];t.fillRect(e,u,(Ii-8)*c/h,Math.max(1,f-u-.5))})}};var lt=72,Fe=class{constructor({send:t,focus:e}){this.send=t,this.maps=l("div",{class:"lanes",role:"group","aria-label":"networks side by side"}),this.table=l("table",{}),this.body=null,this.element=l("section",{class:"comparison",hidden:!0},l("div",{class:"head"},l("h3",{},"Comparison"),l("button",{type:"button",onclick:()=>t({type:"export"})},"export as CSV"),l("button",{type:"button",title:"go on with the network in focus alone",onclick:()=>t({type:"keep",lane:e()})},"keep the one in focus")),this.table),this.cells=[]}take(t,e,s){let i=t.lanes.length>1;this.element.hidden=this.maps.hidden=!i,i&&(this.#t(t,e),t.lanes.forEach((n,a)=>{let{button:r,canvas:h,picture:c,label:p,broken:d}=this.cells[a];E(r,"aria-pressed",String(a===t.focus)),w(p,n.label),w(d,n.diverged===null?"":`diverged at epoch ${R(n.diverged)}`),d.hidden=n.diverged===null,p.style.borderColor=T(s.ofClass(a)),n.map&&this.#s(h,c,n.map,s,a),this.#e(a,n,e,t.focus)}))}#t(t,e){let s=`${e.run} ${t.lanes.length}`;if(this.key===s)return;this.key=s;let i=e.samples.flatMap(p=>p.target);this.range=[Math.min(...i),Math.max(...i)],this.cells=t.lanes.map((p,d)=>{let u=l("canvas",{"aria-hidden":"true"});Object.assign(u.style,{width:`${lt}px`,height:`${lt}px`});let f=l("span",{}),m=l("em",{hidden:!0});return{button:l("button",{type:"button",class:"lane",onclick:()=>this.send({type:"focus",lane:d})},l("div",{},u,m),f),canvas:u,label:f,broken:m,picture:new st}}),this.maps.replaceChildren(...this.cells.map(({button:p})=>p));let n=e.samples.some(({part:p})=>p==="validation")?"validation":"training",a=e.metric==="accuracy"?"accuracy then":"R² then",r=[e.choice||"network","parameters",`best ${n} loss`,a,"at epoch","now","seconds"],[h,c]=dt(r,t.lanes.map(()=>Array(r.length).fill("")));this.table.replaceChildren(h,c),this.body=c}#e(t,e,s,i){let n=this.body.children[t];E(n,"class",t===i?"chosen":"");let{score:a}=e;[e.label,R(s.lanes[t].parameters),L(a.best),s.metric==="accuracy"?B(a.best_metric):L(a.best_metric),R(a.best_epoch),e.diverged!==null?`diverged at epoch ${R(e.diverged)}`:L(e.now.validation_loss??e.now.train_loss),L(a.seconds)].forEach((h,c)=>S(n.children[c],h))}#s(t,e,s,i,n){let a=q(t,lt,lt);if(s.kind!=="curve"){a.imageSmoothingEnabled=!1,a.drawImage(mt(e,s,i,{range:this.range}),0,0,lt,lt);return}let[r]=s.y,h=P([0,s.x.length-1],[0,lt]),c=P(H(r)??[0,0],[lt-4,4]);a.strokeStyle=T(i.ofClass(n)),a.lineWidth=2,K(a,null,r,h,c)}};var It=250;function Di(o,{nodes:t,pictures:e,still:s,lane:i,colours:n}){o.imageSmoothingEnabled=!1,t.forEach((a,r)=>{let h=r?i.units[r-1]:s.input_maps;a.forEach((c,p)=>{let{x:d,y:u,half:f}=c,m=[d-f,u-f,2*f,2*f],g=r>0&&h?.dead.includes(p);o.fillStyle=T(n.ground),o.fillRect(...m),To(o,m,{number:r,unit:p,maps:h,picture:e[r][p],still:s,lane:i,colours:n}),o.strokeStyle=g?T(n.negative):n.faint(.55),o.lineWidth=g?2:1,o.strokeRect(...m),g&&(o.beginPath(),o.moveTo(d-f,u+f),o.lineTo(d+f,u-f),o.stroke())})})}function To(o,t,{number:e,unit:s,maps:i,picture:n,still:a,lane:r,colours:h}){let c=r.shown?.activations[e-1];if(!e&&a.pictured){let p=h.strength(h.text,!1);o.drawImage(n.paint(a.pictured.picture,p),...t)}else i?.grids[s]?o.drawImage(mt(n,i.grids[s],h),...t):i?.curves[s]?Ao(o,t,i.curves[s],h):c&&Co(o,t,c,s,h)}function Co(o,t,e,s,i){let n=Math.max(1e-9,...e.map(h=>Math.abs(h??0))),a=e[s]??0,r=a<0?i.negative:i.positive;o.fillStyle=T(i.mix(r,.9*Math.abs(a)/n)),o.fillRect(...t)}function Ao(o,[t,e,s],i,n){let a=P([0,i.length-1],[t,t+s]),r=P(H(i)??[0,0],[e+s-2,e+2]);o.strokeStyle=T(n.positive),o.lineWidth=1.5,K(o,null,i,a,r)}function Wi(o,{nodes:t,width:e,still:s,lane:i,heading:n,colours:a}){let{layers:r}=n,{image_shape:h,pictured:c}=s;o.font=`11px ${a.font}`,o.fillStyle=a.faint(.8),o.textAlign="center";let p=(m,g,b)=>{let x=o.measureText(m).width/2;o.fillText(m,Math.min(Math.max(g,x),e-x),b)},d=t.length>1?t[1][0].x-t[0][0].x:1/0,u=({outputs:m,activation:g})=>o.measureText(`${m} · ${g} `).width,f=r.some(m=>u(m)>d);t.forEach((m,g)=>{p(Oo(m,g,r,h,f),m[0].x,12);let b=g?i.layers[g-1]?.dead_units:0;b&&o.fillText(`${b} dead`,m[0].x,It-4)}),c?zo(p,t[0][0],c,i.shown??{}):Po(o,t[0],s.inputs),No(o,t.at(-1),s.class_names,e)}function Oo(o,t,e,s,i){let n=!t&&s,a=t?e[t-1].outputs:e[0].inputs;if(n)return`${s.join(" × ")} pixels`;if(i)return String(a);let r=a>o.length?` (${o.length} of ${a})`:"";return t?`${a} · ${e[t-1].activation}${r}`:`${a} input${a>1?"s":""}${r}`}function zo(o,{x:t,y:e,half:s},i,{guess:n,probability:a}){o(`sample ${i.row+1}: ${i.true}`,t,e+s+15),n&&o(`taken for ${n} (${U(a)})`,t,e+s+30)}function Po(o,t,e){o.textAlign="right",t.forEach(({x:s,y:i,half:n},a)=>{n<5||o.fillText(e[a]??"",s-n-4,i+4,Math.max(19,s-n-4))})}function No(o,t,e,s){e.length!==t.length||t[0].half<4||(o.textAlign="left",t.forEach(({x:i,y:n,half:a},r)=>{o.fillText(e[r],i+a+4,n+4,Math.max(10,s-i-a-4))}))}var Lo=7;function ji(o,{weights:t,nodes:e,colours:s,skipsFirst:i,chosen:n}){t.forEach((a,r)=>{if(!r&&i)return;let h=1e-9;for(let d of a)for(let u of d)Math.abs(u)>h&&(h=Math.abs(u));let[c,p]=[e[r],e[r+1]];p.forEach((d,u)=>c.forEach((f,m)=>{let g=a[u]?.[m];if(g==null)return;let b=Math.abs(g)/h,x=n&&n.layer===r&&n.unit===u&&n.source===m;o.strokeStyle=x?T(s.mark):T(g<0?s.negative:s.positive,.15+.75*b),o.lineWidth=(x?1.6:.4)+4*b,o.setLineDash(g<0?[6,4]:[]);let[v,k]=[f.x+f.half,d.x-d.half],M=(v+k)/2;o.beginPath(),o.moveTo(v,f.y),o.bezierCurveTo(M,f.y,M,d.y,k,d.y),o.stroke()}))}),o.setLineDash([])}function Bi(o,t,{weights:e,nodes:s,skipsFirst:i}){let[n,a]=[null,Lo];return e.forEach((r,h)=>{if(!h&&i)return;let[c,p]=[s[h],s[h+1]],[d,u]=[c[0].x+c[0].half,p[0].x-p[0].half];if(o<d||o>u)return;let f=_o((o-d)/(u-d));p.forEach((m,g)=>c.forEach((b,x)=>{let v=b.y+(m.y-b.y)*(3*f*f-2*f*f*f),k=r[g]?.[x];Math.abs(v-t)<a&&k!=null&&([n,a]=[{layer:h,unit:g,source:x,value:k},Math.abs(v-t)])}))}),n}function _o(o){let t=o;for(let e=0;e<6;e++){let s=1.5*t*(1-t)**2+1.5*t*t*(1-t)+t**3,i=1.5*(1-t)**2+1.5*t*t;t=Math.min(1,Math.max(0,t-(s-o)/(i||1)))}return t}var Fi=232;function Ro(o){return o==null?"":z(o)}var qe=class{constructor({send:t}){this.send=t,this.title=l("b",{}),this.fields=l("div",{class:"numbers"}),this.element=l("form",{class:"unit-editor",hidden:!0,"aria-label":"numbers of one unit",onsubmit:e=>e.preventDefault(),onkeydown:e=>this.#s(e)},l("div",{class:"head"},this.title,l("button",{type:"button",class:"quiet","aria-label":"close",onclick:()=>this.close()},"✕")),this.fields),this.chosen=null}open(t,e,s,{x:i,y:n,width:a},r){this.back=j(this.element),this.chosen={...t,source:e},w(this.title,t.name),this.inputs=s.map((d,u)=>this.#t(`weight of ${d}`,`from ${d}`,u));let h=this.#t(`bias of ${t.name}`,"bias",null);this.bias=h.input,this.fields.replaceChildren(h.element,...this.inputs.map(({element:d})=>d)),y(this.element,{hidden:!1}),Object.assign(this.element.style,{left:`${Math.max(0,Math.min(i,a-Fi))}px`,top:`${n}px`,width:`${Math.min(Fi,a)}px`}),this.take(r);let c=e===null?this.bias:this.inputs[e]?.input,p=c?.disabled?this.inputs[0]?.input:c;p?.focus(),p?.select()}#t(t,e,s){let i=l("input",{type:"text",inputmode:"decimal",autocomplete:"off","aria-label":t,onchange:()=>this.#e(i,s)});return{input:i,element:l("label",{},l("span",{},e),i)}}#e(t,e){let{layer:s,unit:i}=this.chosen;this.send({type:"set_parameter",layer:s,unit:i,source:e,value:t.value})}#s(t){t.key==="Enter"&&t.target.dispatchEvent(new Event("change")),t.key==="Escape"&&this.close(),t.stopPropagation()}close(){y(this.element,{hidden:!0}),this.chosen=null,this.back?.focus?.()}take(t){if(!this.chosen||!t?.weights)return;let{layer:e,unit:s}=this.chosen,i=t.weights[e]?.[s];if(!i)return this.close();let n=t.biases?.[e];y(this.bias,{disabled:!n}),this.#i(this.bias,n?.[s]),this.inputs.forEach(({input:a},r)=>this.#i(a,i[r]))}#i(t,e){t.getRootNode().activeElement!==t&&y(t,{value:Ro(e)})}};var Io=40,Do=12,Wo=72,Ns=46,qi=66,jo=104,Bo=12,Ki=16,Fo={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]},Ke=class{constructor({point:t,send:e}){this.point=t,this.send=e,this.canvas=l("canvas",{role:"img","aria-label":"network: a small map per unit, a line per weight"}),this.units=l("div",{class:"units",role:"group","aria-label":"units; arrow keys go from one to the next, Enter opens its numbers",onkeydown:s=>this.#o(s)}),this.sizes=l("div",{class:"sizes",role:"group","aria-label":"layers and units"}),this.readout=l("output",{class:"readout","aria-live":"off"}),this.editor=new qe({send:e}),this.element=l("div",{class:"network"},this.canvas,this.units,this.sizes,this.readout,this.editor.element),this.nodes=[],this.pictures=[],this.canvas.addEventListener("pointermove",s=>this.#h(s)),this.canvas.addEventListener("pointerleave",()=>w(this.readout,"")),this.canvas.addEventListener("click",s=>this.#p(s))}take(t){this.shown=t;let e=this.element.clientWidth;if(!e)return;this.#e(e);let{weights:s,biases:i,colours:n}=t,a=q(this.canvas,e,It),r={...t,nodes:this.nodes,pictures:this.pictures,width:e};s&&ji(a,{...this.#t,colours:n,chosen:this.editor.chosen}),Di(a,r),Wi(a,r),this.editor.take({weights:s,biases:i})}get#t(){let{weights:t,still:e}=this.shown;return{weights:t,nodes:this.nodes,skipsFirst:!!e.image_shape}}#e(t){let{still:e,lane:s,alone:i}=this.shown,{layers:n}=this.shown.heading,a=s.units.map(({grids:g,curves:b,width:x})=>Math.min(x,Math.max(g.length,b.length)||Ki)),r=[e.image_shape?1:Math.min(n[0].inputs,Bo),...n.map((g,b)=>a[b]??Math.min(g.outputs,Ki))],h=[t,...r,e.run,i].join();if(h===this.key)return;this.key=h;let c=r.length,p=It-44,d=Math.min(Io,p/Math.max(...r)-4,t/c-26),u=Math.max(Do,d);this.nodes=r.map((g,b)=>{let x=(t-Ns-qi)*b/(c-1),v=c===1?t/2:Ns+x,k=Math.min(u+10,p/g),$=!b&&e.image_shape?Math.min(Wo,t/c-14):Math.min(u,k-2);return Array.from({length:g},(I,X)=>({x:b?v:Math.max(v,$/2),y:20+p/2+(X-(g-1)/2)*k,half:$/2}))}),this.pictures=this.nodes.map(g=>g.map(()=>new st));let f=n.map(({outputs:g,activation:b})=>`${g} ${b}`),m=[n[0].inputs,...f].join(", then ");E(this.canvas,"aria-label",`network of ${m}: a small map per unit, a line per weight`),this.#i(),this.#a(t)}#s(t,e){let{still:s,heading:i}=this.shown,{layers:n}=i;if(t<0)return s.image_shape?"the picture":`input ${s.inputs[e]}`;if(t<n.length-1)return`layer ${t+1}, unit ${e+1}`;let{class_names:a}=s;return a.length===n.at(-1).outputs?`output ${a[e]}`:`output ${e+1}`}#i(){let t=this.nodes.flatMap((e,s)=>e.map((i,n)=>this.#n(i,s-1,n)));t.length&&(t[0].tabIndex=0),this.units.replaceChildren(...t)}#n({x:t,y:e,half:s},i,n){let a=this.#s(i,n),r=i<0&&this.shown.still.image_shape,h=u=>()=>{this.point(u?{layer:i,unit:n,name:a}:null),w(this.readout,u?this.#r(i,n,a):"")},c=i<0?`show ${a}`:`show what ${a} responds to; its numbers open with a click`,p=l("button",{type:"button",title:r?"another sample":a,"aria-label":r?"another sample":c,tabindex:-1,"data-column":i+1,"data-unit":n,onpointerenter:h(!0),onpointerleave:h(!1),onfocus:h(!0),onblur:h(!1),onclick:()=>{r?this.send({type:"sample",row:this.shown.still.pictured.row+1}):i>=0&&this.#d(i,n,null)}}),d=`${2*s}px`;return Object.assign(p.style,{left:`${t-s}px`,top:`${e-s}px`,width:d,height:d}),p}#o(t){let e=Fo[t.key],{column:s,unit:i}=t.target.dataset;if(!e||s===void 0)return;t.preventDefault(),t.stopPropagation();let n=Math.min(this.nodes.length-1,Math.max(0,Number(s)+e[0])),a=Math.min(this.nodes[n].length-1,Math.max(0,Number(i)+e[1]));for(let r of this.units.children){let h=r.dataset.column===String(n)&&r.dataset.unit===String(a);r.tabIndex=h?0:-1,h&&r.focus()}}#a(t){let{alone:e,heading:s}=this.shown,i=s.layers.slice(0,-1),n=(t-Ns-qi)/Math.max(1,this.nodes.length-1);if(!e||n<jo)return this.sizes.replaceChildren();let a=(c,p,d)=>l("button",{type:"button",title:p,"aria-label":p,disabled:!d,onclick:()=>this.send(d)},c),r=(c,p,d,u,f)=>{let[m,g]=[a("−",`one ${d} less`,u),a("+",`one ${d} more`,f)],b=l("span",{},m,l("i",{},p),g);return b.style.left=`${Math.min(Math.max(this.nodes[c][0].x,48),t-48)}px`,b},h=i.length?{type:"remove_layer",index:i.length-1}:null;return this.sizes.replaceChildren(r(0,"layers","hidden layer",h,{type:"add_layer"}),...i.map(({outputs:c},p)=>{let d=f=>({type:"set",path:["layers",p,"units"],value:f}),u=c>1?d(c-1):null;return r(p+1,"units",`unit in layer ${p+1}`,u,d(c+1))}))}#r(t,e,s){let{still:i,lane:n,biases:a}=this.shown;if(t<0)return i.pictured?"click for another sample":s;let r=a?.[t]?.[e],h=n.shown?.activations[t]?.[e],c=[s,r==null?"no bias":`bias ${V(r)}`];return h!=null&&c.push(`answers ${V(h)}`),`${c.join(" · ")} (click to change)`}#l(t){return!this.shown?.weights||!this.nodes.length?null:Bi(t.offsetX,t.offsetY,this.#t)}#h(t){let e=this.#l(t);if(E(this.canvas,"class",e?"editable":""),!e)return w(this.readout,"");let{layer:s,unit:i,source:n,value:a}=e,r=`${this.#s(s,i)}: weight of ${this.#c(s,n)}`;return w(this.readout,`${r} is ${V(a)} (click to change)`)}#c(t,e){return t?this.#s(t-1,e):this.shown.still.inputs[e]}#p(t){let e=this.#l(t);e?this.#d(e.layer,e.unit,e.source):this.editor.chosen&&this.editor.close()}#d(t,e,s){let{still:i,weights:n,biases:a}=this.shown,r=t||!i.image_shape?n?.[t]?.[e]?.length??0:0,h=Array.from({length:r},(f,m)=>this.#c(t,m)),{x:c,y:p,half:d}=this.nodes[t+1][e],u={x:c+d+6,y:Math.min(p,It-60),width:this.element.clientWidth};this.editor.open({layer:t,unit:e,name:this.#s(t,e)},s,h,u,{weights:n,biases:a}),w(this.readout,"")}};var qo=150;function Ko(o,t){return t==="text"||t==="numbers"?o:o.trim()||null}function _s(o){return[o??""].flat().map(e=>typeof e=="number"?z(e):e).join(", ")}var Ue=class{#t=new Map;constructor({send:t,openFile:e,colours:s}){this.send=t,this.openFile=e,this.colours=s}show(t,e,s){let i=s.map((r,h)=>this.#e(`${e} ${r.path??h} ${r.kind}`,r)),{children:n}=t;i.length===n.length&&i.every((r,h)=>r===n[h])||t.replaceChildren(...i)}#e(t,e){this.#t.has(t)||this.#t.set(t,this.#s(e,t));let s=this.#t.get(t);return s.update(e),s.element}#s(t,e){switch(t.kind){case"heading":return Ui(l("h3",{}));case"note":return Ui(l("p",{class:"note"}));case"group":return this.#i(e);case"ticks":return this.#n(e);case"actions":return this.#o();case"plot":return this.#a(t);case"file":return this.#r();case"flag":return this.#h(t);case"choice":return this.#c(t);default:return this.#p(t)}}#i(t){let e=l("b",{}),s=l("div",{class:"fields"}),i=this.#o(),n=l("div",{class:"head"},e,i.element);return{element:l("div",{class:"group",role:"group"},n,s),update:a=>{w(e,a.text),i.update(a),this.show(s,t,a.items)}}}#n(t){let e=l("div",{class:"ticks",role:"group","aria-label":"features"});return{element:e,update:({items:s})=>this.show(e,t,s)}}#o(){let t=l("div",{class:"actions"}),e=({label:i,title:n=i,event:a,disabled:r=!1})=>l("button",{type:"button",...{title:n??i,"aria-label":n??i},disabled:r,onclick:()=>this.send(a)},i),s="";return{element:t,update:({actions:i=[]})=>{JSON.stringify(i)!==s&&(s=JSON.stringify(i),t.replaceChildren(...i.map(e)))}}}#a({text:t}){let e=new it({title:t,tall:90,across:""}),s=({x:i,y:n})=>{let a=this.colours();e.take([{x:i,y:n,colour:a.positive}],a)};return{element:e.element,update:i=>requestAnimationFrame(()=>s(i))}}#r(){let t=l("input",{type:"file",onchange:()=>{t.files[0]&&this.openFile(t.files[0],"csv"),t.value=""}}),e=l("span",{});return{element:l("label",{class:"file"},e,t),update:s=>{w(e,s.text),t.accept=s.accept}}}#l(t,e){this.send({type:"set",path:t,value:e})}#h({path:t}){let e=l("input",{type:"checkbox",id:Ls(t),onchange:()=>this.#l(t,e.checked)}),s=l("label",{for:e.id});return{element:l("div",{class:"field flag"},e,s),update:({label:i,sentence:n="",value:a,disabled:r=!1})=>{w(s,i),s.title=n??"",y(e,{checked:a,disabled:r??!1})}}}#c({path:t}){let e=[],s=l("select",{id:Ls(t),onchange:()=>this.#l(t,e[s.selectedIndex][0])}),i=l("label",{for:s.id});return{element:l("div",{class:"field"},i,s),update:n=>{e=n.options,w(i,n.label),i.title=s.title=n.sentence??"";let a=e.map(([r,h])=>[String(r),h]);F(s,a,String(n.value)),s.disabled=n.disabled??!1}}}#p(t){let e=t,s=0,i=()=>{clearTimeout(s),n.value!==_s(e.value)&&this.#l(e.path,Ko(n.value,e.kind))},n=l("input",{type:"text",id:Ls(t.path),inputmode:t.kind==="text"?"text":"decimal",autocomplete:"off",spellcheck:"false",onchange:i,onkeydown:c=>{let p={ArrowUp:1,ArrowDown:-1}[c.key];!p||!e.step||(c.preventDefault(),Gi(n,e,p),clearTimeout(s),s=setTimeout(i,qo))}}),a=l("label",{for:n.id}),r=(c,p)=>{let d=`${p<0?"less":"more"} ${t.label}`;return l("button",{type:"button",class:"quiet",tabindex:-1,"aria-label":d,onclick:()=>{Gi(n,e,p),i()}},c)},h=t.step?[r("−",-1),r("+",1)]:[];return{element:l("div",{class:"field"},a,l("span",{class:"number"},n,...h)),update:c=>{e=c,w(a,e.label),a.title=n.title=e.sentence??"",n.placeholder=e.placeholder??"",n.disabled=e.disabled??!1,j(n)!==n&&y(n,{value:_s(e.value)})}}}};function Ui(o){return{element:o,update:({text:t})=>w(o,t)}}function Ls(o){return`setting-${String(o).replaceAll(",","-")}`}function Gi(o,t,e){let s=ni(o.value)??t.low??0,i=t.times?s*t.step**e:s+t.step*e,n=Math.min(t.high??1/0,Math.max(t.low??-1/0,i));o.value=_s(Number(n.toPrecision(6)))}var Ge=class{constructor({send:t,openFile:e}){this.items=new Ue({send:t,openFile:e,colours:()=>this.colours}),this.tabs=l("div",{role:"tablist",class:"tabs","aria-label":"settings",onkeydown:i=>this.#s(i)}),this.panel=l("div",{role:"tabpanel",class:"panel",id:"settings-panel"});let s={class:"settings","aria-label":"settings"};this.element=l("section",s,this.tabs,this.panel),this.open="data",this.colours=null}take(t,e){this.sections=t,this.colours=e;let s=t.map(({key:i})=>i).join();this.tabs.dataset.of!==s&&(this.tabs.dataset.of=s,this.tabs.replaceChildren(...t.map(i=>this.#t(i)))),this.#i()}#t({key:t,title:e}){return l("button",{...{type:"button",role:"tab","data-key":t,"aria-controls":"settings-panel"},onclick:()=>this.#e(t)},e)}#e(t){this.open=t,this.#i()}#s(t){let e={ArrowRight:1,ArrowLeft:-1}[t.key];if(!e)return;t.preventDefault(),t.stopPropagation();let s=this.sections.map(({key:i})=>i);this.#e(s[(s.indexOf(this.open)+e+s.length)%s.length]),this.tabs.querySelector('[aria-selected="true"]').focus()}#i(){for(let e of this.tabs.children){let s=e.dataset.key===this.open;e.setAttribute("aria-selected",String(s)),e.tabIndex=s?0:-1}let t=this.sections.find(({key:e})=>e===this.open)??this.sections[0];this.items.show(this.panel,t.key,t.items)}};var Rs="mlpviz.train",Uo=150,He=null,Hi=new Set,Ct=null,Ve=class{constructor(t,{send:e,epoch:s}){this.host=t,this.send=e,this.epoch=s,this.wanted=0,this.again=l("button",{type:"button",onclick:()=>this.#n()}),this.element=l("p",{class:"again",hidden:!0},this.again),He??=Go(t.tabs(Rs)),this.stopListening=t.listen("pagehide",()=>this.#s())}take({again:t},e){if(t&&this.#i(t),!e)return;let s=this.#e();if(s&&s.ticket!==e&&!Hi.has(s.ticket)){Hi.add(s.ticket),this.#t(s,e);return}Ct=e,this.#s()}#t({ticket:t,epoch:e},s){let i=!1,n=({data:a})=>{a.has===t&&(i=!0)};He?.addEventListener("message",n),He?.postMessage({asks:t}),setTimeout(()=>(He?.removeEventListener("message",n),i?(Ct=s,this.#s()):this.send({type:"resume",tab_token:t,epoch:e})),Uo)}#e(){try{let t=JSON.parse(this.host.storage.get(Rs));return typeof t?.ticket=="string"?t:null}catch{return null}}#s(){Ct&&this.host.storage.set(Rs,JSON.stringify({ticket:Ct,epoch:this.epoch()}))}#i(t){this.wanted=t,w(this.again,`train to epoch ${R(t)} again`),y(this.element,{hidden:!1})}#n(){y(this.element,{hidden:!0});let t=this.wanted-Math.floor(this.epoch());t>0&&this.send({type:"epochs",count:t})}stop(){this.stopListening()}};function Go(o){return o?.addEventListener("message",({data:t})=>{t.asks&&t.asks===Ct&&o.postMessage({has:Ct})}),o}var Yi=120,Vi=ie([1e-5,10],[0,Yi]),Ye=class{constructor({send:t,toggle:e,travel:s}){this.send=t;let i=(a,r,h)=>l("button",{type:"button",title:r,"aria-label":r,onclick:h},a),n=a=>()=>t(a);this.play=l("button",{type:"button",class:"play",title:"play or pause (Space)",onclick:e},"▶ Play"),this.rate=l("input",{type:"range",min:0,max:Yi,step:1,"aria-label":"learning rate",oninput:()=>this.#t(Number(Vi.invert(Number(this.rate.value)).toPrecision(2)))}),this.number=l("input",{type:"text",class:"rate",inputmode:"decimal","aria-label":"learning rate as a number",onchange:()=>this.#e(this.number.value)}),this.facts=l("dl",{class:"facts"}),this.progress=l("progress",{max:1,value:0,"aria-label":"progress"}),this.left=l("span",{class:"left"}),this.time=l("input",{type:"range",class:"timeline",min:0,step:1,"aria-label":"moment of the run, in epochs",oninput:()=>s(Number(this.time.value))}),this.live=i("newest","back to the newest moment (End)",()=>s(null)),this.where=l("output",{class:"pill where","aria-live":"off"}),this.branches=l("select",{"aria-label":"branch",title:"which branch is shown",onchange:()=>t({type:"travel",epoch:null,branch:Number(this.branches.value)})}),this.element=l("div",{class:"transport",role:"group","aria-label":"training"},l("div",{class:"line"},this.play,i("step","one step: one batch (→)",n({type:"step"})),i("1 epoch","one epoch (E)",n({type:"epochs",count:1})),i("10 epochs","ten epochs",n({type:"epochs",count:10})),i("↺ same weights","reset to the same first weights",n({type:"reset"})),i("↺ new weights","reset to new first weights",n({type:"reset",new:!0})),l("label",{class:"learning"},l("span",{},"learning rate"),this.rate,this.number),this.facts),l("div",{class:"line"},this.where,this.time,this.live,this.branches,this.progress,this.left))}#t(t){this.turned=performance.now(),y(this.number,{value:z(t)}),this.#e(t)}#e(t){let e=["optimizer","learning_rate"];this.send({type:"set",path:e,value:t,gesture:"learning_rate"})}#s(t,e,s){let i=this.facts.children[t];i||(i=l("div",{},l("dt",{}),l("dd",{})),this.facts.append(i)),w(i.firstChild,e),S(i.lastChild,s)}paint(t,e){let s=t.status==="running",{viewing:i}=t,n=t.lanes[t.focus],a=i.live?"▶ Play":`▶ Branch from ${i.epoch}`;w(this.play,s?"❚❚ Pause":a),E(this.play,"aria-pressed",String(s)),this.#i(t.knobs.learning_rate),this.#n(n,e,s?t.epochs_per_second:null);let r=t.branches.find(({branch:u})=>u===t.branch)?.until??t.epoch,h=t.within&&r===t.epoch&&r>0,c=Math.max(r,t.epoch,1)+(h?1:0);y(this.time,{max:c}),y(this.time,{value:i.live?c:i.epoch});let p=`epoch ${i.epoch} of ${c}`;E(this.time,"aria-valuetext",p),w(this.where,i.live?`epoch ${n.epoch} · step ${R(n.step)}`:p),y(this.live,{disabled:i.live}),this.#o(t),y(this.progress,{value:t.share});let d=s&&t.left!=null?`${Ei(t.left)} left`:null;S(this.left,d??(t.sentence||t.status))}#i(t){t!=null&&performance.now()-(this.turned??-1e9)>400&&(y(this.rate,{value:Math.round(Vi(t||1e-9))}),j(this.number)!==this.number&&y(this.number,{value:z(t)}));for(let e of[this.rate,this.number])e.disabled=t==null}#n({now:t,epoch:e},{metric:s},i){let n=t.validation_metric??t.train_metric,a=s==="accuracy";this.#s(0,"epoch",R(e)),this.#s(1,"train loss",L(t.train_loss??t.loss)),this.#s(2,"validation loss",L(t.validation_loss)),this.#s(3,a?"accuracy":"R²",a?B(n):L(n)),this.#s(4,"epochs/s",i!==null&&i<10?L(i):R(i))}#o({branches:t,branch:e}){y(this.branches,{hidden:t.length<2});let s=t.map(({branch:i,label:n})=>`${i}${n}`).join();if(this.branches.dataset.of!==s){this.branches.dataset.of=s;let i=({branch:n,label:a})=>l("option",{value:n},a);this.branches.replaceChildren(...t.map(i))}y(this.branches,{value:e})}};var Ho={note:"i",warning:"!",failure:"✗"},Je=class{constructor(){this.list=l("ul",{}),this.none=l("p",{class:"note"},"No warnings."),this.element=l("section",{class:"tape","aria-label":"warnings"},l("h3",{},"Warnings"),this.list,this.none)}take(t){let e=[...t.warnings].reverse();for(this.none.hidden=e.length>0;this.list.children.length>e.length;)this.list.lastChild.remove();e.forEach(({level:s,lane:i,epoch:n,sentence:a,over:r},h)=>{let c=this.list.children[h];c||(c=l("li",{},l("b",{}),l("span",{})),this.list.append(c)),E(c,"class",`${s}${r?" over":""}`),w(c.firstChild,r?"✓":Ho[s]);let p=t.lanes.length>1?`${t.lanes[i].label}: `:"",u=[G(a).includes(`since epoch ${n}`)?"":`since epoch ${n}`,r&&"over"].filter(Boolean).join(", ");S(c.lastChild,O`${p}${a}${u&&` (${u})`}`)})}};var Xe=class{constructor(t,{store:e,frames:s,send:i,toggle:n,travel:a}){this.store=e,this.frames=s,this.unit=null;let r=c=>this.complain(c);this.upload=new We({send:i,complain:r});let h=(c,p)=>this.upload.open(c,p);this.tabRestore=new Ve(t,{send:i,epoch:()=>e.frame?.epoch??0}),this.settings=new Ge({send:i,openFile:h}),this.transport=new Ye({send:i,toggle:n,travel:a}),this.network=new Ke({send:i,point:c=>{this.unit=c,this.#i()}}),this.tools=new ze({send:i,repaint:()=>this.#i(!0),cursor:c=>this.map.setCursor(c)}),this.map=new Ne(i,this.tools),this.curves=new Te(a),this.layers=new Be,this.warnings=new Je,this.members=new Fe({send:i,focus:()=>e.frame.focus}),this.examine=new Re({store:e,send:i}),this.table=new Ce({store:e,send:i}),this.experiment=new Ie(t,i),this.fileBar=new De(t,{send:i,openFile:h,first:this.experiment.menu}),this.error=l("p",{class:"notice error",role:"alert",hidden:!0}),this.notice=l("p",{class:"notice",role:"status",hidden:!0}),this.speaker=l("p",{class:"visually-hidden","aria-live":"polite"}),this.mapTitle=l("b",{}),this.distributions=l("details",{class:"below",ontoggle:()=>this.paint()},l("summary",{},"Distributions per layer over time"),this.layers.element),this.element=this.#t(),this.observer=new ResizeObserver(()=>this.paint()),this.observer.observe(this.element)}#t(){let{map:t,tools:e,warnings:s,members:i}=this,n=l("div",{class:"answers"},l("div",{class:"caption"},this.mapTitle,e.element),i.maps,l("div",{class:"picture"},t.element,t.legend.element),l("div",{class:"aside"},s.element));return l("div",{class:"app train"},this.transport.element,this.fileBar.element,this.experiment.card,this.error,this.notice,this.tabRestore.element,this.upload.element,l("div",{class:"body"},l("div",{class:"middle"},this.network.element,n,i.element),this.curves.element,this.settings.element),this.distributions,this.examine.element,this.table.element,this.speaker)}take(t,e,s){let{colours:i,still:n}=this.store,a=e.number!==this.said;this.said=e.number,a&&(this.#e(this.error,e.error??""),this.#e(this.notice,e.notice??"")),t.settings&&(this.sections=t.settings);let r=a&&!!e.error;(t.settings||r||i!==this.settings.colours)&&this.settings.take(this.sections,i),t.still&&this.tools.take(n),t.tool&&this.tools.pick(t.tool),this.tabRestore.take(t,s),this.upload.take(t,e.error),this.experiment.take(t),this.examine.take(t),this.table.take(t),this.examine.askIfOutdated(),this.table.askIfOutdated()}complain(t){this.#e(this.notice,""),this.#e(this.error,t)}#e(t,e){S(t,e),y(t,{hidden:!e})}paint(){let{frame:t,still:e,state:s,colours:i,isRunning:n}=this.store;if(!t||!i)return;let a=this.#s(t.lanes[t.focus]),r=t.viewing.live?null:t.viewing.epoch;this.element.dataset.status=t.status,this.#i();let h=n?t.number%2:null;if(h!==0){let{weights:c,biases:p}=s,[d,u]=[e.lanes[t.focus],t.lanes.length===1];this.network.take({still:e,lane:a,heading:d,weights:c,biases:p,colours:i,alone:u})}this.transport.paint(t,e),h!==1&&(this.curves.take(this.frames,i),this.warnings.take(t),this.members.take(t,e,i),this.distributions.open&&this.layers.take({bands:this.frames.layers,lane:a,colours:i,cursor:r}))}#s(t){let{pictures:e}=this.store.state;if(!e)return t;let s={layer:0,dead:[],grids:[],curves:[],width:e.length},i=t.units.length?t.units:[s];return{...t,units:i.map((n,a)=>({...n,grids:a?[]:e}))}}#i(t=!1){let{frame:e,still:s,state:i,colours:n}=this.store;if(!e||!n)return;let{pictures:a}=i,r=this.#s(e.lanes[e.focus]),h=this.#n(s,r),c=s.held&&!h&&!a;w(this.mapTitle,this.#o(h)+(c?" (other features at their mean)":"")),this.mapTitle.title=s.held,this.map.take({still:s,lane:r,unit:h,colours:n,pictures:a},t)}#n(t,e){if(!this.unit)return null;let s=this.unit.layer<0?t.input_maps:e.units[this.unit.layer],[i,n]=[s?.grids[this.unit.unit],s?.curves[this.unit.unit]];return i||n?{grid:i,curve:n}:null}#o(t){let{still:e,state:s}=this.store;return t?this.unit.layer<0?this.unit.name:`what ${this.unit.name} responds to`:e.axes.length===1?"what the network answers":s.pictures?"what the first units look for: their weights":e.task==="classes"?"which class it answers":"what it answers"}stop(){this.observer.disconnect(),this.experiment.stop(),this.tabRestore.stop(),this.element.remove()}};var Vo=4e3,Yo="input, select, textarea, [contenteditable]",Is=class{constructor(t,e){this.host=e,this.frames=new Me,this.store=Bt({frame:null,still:null,state:null,colours:null,isRunning:!1}),this.outbox=new bt(i=>e.channel.send({page:"train",...i}),{isPatient:({type:i})=>i==="tick",refuse:i=>this.layout.complain(i)}),this.send=i=>this.outbox.add(i),this.saver=new xt(this.send,(i,n)=>e.saveFile(i,n)),this.spoken=0,this.layout=new Xe(e,{store:this.store,frames:this.frames,send:this.send,toggle:()=>this.#o(),travel:i=>this.#a(i)});let s={page:"train",events:[{type:"check"}]};this.badge=new ut(()=>e.channel.send(s)),t.append(this.badge.element,this.layout.element),this.store.subscribe(()=>{this.due??=requestAnimationFrame(()=>this.#e())}),e.channel.listen({onAnswer:i=>this.#t(i),onLost:()=>this.outbox.retry()}),this.stopListening=e.listen("keydown",i=>this.#r(i))}#t({state:t,acknowledged:e,said:s,address:i,file:n,next:a,proof:r,tab_token:h}){if(this.badge.take(r),!("frame"in t))return this.outbox.acknowledge(e),this.store.frame??this.send({type:"resend"});let c=this.frames.take(t.still,t.frame);if(this.outbox.acknowledge(e),!c)return this.send({type:"resend"});let{frame:p,still:d}=this.frames,u=this.store.frame===null;this.acknowledged=e,this.version=r?.version??null,Object.assign(this.store,{frame:p,still:d,state:t,isRunning:a!==null}),this.#s(a),this.#i(),Object.keys(i).length&&this.host.address.replace(i),u?this.saver.skip(n):this.saver.take(n),this.layout.take(t,s,h),this.#n(),this.store.set()}#e(){this.due=null;let{frame:t}=this.store;this.layout.paint(),this.host.announce("frame",{number:t.number,learningRate:t.knobs.learning_rate,epoch:t.epoch,status:t.status,acknowledged:this.acknowledged}),this.badge.show(this.version),this.host.announce("painted",{version:this.version})}#s(t){if(clearTimeout(this.timer),t===null)return;let e=()=>this.send({type:"tick",gesture:"tick"});t?this.timer=setTimeout(e,t):e()}#i(){let{store:t,layout:e}=this;if(t.colours&&t.isRunning&&t.frame.number%50!==0)return;let s=new Nt(e.element);if(s.id===t.colours?.id)return;let i=e.element.classList.toggle("dark",s.isDark);t.colours=i?new Nt(e.element):s}#n(){let{frame:t,isRunning:e}=this.store;if(e&&performance.now()-this.spoken<Vo)return;this.spoken=performance.now();let{now:s,epoch:i}=t.lanes[t.focus],n=[V(s.train_loss??s.loss),V(s.validation_loss)],r=`${`${t.sentence||t.status}: epoch ${R(i)}`}, training loss ${n[0]}, validation loss ${n[1]}`;w(this.layout.speaker,r)}#o(){this.send({type:this.store.frame.status==="running"?"pause":"play"})}#a(t){this.send({type:"travel",epoch:t,gesture:"travel"})}#r(t){let e=t.composedPath(),[s]=e;if(t.ctrlKey||t.metaKey||t.altKey||s.closest?.(Yo)||!this.store.frame||!this.host.isMeantFor(this.layout.element,e))return;let i=!!s.closest?.("button, summary, a"),n={" ":()=>!i&&this.#o(),ArrowRight:()=>this.send({type:"step"}),e:()=>this.send({type:"epochs",count:1}),r:()=>this.send({type:"reset"}),Home:()=>this.#a(0),End:()=>this.#a(null)}[t.key.length===1?t.key.toLowerCase():t.key];n&&n()!==!1&&t.preventDefault()}stop(){clearTimeout(this.timer),cancelAnimationFrame(this.due),this.stopListening(),this.outbox.stop(),this.badge.stop(),this.layout.stop()}};function Ds(o,t){let e=new Is(o,t);return()=>e.stop()}function Jo(){let{height:o,offsetTop:t,scale:e}=window.visualViewport,s=e>1?0:window.innerHeight-o-t;return s>120?Math.round(s):0}function Ji(o,t,e,s=!1){return o?.addEventListener(t,e,s),()=>o?.removeEventListener(t,e,s)}var Xo=new Set(["keydown","paste","pointerdown"]);function Xi(){let o=t=>{let e=new URL(window.location.href);for(let[s,i]of Object.entries(t))i?e.searchParams.set(s,i):e.searchParams.delete(s);return e.hash="",e.toString()};return{address:{get:t=>new URL(window.location.href).searchParams.get(t),replace:t=>window.history.replaceState(window.history.state,"",o(t)),link:o},storage:{get(t){try{return window.sessionStorage.getItem(t)}catch{return null}},set(t,e){try{window.sessionStorage.setItem(t,e)}catch{}}},tabs:t=>"BroadcastChannel"in window?new BroadcastChannel(t):null,saveFile(t,e){let s=URL.createObjectURL(e);Object.assign(document.createElement("a"),{href:s,download:t}).click(),setTimeout(()=>URL.revokeObjectURL(s),1e3)},listen:(t,e)=>Ji(Xo.has(t)?document:window,t,e),onKeyboard:t=>Ji(window.visualViewport,"resize",()=>t(Jo())),matches:t=>window.matchMedia(t).matches,isMeantFor(t,e){let s=t.getRootNode(),i=s instanceof ShadowRoot?s.host:t;return e.includes(t)||e[0]instanceof Node&&e[0].contains(i)},announce(t,e){window.dispatchEvent(new CustomEvent(`mlpviz:${t}`,{detail:e}))}}}var Qe=null,Ze=0;function Zi(o){let{origin:t,pathname:e}=window.location,s=o.composedPath().find(i=>i instanceof HTMLAnchorElement&&i.origin===t);!s||o.ctrlKey||o.metaKey||o.shiftKey||s.pathname===e||(Qe={path:s.pathname,until:performance.now()+5e3})}function Qi(){return Ze===0&&document.addEventListener("click",Zi,!0),Ze+=1,()=>{Ze-=1,Ze===0&&document.removeEventListener("click",Zi,!0)}}function Zo(){let o=document.querySelector("[data-test-connection-state]"),t=o instanceof HTMLElement?o.dataset.testConnectionState:void 0;return t===void 0||t==="CONNECTED"}function tn(){return!(Qe!==null&&Qe.path!==window.location.pathname&&performance.now()<Qe.until)&&Zo()}var en=[],Ws=!1;function sn(o){Ws?en.push(o):nn(o)}function nn(o){Ws=!0;try{o()}finally{setTimeout(()=>{Ws=!1;let t=en.shift();t&&nn(t)})}}var ts=class{constructor(){this.listener=null,this.token=null,this.acknowledged=0,this.isTriggered=!1,this.wasFragment=!1,this.socket=new js({onAnswer:t=>this.#s(t),onLost:()=>this.listener?.onLost()}),this.stopWatching=Qi()}listen(t){this.listener=t}send(t){return tn()?(sn(()=>this.#t(t)||this.socket.send(t)||this.#e(t)),!0):!1}#t(t){return this.wasFragment||t.sequence!==void 0?!1:(this.#e(t),!0)}#e(t){this.isTriggered=!0,this.trigger(t)}take({channel:t,answer:e},s){this.trigger=s,this.wasFragment=this.isTriggered,this.isTriggered=!1;let i=t?.token===this.token&&e.acknowledged<this.acknowledged;t?.token!==this.token&&(this.acknowledged=0),this.token=t?.token,t&&this.socket.connect(t),i||this.#i(e)}#s(t){t.go?this.trigger({page:t.page,events:[]}):this.#i(t)}#i(t){this.acknowledged=Math.max(this.acknowledged,t.acknowledged),this.listener?.onAnswer(t)}close(){this.listener=null,this.stopWatching(),this.socket.close()}},js=class{constructor({onAnswer:t,onLost:e}){this.onAnswer=t,this.onLost=e,this.token=null,this.socket=null,this.isOpen=!1}connect({path:t,token:e}){if(e===this.token)return;this.close(),this.token=e;let s=new URL(t,window.location.href);s.protocol=s.protocol.replace("http","ws");let i=new WebSocket(s),n=!1;i.onopen=()=>{i.send(e),this.isOpen=!0},i.onmessage=({data:a})=>{n=!0,this.onAnswer(JSON.parse(a))},i.onclose=()=>{this.isOpen=!1,n&&(this.token=null),this.onLost()},this.socket=i}send(t){return this.isOpen&&this.socket.send(JSON.stringify(t)),this.isOpen}close(){this.socket&&(this.socket.onopen=this.socket.onmessage=this.socket.onclose=null,this.socket.close(),this.socket=null,this.isOpen=!1)}};var es=`/* What Streamlit's theme gives to a page. */

:host {
  --page-background-color: var(--st-background-color);
  --page-secondary-background-color: var(--st-secondary-background-color);
  --page-text-color: var(--st-text-color);
  --page-primary-color: var(--st-primary-color);
  --page-border-color: var(--st-border-color);
  --page-font: var(--st-font);
  --page-code-font: var(--st-code-font);
}
`;var ta={"mlpviz.badge":{main:os,style:es+Dt},"mlpviz.sheet":{main:Ms,style:es+as+Dt+Ys},"mlpviz.train":{main:Ds,style:es+as+Dt+Mi}},ss=new WeakMap,Bs=new Map,ea=new TextDecoder;function sa(o,t){if(!Bs.has(t)){let s=new CSSStyleSheet;s.replaceSync(t),Bs.set(t,s)}let e=Bs.get(t);o.adoptedStyleSheets.includes(e)||o.adoptedStyleSheets.push(e)}function ia({name:o,parentElement:t}){let{main:e,style:s}=ta[o];sa(t.getRootNode(),s);let i=new ts;return{channel:i,stop:e(t,{...Xi(),channel:i}),latest:null}}function Lp(o){let{parentElement:t,setTriggerValue:e}=o;ss.has(t)||ss.set(t,ia(o));let s=ss.get(t);s.latest=o;let i=JSON.parse(ea.decode(o.data));return s.channel.take(i,n=>e("event",n)),()=>{s.latest===o&&(s.stop(),s.channel.close(),ss.delete(t))}}export{Lp as mount};
//# sourceMappingURL=mlpviz.js.map
