# Appends standard input to file $1, and prints the SHA-256 of the whole file.
cat >>"$1" && sum <"$1"
