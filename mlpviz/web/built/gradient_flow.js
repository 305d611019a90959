import{a as r,b as t,c as m}from"./shared-HPZWIFOX.js";import{_a as o}from"./shared-VAYON7QV.js";var l=o(t("gradient_flow",m),r);export{l as default};
//# sourceMappingURL=gradient_flow.js.map
