import{s as p}from"./shared-TCILMEXE.js";import{r as m}from"./shared-3DYL7KDJ.js";var r=(o,e,n=null)=>m("button",{type:"button",title:n,onclick:e},o);function l({save:o,choose:e},n,a="Save"){let s=e.map(t=>new p(t,n));return[...o.map(([t,u,i])=>r(`${a} ${u}`,()=>n(t),i)),...s.flatMap(t=>[r(`${t.title} …`,()=>t.open()),t.element])]}export{l as a};
//# sourceMappingURL=shared-P6KPOCEY.js.map
