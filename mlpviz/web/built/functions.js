import{a as t,b as m,c as r}from"./shared-ULMGI5A7.js";import"./shared-LU7FARLH.js";import"./shared-KLUNT5AO.js";import{qa as o}from"./shared-3DYL7KDJ.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
