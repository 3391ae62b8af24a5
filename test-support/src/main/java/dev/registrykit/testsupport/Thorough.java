package dev.registrykit.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Marks tests that run in the profile {@code thorough} alone: much like others, or more of the same. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@EnabledIfSystemProperty(
    named = Thorough.PROPERTY,
    matches = "true",
    disabledReason = "mvn -Pthorough verify runs it")
public @interface Thorough {

  /** The system property that is true in that profile. */
  String PROPERTY = "registrykit.thorough";
}
