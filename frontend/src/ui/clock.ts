import type { Language } from "../wire/index.js";

/** The service lives in one place, so its times are of that place wherever the reader is (M5). */
const HELSINKI = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/Helsinki",
});

/** 14.02 in Finnish and Swedish, 14:02 in English; from milliseconds since 1970. */
export function formatTime(at: number, language: Language): string {
  const time = HELSINKI.format(at);
  return language === "en" ? time : time.replace(/^0/, "").replace(":", ".");
}
