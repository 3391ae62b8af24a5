package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What takes several requests ends within the time of one operation, however slow each answer is. */
class OperationDeadlineTest extends ScalewayTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ScalewayRegistry impatient() {
    return builder().httpOptions(httpOptions().withOperationTimeout(LIMIT)).build();
  }

  /** Makes the requests from now on take that long, by the clock that the registry looks at. */
  private void everyRequestTakes(Duration duration) {
    for (String method : List.of("GET", "DELETE", "PATCH")) {
      for (int i = 0; i < 20; i++) {
        emulator.beforeNext(method, "", () -> pass(duration));
      }
    }
  }

  private void pass(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatSendsSeveralRequestsEndsInTime() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.addTags("shop/app", 300);
    for (var call : List.<Executable>of(
        () -> inTime(on -> on.deleteTag(APP, "1.0")),
        () -> inTime(on -> on.deleteTag(APP, "1.0", DeleteOptions.defaults().withForce())),
        () -> inTime(on -> on.byId().deleteTag(id)),
        () -> inTime(on -> on.getTag(APP, "1.0")),
        () -> inTime(on -> on.setVisibility(APP, Visibility.PUBLIC)),
        () -> inTime(on -> on.waitUntilTagGone(APP, "1.0", WaitOptions.defaults())))) {
      Duration before = time.slept();

      assertThrows(RegistryTimeoutException.class, call);

      assertTrue(time.slept().minus(before).compareTo(LIMIT.plusSeconds(5)) < 0);
    }
    assertFalse(sent().toString().contains("DELETE"));
    assertTrue(emulator.tagNames("shop/app").contains("1.0"));
  }

  private void inTime(Consumer<ScalewayRegistry> action) {
    everyRequestTakes(Duration.ofSeconds(6));
    try (ScalewayRegistry registry = impatient()) {
      action.accept(registry);
    }
  }

  @Test
  void aWaitIsNoOperationButEachOfItsLooksIs() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    everyRequestTakes(Duration.ofSeconds(4));

    try (ScalewayRegistry registry = impatient()) {
      var failure = assertThrows(
          RegistryTimeoutException.class,
          () -> registry
              .byId()
              .waitUntilTagGone(id, WaitOptions.defaults().withTimeout(Duration.ofSeconds(40))));

      assertEquals(
          "wait until tag " + id + " is gone failed: still not so after 40000 ms",
          failure.getMessage());
    }
    assertTrue(emulator.requestCount() > 3);
  }
}
