import{a as r,b as t,c as m}from"./shared-ILZBKQCV.js";import{_a as o}from"./shared-HLK2VSUV.js";var l=o(t("gradient_flow",m),r);export{l as default};
//# sourceMappingURL=gradient_flow.js.map
