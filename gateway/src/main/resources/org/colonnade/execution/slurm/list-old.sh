# The folders of attempts directly below folder $1, one a line.
cd -- "$1" 2>/dev/null || exit 0
find . -maxdepth 1 -type d -name 'colonnade-*' -mmin "+$2" -printf '%P\n'
