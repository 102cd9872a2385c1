# Appends standard input to file $1, and prints the SHA-256 of what the file held and got, which is computed meanwhile, then the
# size of the file: more than was hashed, if an earlier transfer still appends to it.
export LC_MESSAGES=C
exec 3>&1
at_once=
tee --output-error=exit </dev/null 2>/dev/null && at_once=--output-error=exit
failed=$({ { cat -- "$1" 2>/dev/null; tee -a $at_once -- "$1" || echo failed >&4; } | sum >&3; } 4>&1)
[ -z "$failed" ] && stat -c %s -- "$1"
