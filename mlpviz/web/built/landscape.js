import{a as r,b as p,c as t}from"./shared-GZTRO3W5.js";import{_a as o}from"./shared-ADF3JOEI.js";var f=o(p("landscape",t),r);export{f as default};
//# sourceMappingURL=landscape.js.map
