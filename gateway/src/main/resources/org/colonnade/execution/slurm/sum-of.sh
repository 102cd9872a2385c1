# Prints the SHA-256 of file $1.
sum <"$1"
