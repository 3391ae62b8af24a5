package dev.registrykit.reliability;

import dev.registrykit.BulkDeleteResult;
import dev.registrykit.DeleteResult;
import dev.registrykit.Registry;
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

  /** What a method that deletes says: these tags are gone, and those are as they were. */
  record Claims(Set<String> gone, Set<String> untouched) {

    static Claims of(DeleteResult result, String tag) {
      Set<String> gone = new TreeSet<>(result.deletedWith());
      gone.add(tag);
      return new Claims(gone, Set.of());
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
      return new Claims(gone, untouched);
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
