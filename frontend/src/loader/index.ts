// The launcher in the lower right corner of a host's page: one element, one global, nothing else (safety 33).
// It holds the exit, which must work at once and offline; the panel comes when somebody opens the chat.

import { hearKeys } from "../exit/keys.js";
import { attempt, cover, goTo } from "../exit/leave.js";
import { make } from "../exit/make.js";
import { countPresses } from "../exit/presses.js";
import type { LoaderConfig, LoaderWords } from "./config.js";
import { takeFlag } from "./flag.js";
import type { Panel } from "./host.js";
import { STYLE } from "./style.js";

declare const __SUOJA_CONFIG__: LoaderConfig;
const CONFIG = __SUOJA_CONFIG__;

declare global {
  interface Window {
    suoja?: { readonly toggle: (isAsked: boolean) => void };
  }
}

function start(language: string, origin: string, base: string): void {
  const words = CONFIG.words[language] as LoaderWords;
  // Seen where the rest fails, in a browser that is too old for it: a plain link to the page. # safety 16
  const link = make("a", { href: `${base}/chat/` }, words.open);
  const element = make("suoja-chat" as "div", {}, link);
  document.body.append(element);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const root = element.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const launcher = make("button", { class: "b", "aria-expanded": "false" }, words.open);
  const status = make("p", { role: "status" });
  root.append(launcher, status);

  let panel: Panel | undefined;
  let hasLeft = false;
  const leave = (): void => {
    hasLeft = true;
    // A scrollbar would stand beside the cover, and tell how long the page was.
    document.documentElement.style.overflow = "hidden";
    cover(root, words.cover);
    const go = (exitToken?: string): void => goTo(CONFIG.exit, origin, exitToken);
    // The talk may be one of the page before, and neither the panel nor its frame be there yet. # safety 2
    const flag = takeFlag();
    if (panel) panel.wipe(flag, go);
    else go(flag);
  };
  const pulse = countPresses((left) => status.replaceChildren(words.left[left] ?? ""), leave);
  let isComing = false;
  const toggle = (isAsked: boolean): void => {
    if (hasLeft) return;
    panel?.toggle();
    if (isComing) return;
    isComing = true;
    import(origin + CONFIG.panel).then(
      ({ makePanel }) => {
        // Drawn now it would lie over the cover. # safety 2
        if (!hasLeft) panel = makePanel({ root, language, base, pulse, isAsked });
      },
      () => {
        if (!hasLeft) root.append(make("div", { class: "b" }, link, ...CONFIG.help.map(call)));
      },
    );
  };

  hearKeys(pulse);
  const press = (event: Event): void => {
    if (!(event.composedPath()[0] as Element).closest("[data-suoja-exit]")) return;
    event.preventDefault();
    leave();
  };
  addEventListener("click", press, true);
  launcher.onclick = (): void => toggle(true);
  window.suoja = { toggle };
  // A talk lives: the host's next page shows it again. # safety 10
  if (sessionStorage["suoja"]) toggle(false);
}

/** When nothing of ours can be reached there are numbers, beside the link to the page. # safety 16 */
function call(number: string): HTMLElement {
  return make("a", { href: `tel:${number.replace(/\D/g, "")}` }, number);
}

const script = document.currentScript as HTMLScriptElement;
if (!window.suoja)
  attempt(() => {
    const asked = (script.dataset["lang"] || document.documentElement.lang).slice(0, 2);
    const language = CONFIG.words[asked] ? asked : "fi";
    const { origin } = new URL(script.src);
    // Finnish has no prefix.
    start(language, origin, language === "fi" ? origin : `${origin}/${language}`);
  });
