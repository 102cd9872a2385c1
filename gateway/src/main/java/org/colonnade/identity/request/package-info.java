/** How a request is tied to a person: cookies, anti-forgery tokens, and the filter that decides who it is. */
@NullMarked
package org.colonnade.identity.request;

import org.jspecify.annotations.NullMarked;
