/** Sign-in at OpenID Connect providers that are configured while the gateway runs. */
@NullMarked
package org.colonnade.identity.oidc;

import org.jspecify.annotations.NullMarked;
