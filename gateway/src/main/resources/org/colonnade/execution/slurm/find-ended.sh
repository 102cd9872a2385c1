# For each folder named as a word: its name, and how its command ended if it did.
set -u
for folder in "$@"; do
  if [ -s "$folder/ended" ]; then
    printf '%s|%s\n' "$folder" "$(cat -- "$folder/ended")"
  fi
done
