import{a as t,b as m,c as r}from"./shared-UNINR4OR.js";import"./shared-2SWCKKAN.js";import"./shared-DZ3NADMF.js";import{qa as o}from"./shared-5DM6A2FH.js";var e=o(m("landscape",r),t);export{e as mount};
//# sourceMappingURL=landscape.js.map
