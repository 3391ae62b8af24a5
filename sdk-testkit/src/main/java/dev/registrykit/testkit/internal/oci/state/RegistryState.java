package dev.registrykit.testkit.internal.oci.state;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Refusal;
import dev.registrykit.testkit.internal.oci.kind.Behaviour;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The repositories, the kind of registry they are in, and what a test has changed about it. */
public final class RegistryState {
  public final Switches switches = new Switches();
  public final PushClock clock = new PushClock();

  private final Map<String, RepositoryRow> repositories = new TreeMap<>();
  private Behaviour behaviour;

  public RegistryState(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  public Behaviour behaviour() {
    return behaviour;
  }

  public void become(Behaviour other) {
    behaviour = other;
  }

  @Nullable
  public RepositoryRow repository(String name) {
    return repositories.get(name);
  }

  public RepositoryRow repositoryOrNew(String name) {
    return repositories.computeIfAbsent(name, RepositoryRow::new);
  }

  /** In the order of their names. */
  public Collection<RepositoryRow> repositories() {
    return repositories.values();
  }

  public boolean hasCatalog() {
    Boolean switched = switches.catalog;
    return switched == null ? behaviour.has(Trait.CATALOG) : switched;
  }

  public boolean hasReferrers() {
    Boolean switched = switches.referrers;
    return switched == null ? behaviour.has(Trait.REFERRERS) : switched;
  }

  /** The refusal of a case that this kind of registry refuses. */
  public Refusal refusal(Case of, String name, String reference) {
    return new Refusal(behaviour
        .refusal(of)
        .orElseThrow(() -> new IllegalStateException("no text for " + of))
        .answer(behaviour.wire(), name, reference));
  }

  /** Refuses, where this kind of registry does. */
  public void refuseIfUnwanted(Case of, String name, String reference) {
    Optional<ErrorText> text = behaviour.refusal(of);
    if (text.isPresent()) {
      throw new Refusal(text.get().answer(behaviour.wire(), name, reference));
    }
  }

  /** With the {@code Etag} of what was read, where this kind of registry sends one. */
  public ApiAnswer tagged(ApiAnswer answer, String digest) {
    return behaviour.has(Trait.NO_CONDITIONS)
        ? answer
        : answer.withHeader("Etag", "\"" + digest + "\"");
  }

  public ApiAnswer json(int status, String body) {
    return ApiAnswer.text(status, behaviour.wire().listType(), body + "\n");
  }
}
