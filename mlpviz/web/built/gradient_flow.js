import{a as t,b as r,c as m}from"./shared-QVZTOE6T.js";import"./shared-4O5MNGIM.js";import"./shared-XS3QOIQR.js";import"./shared-PSZR2RQD.js";import{pa as o}from"./shared-EXQHARHH.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
