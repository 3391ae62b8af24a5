package dev.registrykit.testkit.internal.oci;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Refusal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The repositories, the kind of registry they are in, and what a test has changed about it. */
final class RegistryState {
  final Switches switches = new Switches();
  final PushClock clock = new PushClock();

  private final Map<String, RepositoryRow> repositories = new TreeMap<>();
  private Behaviour behaviour;

  RegistryState(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  void become(Behaviour other) {
    behaviour = other;
  }

  @Nullable
  RepositoryRow repository(String name) {
    return repositories.get(name);
  }

  RepositoryRow repositoryOrNew(String name) {
    return repositories.computeIfAbsent(name, RepositoryRow::new);
  }

  /** In the order of their names. */
  Collection<RepositoryRow> repositories() {
    return repositories.values();
  }

  boolean hasCatalog() {
    Boolean switched = switches.catalog;
    return switched == null ? behaviour.has(Trait.CATALOG) : switched;
  }

  boolean hasReferrers() {
    Boolean switched = switches.referrers;
    return switched == null ? behaviour.has(Trait.REFERRERS) : switched;
  }

  /** The refusal of a case that this kind of registry refuses. */
  Refusal refusal(Case of, String name, String reference) {
    return new Refusal(behaviour
        .refusal(of)
        .orElseThrow(() -> new IllegalStateException("no text for " + of))
        .answer(behaviour.wire(), name, reference));
  }

  /** Refuses, where this kind of registry does. */
  void refuseIfUnwanted(Case of, String name, String reference) {
    Optional<ErrorText> text = behaviour.refusal(of);
    if (text.isPresent()) {
      throw new Refusal(text.get().answer(behaviour.wire(), name, reference));
    }
  }

  /** With the {@code Etag} of what was read, where this kind of registry sends one. */
  ApiAnswer tagged(ApiAnswer answer, String digest) {
    return behaviour.has(Trait.NO_CONDITIONS)
        ? answer
        : answer.withHeader("Etag", "\"" + digest + "\"");
  }

  ApiAnswer json(int status, String body) {
    return ApiAnswer.text(status, behaviour.wire().listType(), body + "\n");
  }
}
