import{a as t,b as m,c as r}from"./shared-UNINR4OR.js";import"./shared-2SWCKKAN.js";import"./shared-DZ3NADMF.js";import{qa as o}from"./shared-5DM6A2FH.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
