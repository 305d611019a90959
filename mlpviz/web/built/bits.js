import{a as t,b as m,c as r}from"./shared-55OTNZG5.js";import"./shared-VJIV7OLS.js";import"./shared-JVSRIIJZ.js";import"./shared-WHQWPJBY.js";import{na as o}from"./shared-SXZ4WZXI.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
