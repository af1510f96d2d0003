#!/usr/bin/env bash
# The browsers of the journeys and a font with every letter, from Debian, when they are missing and when it may.
# Fails where they can't be had, unless SUOJA_TEST_PARTIAL=1: then the suite lists what it leaves out.
set -u

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -x /usr/bin/firefox-esr ] || missing+=(firefox-esr)
[ -d /usr/share/fonts/truetype/noto ] || missing+=(fonts-noto-core)
[ ${#missing[@]} -eq 0 ] && exit 0

install() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  command -v apt-get >/dev/null || return 1
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

echo "Installing from Debian: ${missing[*]}"
if install; then exit 0; fi
echo "Could not install ${missing[*]}: the journeys need them. As root: apt-get install ${missing[*]}" >&2
if [ "${SUOJA_TEST_PARTIAL:-}" = 1 ]; then exit 0; fi
echo "SUOJA_TEST_PARTIAL=1 runs the rest and lists what it left out." >&2
exit 1
