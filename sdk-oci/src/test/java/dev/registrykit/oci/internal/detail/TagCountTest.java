package dev.registrykit.oci.internal.detail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the tags of a digest count. */
class TagCountTest {

  private final List<Integer> counted = new ArrayList<>();
  private final TagCount count = new TagCount(counted::add);

  @Test
  void tagsThatWaitForTheirDigestCountOnceItIsRead() {
    count.waiting("a");
    count.waiting("b");
    count.waiting("a");
    assertEquals(List.of(), counted);

    count.read("a");
    assertEquals(List.of(2), counted);

    count.read("b");
    assertEquals(List.of(2, 1), counted);
  }

  @Test
  void aTagOfADigestThatIsReadCountsAtOnce() {
    count.read("a");
    assertEquals(List.of(), counted);

    count.waiting("a");
    count.complete();

    assertEquals(List.of(1, 1), counted);
  }
}
