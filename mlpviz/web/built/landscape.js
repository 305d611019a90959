import{a as r,b as p,c as t}from"./shared-ILZBKQCV.js";import{_a as o}from"./shared-HLK2VSUV.js";var f=o(p("landscape",t),r);export{f as default};
//# sourceMappingURL=landscape.js.map
