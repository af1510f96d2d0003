/** The visitor's chat: in a frame on somebody's page, or as a page of its own. */
import { installExit, linkToHost } from "../exit/index.js";
import { App, type OnTalk } from "./app.js";
import { readData, type WidgetData } from "./data.js";
import { plainView } from "./plain.js";
import { Screen } from "./screen.js";
import { type WidgetWords, wordsFor } from "./words.js";

/** Without it nothing can be encrypted; a plain-http page around the frame takes it away. */
function isSupported(): boolean {
  return isSecureContext && "subtle" in crypto;
}

function open(root: HTMLElement): void {
  const data = readData();
  const words = wordsFor(data.words);
  const screen = new Screen(root, data.mode, words);
  if (isSupported()) run(data, screen, words);
  else {
    surround(data, screen, words, undefined);
    screen.show(plainView("unsupported"));
  }
}

function run(data: WidgetData, screen: Screen, words: WidgetWords): void {
  let tell: OnTalk = () => undefined;
  const app = new App(data, screen, (exitGrant) => tell(exitGrant));
  tell = surround(data, screen, words, app);
  addEventListener("pagehide", () => app.putAway());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void app.shownAgain();
  });
  app.start();
}

/** The way out: the host's in a frame, our own on a page of our own. In every state (safety 1). */
function surround(data: WidgetData, screen: Screen, words: WidgetWords, app: App | undefined): OnTalk {
  const wipe = (): void => app?.wipe();
  const exitToken = (): string | undefined => app?.exitGrant;
  if (data.mode === "frame") {
    return linkToHost({ hosts: data.hosts, wipe, exitToken, onOpened: () => screen.focus() }).giveExitToken;
  }
  const link = document.getElementById("exit");
  const pressWords = { two: words("exit_two"), one: words("exit_one"), late: words("exit_late") };
  if (link) {
    installExit({
      link,
      url: data.exit,
      words: { cover: words("exit_cover"), ...pressWords },
      wipe,
      exitToken,
    });
  }
  return () => undefined;
}

const chat = document.getElementById("chat");
if (chat) open(chat);
