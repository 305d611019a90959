import{a as t,b as r,c as m}from"./shared-37ECFQ3X.js";import"./shared-NXXAZPT6.js";import"./shared-W4VDOFMJ.js";import{qa as o}from"./shared-4FUQH3HL.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
