import{a as t,b as m,c as r}from"./shared-7KDEC6NT.js";import"./shared-OA5X4QVZ.js";import"./shared-KISBBZS4.js";import"./shared-XTKZXYMO.js";import{na as o}from"./shared-KPOEWISY.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
