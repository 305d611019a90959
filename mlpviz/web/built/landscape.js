import{a as t,b as m,c as r}from"./shared-7KDEC6NT.js";import"./shared-OA5X4QVZ.js";import"./shared-KISBBZS4.js";import"./shared-XTKZXYMO.js";import{na as o}from"./shared-KPOEWISY.js";var e=o(m("landscape",r),t);export{e as mount};
//# sourceMappingURL=landscape.js.map
