// The panel in a host's page: the way out, a heading, and the frame of our own origin. Nothing of the chat itself is in
// the host's page. # safety 32

import { make } from "../exit/make.js";
import type { PanelConfig, PanelWords } from "./config.js";
import { setFlag } from "./flag.js";
import { makeFrame } from "./frame.js";
import type { Host, Panel } from "./host.js";
import { PANEL_STYLE } from "./panel-style.js";
import { fitToScreen, raise } from "./screen.js";

declare const __SUOJA_PANEL__: PanelConfig;
const CONFIG = __SUOJA_PANEL__;

interface Drawn {
  readonly panel: HTMLElement;
  readonly heading: HTMLElement;
  readonly closer: HTMLElement;
  /** Where the frame goes; over it stands the help. */
  readonly room: HTMLElement;
  /** Shown until the frame says hello, and so for good when it fails. # safety 16 */
  readonly help: HTMLElement;
}

/** The exit comes first: in the document, and so on the way of the Tab key. # safety 1 */
function draw(words: PanelWords, chatUrl: string): Drawn {
  const exit = make(
    "a",
    { class: "x", href: CONFIG.exit, rel: "noreferrer", "data-suoja-exit": "" },
    words.exit,
  );
  const heading = make("h2", { tabindex: "-1" }, words.chat);
  const closer = make("button", { class: "c" }, words.close);
  const rows = words.help.map(([whom, number]) =>
    make("a", { class: "n", href: `tel:${number.replaceAll(" ", "")}` }, whom, make("em", {}, number)),
  );
  const page = make("a", { class: "n", href: chatUrl }, words.page);
  const help = make("div", { class: "h" }, words.wait, ...rows, page);
  const header = make("header", {}, exit, heading, closer);
  const room = make("div", { class: "r" }, help);
  return { panel: make("section", { "aria-label": words.chat }, header, room), heading, closer, room, help };
}

/** Draws the panel, open. */
export function makePanel(host: Host): Panel {
  const { root } = host;
  const launcher = root.querySelector("button") as HTMLElement;
  const element = root.host as HTMLElement;
  const { panel, heading, closer, room, help } = draw(
    CONFIG.words[host.language] as PanelWords,
    `${host.base}/chat/`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PANEL_STYLE);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const show = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    element.toggleAttribute("open", isOpen);
    launcher.setAttribute("aria-expanded", `${isOpen}`);
    if (isOpen) raise(element);
  };
  const close = (): void => {
    show(false);
    launcher.focus();
  };
  const frame = makeFrame(heading.textContent, `${host.base}/embed/frame/`, {
    hello: () => {
      help.hidden = true;
      frame.element.className = "";
    },
    pulse: host.pulse,
    exit: setFlag,
    close,
  });
  const open = (): void => {
    show(true);
    heading.focus();
    frame.tell("opened");
  };
  closer.onclick = close;
  element.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !panel.hidden) close();
  });
  // Laid out and not seen: a frame that is not displayed does not know its place in some browsers.
  frame.element.className = "w";
  room.prepend(frame.element);
  root.append(panel);
  fitToScreen(panel);
  show(true);
  if (host.isAsked) heading.focus();

  return {
    toggle: () => (panel.hidden ? open() : close()),
    wipe: frame.wipe,
  };
}
