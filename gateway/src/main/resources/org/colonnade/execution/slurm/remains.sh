# What the ended job in folder $1 left: a line with its note of how it ended, and for each of its streams a line with the last $3
# bytes in Base64; what is not there is an empty line. Stands before list.sh, which goes on with its files.
note=$(head -n 1 -- "$1/ended" 2>/dev/null)
printf '%s\n' "$note"
for stream in stdout stderr scheduler.log; do
  tail -c "$3" -- "$1/$stream" 2>/dev/null | base64 -w 0
  echo
done
set -- "$1/work" "$2"
