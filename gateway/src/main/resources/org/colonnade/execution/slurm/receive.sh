# Unpacks the archive on standard input into folder $1, and compares every file with the checksums that come last in it.
export LC_MESSAGES=C
mkdir -p -- "$1" && cd -- "$1" && tar -x -m --no-same-owner -f - && sha256sum -c --quiet -- .sums && rm -f -- .sums
