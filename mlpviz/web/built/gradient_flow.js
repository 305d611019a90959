import{a as t,b as r,c as m}from"./shared-UNINR4OR.js";import"./shared-2SWCKKAN.js";import"./shared-DZ3NADMF.js";import{qa as o}from"./shared-5DM6A2FH.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
