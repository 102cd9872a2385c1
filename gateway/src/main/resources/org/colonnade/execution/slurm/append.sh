# Says how many bytes file $1 holds, appends standard input to it, and prints the SHA-256 of the whole file and its size.
export LC_MESSAGES=C
mkdir -p -- "${1%/*}" && : >>"$1" && echo "holds $(stat -c %s -- "$1") bytes" &&
  cat >>"$1" && sum <"$1" && stat -c %s -- "$1"
