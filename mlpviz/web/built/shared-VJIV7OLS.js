import{I as s,a as t}from"./shared-SXZ4WZXI.js";function f(o,r){s(o,r),i(o,r)}function i(o,r){o.classList.toggle("words",t(r))}export{f as a,i as b};
//# sourceMappingURL=shared-VJIV7OLS.js.map
