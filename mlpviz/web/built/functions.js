import{a as t,b as m,c as r}from"./shared-ZZSS2WJU.js";import"./shared-D6TKXGJ5.js";import"./shared-LJ2OKDRO.js";import{qa as o}from"./shared-QDYBVYR6.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
