import{a as t,b as m,c as r}from"./shared-MZ5CHUO5.js";import"./shared-AVP2QFDV.js";import"./shared-H2BP53L3.js";import"./shared-TSUY2XQE.js";import{pa as o}from"./shared-ADXKBA7B.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
