import { button, h } from "./h.js";

export interface DialogOptions {
  readonly title: string;
  readonly text: string;
  /** The two answers; the first does it. */
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
}

/** Asks one question. Esc and the second button leave everything as it was; the focus returns to where it came from. */
export function openDialog(options: DialogOptions): void {
  const dialog = draw(options);
  // Browsers before 2022 don't know modal dialogs.
  if (typeof dialog.showModal === "function") dialog.showModal();
  else stand(dialog);
}

/** Asks and leaves the rest of the page usable: a visitor's way out must never be behind a dialog (safety 1). */
export function openBeside(options: DialogOptions): void {
  stand(draw(options));
}

/** A box over the page that takes the focus. */
function stand(dialog: HTMLDialogElement): void {
  dialog.setAttribute("open", "");
  dialog.setAttribute("role", "dialog");
  dialog.querySelector("button")?.focus();
}

function draw({ title, text, yes, no, onYes }: DialogOptions): HTMLDialogElement {
  const opener = document.activeElement;
  const close = (): void => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  };
  const does = (act?: () => void) => (): void => {
    close();
    act?.();
  };
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-label": title, oncancel: close },
    h("h2", {}, title),
    h("p", {}, text),
    h(
      "div",
      { class: "button-row" },
      button("button-go", yes, does(onYes)),
      button("button-quiet", no, does()),
    ),
  );
  dialog.addEventListener("keydown", (event) => {
    // Here Esc means "no"; further out it would close the whole panel. Shift goes on: the exit works from here too.
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  document.body.append(dialog);
  return dialog;
}
