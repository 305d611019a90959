import{a as r,b as t,c as m}from"./shared-GZTRO3W5.js";import{_a as o}from"./shared-ADF3JOEI.js";var l=o(t("functions",m),r);export{l as default};
//# sourceMappingURL=functions.js.map
