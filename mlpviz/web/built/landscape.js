import{a as r,b as p,c as t}from"./shared-HPZWIFOX.js";import{_a as o}from"./shared-VAYON7QV.js";var f=o(p("landscape",t),r);export{f as default};
//# sourceMappingURL=landscape.js.map
