// There is one way out at a time: the page's own until the panel is open, then the panel's. (safety 1)

/** Calls back when the loader is there and holds the exit; hides the page's link while the panel shows its own. */
export function yieldToLoader(link: HTMLElement, loaderIsThere: () => void): void {
  const look = (): void => {
    const chat = document.querySelector("suoja-chat");
    // The element comes first; the global comes when everything has worked.
    if (!(chat && "suoja" in globalThis)) return;
    arrival.disconnect();
    loaderIsThere();
    const follow = (): void => {
      link.hidden = chat.hasAttribute("open");
    };
    new MutationObserver(follow).observe(chat, { attributeFilter: ["open"] });
    follow();
  };
  const arrival = new MutationObserver(look);
  arrival.observe(document.body, { childList: true });
  look();
}
