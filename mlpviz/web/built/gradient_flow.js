import{a as t,b as r,c as m}from"./shared-55OTNZG5.js";import"./shared-VJIV7OLS.js";import"./shared-JVSRIIJZ.js";import"./shared-WHQWPJBY.js";import{na as o}from"./shared-SXZ4WZXI.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
