#!/bin/bash
# Runs the argument vector in the file "arguments" with the environment in the file "environment" (both separated by NUL) in
# the folder "work". How it ended is left in the file "ended", which outlives the scheduler's memory. As an element of an
# array it first goes into the folder that the array's list names for it.
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  cd -- "$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" folders)" || exit 90
fi
[ ! -e cancelled ] || exit 130
# Started again by the scheduler: how it ended before does not count.
rm -f ended
mkdir -p work && cd work || exit 90
mapfile -d '' -t arguments <../arguments && [ ${#arguments[@]} -gt 0 ] || exit 90
mapfile -d '' -t environment <../environment || exit 90
env -i "${environment[@]}" "${arguments[@]}" </dev/null >../stdout 2>../stderr
status=$?
printf '%d %s %d\n' "$status" "$(date -u +%FT%TZ)" "${SLURM_RESTART_COUNT:-0}" >../ended.new && mv ../ended.new ../ended
exit "$status"
