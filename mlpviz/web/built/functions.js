import{a as t,b as m,c as r}from"./shared-37ECFQ3X.js";import"./shared-NXXAZPT6.js";import"./shared-W4VDOFMJ.js";import{qa as o}from"./shared-4FUQH3HL.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
