import{a as r,b as t,c as m}from"./shared-6FIGA3FM.js";import{_a as o}from"./shared-GHOA7R4K.js";var l=o(t("bits",m),r);export{l as default};
//# sourceMappingURL=bits.js.map
