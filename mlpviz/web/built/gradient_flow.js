import{a as t,b as r,c as m}from"./shared-ULMGI5A7.js";import"./shared-LU7FARLH.js";import"./shared-KLUNT5AO.js";import{qa as o}from"./shared-3DYL7KDJ.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
