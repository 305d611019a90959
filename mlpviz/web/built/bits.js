import{a as t,b as m,c as r}from"./shared-QVZTOE6T.js";import"./shared-4O5MNGIM.js";import"./shared-XS3QOIQR.js";import"./shared-PSZR2RQD.js";import{pa as o}from"./shared-EXQHARHH.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
