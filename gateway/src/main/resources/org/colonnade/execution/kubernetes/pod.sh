#!/bin/bash
# Runs one command in a pod: fetches the run's bundle from $COLONNADE_INPUTS, runs the argument vector in its file "arguments"
# with the environment in its file "environment" (both separated by NUL) in its folder "work", and sends the files of that
# folder to $COLONNADE_RESULTS. What came of it is left as the container's termination message: "exited STATUS", or "deadline"
# if it ran for $COLONNADE_SECONDS, "staging WHY" if it was never started, "unsent WHY" if its files could not be sent.
set -u
cd /job || exit 90
transfer() { curl --fail --silent --show-error --retry 8 --retry-all-errors --connect-timeout 10 "$@" 2>&1; }
leave() { printf '%s\n' "${2:0:800}" >/dev/termination-log; exit "$1"; }

why=$(transfer --output inputs.tar "$COLONNADE_INPUTS") || leave 90 "staging $why"
why=$(tar -x -m --no-same-owner -f inputs.tar 2>&1 && sha256sum -c --quiet -- .sums 2>&1) || leave 90 "staging $why"
rm -f -- inputs.tar .sums
mkdir -p work
mapfile -d '' -t arguments <arguments
mapfile -d '' -t environment <environment
begun=$SECONDS
(
  cd work || exit 90
  [ "$COLONNADE_FILE_KIB" = 0 ] || ulimit -f "$COLONNADE_FILE_KIB"
  exec timeout --kill-after=5 "$COLONNADE_SECONDS" env -i "${environment[@]}" "${arguments[@]}" </dev/null
)
status=$?
end="exited $status"
[ "$SECONDS" -lt $((begun + COLONNADE_SECONDS)) ] || case $status in 124 | 137) end=deadline ;; esac
printf '%s\n' "$end" >ended
why=$({
  find work -maxdepth 1 -type f -print0 | xargs -0 -r sha256sum -b -z -- >sums &&
  { printf 'ended\0sums\0' && find work -maxdepth 1 -type f -print0; } >list &&
  tar -c -f results.tar --null --verbatim-files-from -T list; } 2>&1) || leave 91 "unsent $why"
why=$(transfer --upload-file results.tar "$COLONNADE_RESULTS") || leave 91 "unsent $why"
leave "$status" "$end"
