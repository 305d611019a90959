import{I as s,a as t}from"./shared-RACMG34K.js";function f(o,r){s(o,r),i(o,r)}function i(o,r){o.classList.toggle("words",t(r))}export{f as a,i as b};
//# sourceMappingURL=shared-PFPG4RLV.js.map
