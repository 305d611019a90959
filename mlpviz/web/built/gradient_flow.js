import{a as t,b as r,c as m}from"./shared-BUFR7GUW.js";import"./shared-PFPG4RLV.js";import"./shared-SFCOFNRN.js";import"./shared-O4B4CQV7.js";import{pa as o}from"./shared-RACMG34K.js";var l=o(r("gradient_flow",m),t);export{l as mount};
//# sourceMappingURL=gradient_flow.js.map
