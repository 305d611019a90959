import{a as r,b as p,c as t}from"./shared-6FIGA3FM.js";import{_a as o}from"./shared-GHOA7R4K.js";var f=o(p("landscape",t),r);export{f as default};
//# sourceMappingURL=landscape.js.map
