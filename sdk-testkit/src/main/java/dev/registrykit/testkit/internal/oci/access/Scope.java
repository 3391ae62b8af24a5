package dev.registrykit.testkit.internal.oci.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may be done to what: {@code repository:team/app:pull,push}. */
record Scope(String type, String name, List<String> actions) {

  static Scope repository(String name, String... actions) {
    return new Scope("repository", name, List.of(actions));
  }

  static Scope catalog() {
    return new Scope("registry", "catalog", List.of("*"));
  }

  /** Empty for what is no scope. */
  static Optional<Scope> parse(String text) {
    int first = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (first < 1 || last <= first) {
      return Optional.empty();
    }
    List<String> actions = Arrays.asList(text.substring(last + 1).split(",", -1));
    return Optional.of(
        new Scope(text.substring(0, first), text.substring(first + 1, last), actions));
  }

  Scope limitedTo(Collection<String> allowed) {
    Set<String> kept = new LinkedHashSet<>(actions);
    kept.retainAll(allowed);
    return new Scope(type, name, List.copyOf(kept));
  }

  boolean isGrantedBy(List<Scope> granted) {
    return granted.stream()
        .filter(scope -> scope.type.equals(type) && scope.name.equals(name))
        .anyMatch(scope -> scope.actions.contains("*") || scope.actions.containsAll(actions));
  }

  @Override
  public String toString() {
    return type + ":" + name + ":" + String.join(",", actions);
  }
}
