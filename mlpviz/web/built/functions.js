import{a as t,b as m,c as r}from"./shared-PL3XXOSQ.js";import"./shared-OJK3VXVJ.js";import"./shared-SZ7SZWFN.js";import"./shared-IBQNQ7IN.js";import{pa as o}from"./shared-FSC26BVZ.js";var l=o(m("functions",r),t);export{l as mount};
//# sourceMappingURL=functions.js.map
