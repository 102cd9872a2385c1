/** Accounts: registration, verified addresses, passwords, and the way from a stranger to an approved user. */
@NullMarked
package org.colonnade.identity.account;

import org.jspecify.annotations.NullMarked;
