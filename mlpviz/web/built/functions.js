import{a as r,b as t,c as m}from"./shared-HPZWIFOX.js";import{_a as o}from"./shared-VAYON7QV.js";var l=o(t("functions",m),r);export{l as default};
//# sourceMappingURL=functions.js.map
