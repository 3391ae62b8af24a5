package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.spi.support.OperationRunner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class PageMemoryTest {

  private final List<WeakReference<Object>> produced = new ArrayList<>();

  @Test
  void onePageIsHeldAtATime() throws InterruptedException {
    Iterator<Object> items = Pages.of(new Listing<Object>(
            "list things",
            this::page,
            null,
            item -> item,
            item -> true,
            1000,
            OperationRunner.unlimited()))
        .iterator();
    for (int i = 0; i < 50; i++) {
      items.next();
    }

    for (int attempt = 0; attempt < 50 && held() > 2; attempt++) {
      System.gc();
      Thread.sleep(1);
    }
    assertEquals(50, produced.size());
    assertTrue(held() <= 2, held() + " pages are held");
    assertTrue(items.hasNext());
  }

  private FetchedPage<Object> page(String cursor) {
    Object item = new Object();
    produced.add(new WeakReference<>(item));
    return new FetchedPage<>(List.of(item), String.valueOf(produced.size()), null);
  }

  private long held() {
    return produced.stream().filter(reference -> reference.get() != null).count();
  }
}
