#!/bin/bash
# Runs the argument vector in the file "arguments" with the environment in the file "environment" (both separated by NUL) in
# the folder "work". How it ended is left in the file "ended", which outlives the scheduler's memory.
cd work || exit 90
mapfile -d '' -t arguments <../arguments
mapfile -d '' -t environment <../environment
env -i "${environment[@]}" "${arguments[@]}" </dev/null >../stdout 2>../stderr
status=$?
printf '%d %s\n' "$status" "$(date -u +%FT%TZ)" >../ended.new && mv ../ended.new ../ended
exit "$status"
