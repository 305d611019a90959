import{a as t,b as m,c as r}from"./shared-LD4YC4FI.js";import"./shared-SNP6Z7CM.js";import"./shared-PWNXBSFQ.js";import"./shared-HK6BTROR.js";import{na as o}from"./shared-5TIUWS7I.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
