// One tab: a page of the service in jsdom, with the service's own script in it. jsdom lacks the network, WebCrypto and
// IndexedDB; Node's and fake-indexeddb's stand in their place, and nothing of ours is replaced.

import { webcrypto } from "node:crypto";
import { JSDOM, VirtualConsole } from "jsdom";

const TRY_AGAIN_MS = 50;
/** What was under way when a page ended has come to nothing by then. */
const LAST_WORDS_MS = 1000;
/** WebCrypto and the network are Node's, so the bytes have to be: jsdom's realm has types of its own. */
const FROM_NODE = ["Uint8Array", "ArrayBuffer", "DataView", "TextEncoder", "TextDecoder", "DOMException"];
const NAVIGATION = "navigation";

export class Page {
  #browser;
  #url;
  #dom;
  /** What ends each request of this page. */
  #underWay = new Set();
  #isClosed = false;
  /** The page asked to be elsewhere, or to be loaded anew. */
  hasLeft = false;
  /** A tab's own, over every reload, as a browser keeps it. */
  memory;

  constructor(browser, url, memory = {}) {
    this.#browser = browser;
    this.#url = url;
    this.memory = memory;
    this.ready = this.#load();
    // Whoever asks for the page gets the error; nobody may be asking.
    this.ready.catch(() => undefined);
  }

  get window() {
    if (!this.#dom) throw new Error("the page has not loaded yet");
    return this.#dom.window;
  }

  get document() {
    return this.window.document;
  }

  /** As a reload does it: the old page is told, what it still had under way ends, the storage stays. */
  reloaded() {
    this.#leave();
    return new Page(this.#browser, this.#url, this.memory);
  }

  /** A second tab that begins with the same storage: "duplicate tab", or a link of ours that opened one. */
  duplicate() {
    return new Page(this.#browser, this.#url, this.#storage());
  }

  /** The tab is closed by its person. */
  close() {
    this.#leave();
  }

  /** The tab is gone without a word, as when the browser dies. What a browser would restore it with stays. */
  crash() {
    this.memory = this.#storage();
    this.#end();
  }

  setVisible(isVisible) {
    const state = isVisible ? "visible" : "hidden";
    Object.defineProperty(this.document, "visibilityState", { configurable: true, value: state });
    Object.defineProperty(this.document, "hidden", { configurable: true, value: !isVisible });
    this.document.dispatchEvent(new this.window.Event("visibilitychange"));
  }

  tell(event) {
    this.window.dispatchEvent(new this.window.Event(event));
  }

  #storage() {
    return this.#dom ? { ...this.#dom.window.sessionStorage } : this.memory;
  }

  #leave() {
    if (this.#dom) {
      const gone = new this.window.Event("pagehide");
      Object.defineProperty(gone, "persisted", { value: false });
      this.window.dispatchEvent(gone);
      this.setVisible(false);
    }
    this.crash();
  }

  /** A page that is gone runs no more: its timers and answers come to nobody, here as in a browser. */
  #end() {
    const dom = this.#dom;
    this.#dom = undefined;
    this.#isClosed = true;
    for (const end of this.#underWay) end();
    setTimeout(() => dom?.window.close(), LAST_WORDS_MS);
  }

  // --- loading -----------------------------------------------------------------------------------------------------

  /** Tries again while there is no server, as a person does. */
  async #load() {
    while (!this.#isClosed) {
      try {
        await this.#loadOnce();
        return;
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof NotServed)) throw error;
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
    throw new Error("the page was closed");
  }

  async #loadOnce() {
    const response = await this.#browser.request(this.#url);
    if (!response.ok) throw new NotServed(`${this.#url}: ${response.status}`);
    const dom = new JSDOM(await response.text(), {
      url: response.url,
      runScripts: "outside-only",
      pretendToBeVisual: true,
      virtualConsole: this.#console(),
    });
    const found = [...dom.window.document.querySelectorAll("script[type=module][src]")];
    const compiled = await Promise.all(found.map(({ src }) => this.#browser.script(src)));
    if (this.#isClosed) return;
    this.#dom = dom;
    this.#furnish(dom.window);
    for (const [name, value] of Object.entries(this.memory)) dom.window.sessionStorage.setItem(name, value);
    for (const script of compiled) script.runInContext(dom.getInternalVMContext());
  }

  #console() {
    const console = new VirtualConsole();
    console.on("jsdomError", (error) => {
      if (error.message.includes(NAVIGATION)) this.hasLeft = true;
      else this.#browser.mishaps.push(String(error.detail?.stack ?? error.stack ?? error));
    });
    return console;
  }

  // --- what jsdom lacks --------------------------------------------------------------------------------------------

  #furnish(window) {
    for (const name of FROM_NODE) window[name] = globalThis[name];
    Object.defineProperty(window, "crypto", { value: webcrypto });
    window.isSecureContext = true;
    window.indexedDB = this.#browser.databases;
    window.matchMedia = () => ({ matches: false });
    window.fetch = (address, init) => this.#fetch(address, init);
    window.navigator.sendBeacon = (address, body) => this.#beacon(address, body);
    this.#hurry(window);
  }

  /** The browser's clock runs faster; the code that waits for it is the shipped one. */
  #hurry(window) {
    const { speed } = this.#browser;
    const { setTimeout, setInterval } = window;
    const began = Date.now();
    const lives =
      (act) =>
      (...given) =>
        this.#isClosed ? undefined : act(...given);
    window.setTimeout = (act, wait = 0) => setTimeout(lives(act), wait / speed);
    window.setInterval = (act, wait = 0) => setInterval(lives(act), wait / speed);
    window.Date.now = () => began + (Date.now() - began) * speed;
  }

  /** Resolves or rejects as the network has it; after the page's end neither, for there is nobody any more. */
  #fetch(address, { signal, ...init } = {}) {
    const ended = new AbortController();
    const end = () => ended.abort();
    if (signal?.aborted) end();
    // jsdom's signal is none to Node.
    signal?.addEventListener("abort", end);
    if (!init.keepalive) this.#underWay.add(end);
    const answer = this.#browser.request(new URL(address, this.#url).href, { ...init, signal: ended.signal });
    return new Promise((resolve, reject) => {
      answer.then(
        (response) => this.#isClosed || resolve(endedBy(ended.signal, response)),
        (error) => this.#isClosed || reject(error),
      );
    });
  }

  #beacon(address, body) {
    const url = new URL(address, this.#url).href;
    const headers = { "Content-Type": "text/plain;charset=UTF-8" };
    this.#browser.request(url, { method: "POST", body, headers }).catch(() => undefined);
    return true;
  }
}

/**
 * An answer whose body ends with the signal. Node's own link between the two is weak: when the garbage is collected in
 * mid-stream, an abort may reach nobody, which no browser would do to its page.
 */
function endedBy(signal, response) {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream({
    start: (to) => {
      signal.addEventListener("abort", () => {
        reader.cancel().catch(() => undefined);
        to.error(signal.reason);
      });
    },
    pull: async (to) => {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (done) to.close();
      else to.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

/** An answer that isn't the page: a server that is starting or stopping. */
class NotServed extends Error {
  name = "NotServed";
}
