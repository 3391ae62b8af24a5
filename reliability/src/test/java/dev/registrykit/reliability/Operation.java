package dev.registrykit.reliability;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.retention.RetentionReport;
import dev.registrykit.retention.TagReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One method of a registry, with its arguments.
 *
 * @param changes whether it may change anything
 * @param mayGo the tags that it may delete
 * @param more what else it may change, read by a registry that nothing stands in front of; the same text if all is as it was
 */
record Operation<R extends Registry>(
    String name,
    boolean changes,
    Set<String> mayGo,
    Function<R, Object> call,
    Function<R, Object> more) {

  /**
   * What a method that deletes says.
   *
   * @param gone the tags that it says are gone
   * @param untouched the tags that it says are as they were
   * @param failures the exceptions that it hands out with its result
   */
  record Claims(Set<String> gone, Set<String> untouched, List<RegistryException> failures) {

    static Claims of(DeleteResult result, String tag) {
      Set<String> gone = new TreeSet<>(result.deletedWith());
      if (result.outcome() != DeleteOutcome.ACCEPTED) {
        gone.add(tag);
      }
      return new Claims(gone, Set.of(), List.of());
    }

    static Claims of(BulkDeleteResult result) {
      Set<String> gone = new TreeSet<>();
      result.deleted().forEach((tag, deleted) -> gone.addAll(of(deleted, tag).gone()));
      Set<String> untouched = new TreeSet<>(result.notAttempted());
      result.failures().forEach((tag, failure) -> {
        if (!failure.mayHaveTakenEffect()) {
          untouched.add(tag);
        }
      });
      untouched.removeAll(gone);
      return new Claims(gone, untouched, List.copyOf(result.failures().values()));
    }

    static Claims of(RetentionReport report) {
      Set<String> gone = new TreeSet<>();
      Set<String> untouched = new TreeSet<>();
      List<RegistryException> failures = new ArrayList<>();
      for (TagReport tag : report.tags()) {
        switch (tag.outcome()) {
          case DELETED, ALREADY_GONE -> gone.add(tag.tag().name());
          case FAILED, NOT_ATTEMPTED -> untouched.add(tag.tag().name());
          default -> {}
        }
        tag.failure().ifPresent(failures::add);
      }
      return new Claims(gone, untouched, failures);
    }
  }

  static <R extends Registry> Operation<R> reading(String name, Function<R, Object> call) {
    return new Operation<>(name, false, Set.of(), call, registry -> "");
  }

  static <R extends Registry> Operation<R> deleting(
      String name, Set<String> mayGo, Function<R, Object> call) {
    return new Operation<>(name, true, mayGo, call, registry -> "");
  }

  static <R extends Registry> Operation<R> changing(
      String name, Function<R, Object> call, Function<R, Object> more) {
    return new Operation<>(name, true, Set.of(), call, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
