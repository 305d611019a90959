import{a as t,b as r,c as m}from"./shared-7KDEC6NT.js";import"./shared-OA5X4QVZ.js";import"./shared-KISBBZS4.js";import"./shared-XTKZXYMO.js";import{na as o}from"./shared-KPOEWISY.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
