import{a as t,b as m,c as r}from"./shared-DMUYUTNW.js";import"./shared-6YK6ZEBW.js";import"./shared-MRLJPUH3.js";import"./shared-J4BPOQA3.js";import{pa as o}from"./shared-BWPMSAEB.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
