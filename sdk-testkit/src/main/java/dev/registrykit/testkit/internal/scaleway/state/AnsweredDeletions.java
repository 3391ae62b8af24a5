package dev.registrykit.testkit.internal.scaleway.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The deletions that one answer begins or shows, settled once the answer is made. */
public final class AnsweredDeletions {
  private final List<Deletion> begun = new ArrayList<>();
  private final Set<Deletion> shown = Collections.newSetFromMap(new IdentityHashMap<>());

  public void begun(Deletion deletion) {
    begun.add(deletion);
  }

  /** Counts one read, however many rows of the answer share the deletion. */
  public void shown(@Nullable Deletion deletion) {
    if (deletion != null) {
      shown.add(deletion);
    }
  }

  public void settle() {
    begun.forEach(Deletion::finishWhenDue);
    shown.forEach(Deletion::wasShown);
  }
}
