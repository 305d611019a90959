import{a as t,b as m,c as r}from"./shared-ZZSS2WJU.js";import"./shared-D6TKXGJ5.js";import"./shared-LJ2OKDRO.js";import{qa as o}from"./shared-QDYBVYR6.js";var e=o(m("landscape",r),t);export{e as mount};
//# sourceMappingURL=landscape.js.map
