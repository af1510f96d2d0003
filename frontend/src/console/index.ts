/** The helper's console. The server draws the shell; this takes up the duty in it. */
import { createWords, openDialog } from "../ui/index.js";
import { type ConsoleData, part, readData } from "./data.js";
import { Duty } from "./duty.js";
import { askForGrant, GrantKeeper } from "./grant.js";
import { dutyKeyPair, forgetDutyKeys } from "./keys.js";
import type { ConsoleWords } from "./words.js";

/** A browser that can't get at its storage must not keep anybody from signing out. */
const FORGET_WITHIN_MS = 1000;

void start(readData());

async function start(data: ConsoleData): Promise<void> {
  const words: ConsoleWords = createWords(data.words);
  const form = part<HTMLFormElement>("sign-out");
  const grants = new GrantKeeper({
    ask: () => askForGrant(data.grant_url, tokenOf(form)),
    onSignedOut: () => location.replace(data.sign_in_url),
  });
  const pair = await dutyKeyPair(data.duty);
  const duty = new Duty({
    data,
    words,
    pair,
    grants,
    onOver: offerAnother,
    onElsewhere: offerToContinue,
  });
  guardSignOut(form, duty, words);
  reloadWhenRestored();
  await duty.start();
}

function tokenOf(form: HTMLFormElement): string {
  return new FormData(form).get("csrfmiddlewaretoken")?.toString() ?? "";
}

/** Signing out ends the duty, here and in another tab, and takes the helper out of a running talk: so it asks first. */
function guardSignOut(form: HTMLFormElement, duty: Duty, words: ConsoleWords): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!(duty.isTalking || duty.isElsewhere)) return void signOut(form, duty);
    openDialog({
      title: words(duty.isElsewhere ? "sign_out_elsewhere_question" : "sign_out_question"),
      text: words(duty.isElsewhere ? "sign_out_elsewhere_means" : "sign_out_means"),
      yes: words("sign_out"),
      no: words("stay"),
      onYes: () => void signOut(form, duty),
    });
  });
}

async function signOut(form: HTMLFormElement, duty: Duty): Promise<void> {
  duty.stop();
  duty.forget();
  const patience = new Promise((resolve) => setTimeout(resolve, FORGET_WITHIN_MS));
  await Promise.race([forgetDutyKeys(), patience]);
  form.submit();
}

/** What is on the screen stays until the helper begins another duty. */
function offerAnother(): void {
  part("begin-again").hidden = false;
}

/** Another tab or window has the duty, and this page shows nothing any more. Loaded anew it takes the duty over. */
function offerToContinue(): void {
  for (const id of ["waiting", "talks"]) part(id).hidden = true;
  part("elsewhere").hidden = false;
  part("continue-here").addEventListener("click", () => location.reload());
}

/** A page that the browser kept is asked for again: whoever signed out in the meantime must not see it (safety 23). */
function reloadWhenRestored(): void {
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
