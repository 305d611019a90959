import{a as t,b as m,c as r}from"./shared-KEYWIXO2.js";import"./shared-34DAODGR.js";import"./shared-CEV5BVL5.js";import{qa as o}from"./shared-ZSECMJP5.js";var l=o(m("bits",r),t);export{l as mount};
//# sourceMappingURL=bits.js.map
