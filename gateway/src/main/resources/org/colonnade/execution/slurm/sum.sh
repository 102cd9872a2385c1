# Stands before scripts that use it: the SHA-256 of standard input. openssl uses the processor's own instructions for it where
# a site has it; sha256sum is everywhere, and five times slower.
sum() {
  if printf x | openssl dgst -sha256 -r 2>/dev/null | grep -q '^2d711642b726b044'; then
    openssl dgst -sha256 -r
  else
    sha256sum
  fi
}
