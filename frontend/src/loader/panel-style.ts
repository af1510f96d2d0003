// The panel's style, added to the launcher's when the panel comes. Its colours are the tokens'.

const DOWN = "M4 9l1-1 7 7 7-7 1 1-8 8z";
const DOOR = "M4 3h10v2H6v14h8v2H4zM10 11h7.2l-3-3 1.4-1.4L21 12l-5.4 5.4-1.4-1.4 3-3H10z";

export const PANEL_STYLE = `
:host{--l:#c2cbce;--e:#64727a;--w:#6c3f17;--x:#52300f;--q:#fff;--t:#d9e7ec;--u:#3b4952}
@media(prefers-color-scheme:dark){:host{--l:#374853;--e:#8a9ba5;--w:#e8ba7c;--x:#f4d09f;--q:#211306;--t:#1f3d4a;--u:#bcc8cd}}
*{box-sizing:border-box;font-family:"Segoe UI Variable Text","Segoe UI",-apple-system,BlinkMacSystemFont,Roboto,"Noto Sans",
  system-ui,sans-serif}
.b{cursor:pointer}
[hidden]{display:none!important}
section{position:fixed;z-index:2147483647;right:24px;bottom:92px;display:flex;flex-direction:column;width:432px;
  height:min(736px,calc(100vh - 108px));overflow:hidden;border:1px solid var(--e);border-radius:12px;
  box-shadow:0 1px 2px #14212a2e,0 10px 32px #14212a38}
header{display:flex;flex-direction:row-reverse;align-items:center;gap:8px;padding:8px 8px 8px 4px;
  border-bottom:1px solid var(--l)}
h2{flex:1;font-weight:650}
h2:focus-visible{outline-offset:0}
.x,.c{display:flex;align-items:center;gap:8px;min-height:44px;padding:0 12px;border:2px solid transparent;
  border-radius:7px;font-weight:650;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer}
.x{background:var(--w);color:var(--q)}
.x:hover{background:var(--x)}
.c{order:1;flex:none;padding:0 8px;color:var(--d)}
.c:hover{background:var(--t)}
.x:before,.c:before{content:"";width:20px;height:20px;background:var(--q);clip-path:path("${DOOR}");transform:scale(.9)}
.c:before{background:var(--d);clip-path:path("${DOWN}")}
.r{position:relative;flex:1;min-height:0}
.r>*{position:absolute;inset:0;width:100%;height:100%;border:0}
.h{overflow:auto;padding:16px}
.w{visibility:hidden}
.n{display:flex;justify-content:space-between;align-items:center;gap:12px;min-height:60px;
  border-bottom:1px solid var(--l);text-decoration:none}
.n:not(:has(em)){color:var(--d);font-weight:650;text-decoration:underline}
.n em{color:var(--d);font-weight:650;font-style:normal;font-size:20px;white-space:nowrap;text-decoration:underline}
:host([open]) .b{font-size:0;gap:0;padding:16px}
:host([open]) .b:before{clip-path:path("${DOWN}")}
:host([open]) p:not(:empty){padding:8px 12px;border-radius:7px;background:var(--i);color:var(--p);clip-path:none}
@media(max-width:640px),(max-height:480px){
  :host([open]) .b{display:none}
  section{inset:var(--y,0) 0 auto;width:auto;height:var(--h,100%);border:0;border-radius:0}
}
@media(max-width:400px){.x:before,.c:before{display:none}}
@media(max-height:480px){header{padding-block:3px}}
@media(forced-colors:active){
  .x{border:4px solid}
  .c{border-color:ButtonText}
  .b:before,.x:before,.c:before{background:CanvasText;forced-color-adjust:none}
}
`;
