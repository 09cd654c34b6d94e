#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests, installed first if the machine has none,
# with the fonts that Japanese screens need. CHROMIUM names another one.
. "$(dirname "$0")/lib.sh"

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

if ! path=$(find_chromium); then
  [ -z "${CHROMIUM:-}" ] || die "CHROMIUM=$CHROMIUM is not a program"
  apt_install "browser tests" chromium || exit 1
  path=$(find_chromium) || die "Chromium was installed but is not on the PATH; set CHROMIUM"
fi
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=ja)" ]; then
  apt_install "Japanese text in browser tests" fonts-noto-cjk || exit 1
fi
printf '%s\n' "$path"
