package dev.registrykit.spi;

import java.util.Objects;

/**
 * One thing a provider is asked to do: a request with its repetitions. Immutable.
 *
 * @param operation the operation's name in the provider's API description, such as {@code ListTags}
 * @param description what is done, in words for messages, such as {@code list tags of ns/app}
 * @param errors makes the exception when the answer is no
 */
public record Call(String operation, String description, ErrorMapper errors) {

  /** Refuses {@code null}. */
  public Call {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(errors, "errors");
  }
}
