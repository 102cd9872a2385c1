/** Credentials for scripts: personal tokens, refresh tokens and signed access tokens. */
@NullMarked
package org.colonnade.identity.token;

import org.jspecify.annotations.NullMarked;
