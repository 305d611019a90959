import{a as r,b as t,c as m}from"./shared-6FIGA3FM.js";import{_a as o}from"./shared-GHOA7R4K.js";var l=o(t("gradient_flow",m),r);export{l as default};
//# sourceMappingURL=gradient_flow.js.map
