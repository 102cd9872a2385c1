package org.colonnade.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the requirements of OWASP ASVS 5.0 that a test proves; docs/security/asvs.md is generated from it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Asvs {

    /** E.g. {@code 6.2.1}. */
    String[] value();
}
