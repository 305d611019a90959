import{a as t,b as m,c as r}from"./shared-6ZGDPKRW.js";import"./shared-BCEVL55E.js";import"./shared-356GMC7R.js";import{qa as o}from"./shared-X7ASEUBE.js";var e=o(m("landscape",r),t);export{e as mount};
//# sourceMappingURL=landscape.js.map
