// A browser without a screen: what its pages share. Cookies, key pairs and time; each tab's sessionStorage is the tab's.
// The scripts that run in its pages are the very files that the service serves.

import vm from "node:vm";
import { IDBFactory } from "fake-indexeddb";
import { CookieJar } from "jsdom";

/** Hashed names never change their content, so all browsers here may share what was compiled. */
const scripts = new Map();

/** Of one person. Nothing in it outlives it. */
export class Browser {
  jar = new CookieJar();
  /** Key pairs of duties lie in here. */
  databases = new IDBFactory();
  /** What no page should ever do: uncaught errors. */
  mishaps = [];

  constructor(speed) {
    this.speed = speed;
  }

  /** As if somebody had cleared the site's data, or the browser had thrown it away. */
  loseDatabases() {
    this.databases = new IDBFactory();
  }

  /** A request as a page of ours sends it: with its origin, and with cookies unless the page says otherwise. */
  async request(url, init = {}) {
    const headers = new Headers(init.headers);
    const isBare = init.credentials === "omit";
    const cookies = isBare ? "" : await this.jar.getCookieString(url);
    if (cookies !== "") headers.set("Cookie", cookies);
    if (init.method === "POST") headers.set("Origin", new URL(url).origin);
    const response = await fetch(url, { ...init, headers });
    if (!isBare) for (const line of response.headers.getSetCookie()) await this.jar.setCookie(line, url);
    return response;
  }

  /** The compiled script at an address, fetched once. */
  async script(url) {
    if (!scripts.has(url)) {
      const response = await this.request(url);
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      // A module's names are its own; here each of our bundles is one file that imports nothing.
      const source = `(() => { "use strict";\n${await response.text()}\n})();`;
      scripts.set(url, new vm.Script(source, { filename: url }));
    }
    return scripts.get(url);
  }
}
