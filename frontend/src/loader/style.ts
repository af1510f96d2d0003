// The launcher's style, for its shadow root. The colours are the tokens' (tests/pages/test_contrast.py compares them);
// the names are short because every byte here is fetched by every visitor of every host's page.

const SPEECH = "M3 4h18v13h-9l-6 5v-5H3zM5 6v9h3v3l3-3h8V6z";

export const STYLE =
  // Nothing of the host's style comes in: !important in a shadow root wins over the page's.
  ":host{all:initial!important;--p:#fcfcfa;--i:#14212a;--d:#1b4656;--o:#fff}" +
  "@media(prefers-color-scheme:dark){:host{--p:#19252d;--i:#eef2f1;--d:#a9d2e0;--o:#0c1d25}}" +
  "*{margin:0;background:var(--p);color:var(--i);font:17px/1.4 system-ui,sans-serif}" +
  ".b,p,[role=alert]{position:fixed;z-index:2147483647;inset:auto 24px 24px auto}" +
  ".b{display:flex;flex-wrap:wrap;gap:12px;padding:16px 24px 16px 16px;border:2px solid var(--p);border-radius:12px;" +
  "background:var(--d);color:var(--o);font-weight:650;box-shadow:0 8px 32px #0006}" +
  // Cut out of a square of the text's colour: no picture is fetched, and the host's policy has no say.
  `.b:before{content:"";width:24px;height:24px;background:var(--o);clip-path:path("${SPEECH}")}` +
  ":focus-visible{outline:3px solid var(--i);outline-offset:2px;box-shadow:0 0 0 2px #ffc14a}" +
  ".b *{background:none;color:var(--o)}" +
  // Read out, and seen only while the panel is: on a page that nobody has opened the chat on, it would be a riddle.
  "p{inset:auto auto 8px 8px;clip-path:inset(50%)}" +
  "[role=alert]{inset:0;display:block;width:auto;height:auto}";
