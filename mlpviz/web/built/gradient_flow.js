import{a as t,b as r,c as m}from"./shared-ZZSS2WJU.js";import"./shared-D6TKXGJ5.js";import"./shared-LJ2OKDRO.js";import{qa as o}from"./shared-QDYBVYR6.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
