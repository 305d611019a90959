import{a as t,b as m,c as r}from"./shared-BUFR7GUW.js";import"./shared-PFPG4RLV.js";import"./shared-SFCOFNRN.js";import"./shared-O4B4CQV7.js";import{pa as o}from"./shared-RACMG34K.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
