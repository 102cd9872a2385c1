# The regular files directly in folder $1: size and name of each, an empty item, then checksum and name of those smaller than $2
# bytes, all ended by NUL. A folder that is not there has no files.
cd -- "$1" 2>/dev/null || { printf '\0'; exit 0; }
find . -maxdepth 1 -type f -printf '%s %P\0' || exit 1
printf '\0'
find . -maxdepth 1 -type f -size "-${2}c" -print0 | xargs -0 -r sha256sum -b -z --
