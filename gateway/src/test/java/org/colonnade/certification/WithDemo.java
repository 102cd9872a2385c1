package org.colonnade.certification;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.colonnade.testing.GatewayTest;
import org.springframework.test.context.TestPropertySource;

/**
 * A test against a gateway whose registry was started with the demonstration. All classes that carry just this annotation
 * share one context; {@code Demo.load()} returns when the data are there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GatewayTest
@TestPropertySource(properties = "colonnade.demo=true")
public @interface WithDemo {}
