import{a as t,b as r,c as m}from"./shared-6ZGDPKRW.js";import"./shared-BCEVL55E.js";import"./shared-356GMC7R.js";import{qa as o}from"./shared-X7ASEUBE.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
