package dev.registrykit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RequestEventTest {

  private static final URI ADDRESS = URI.create("https://registry.example/v2/");

  private static RequestEvent.Builder event() {
    return RequestEvent.builder("ListTags", "GET", ADDRESS);
  }

  @Test
  void anAnsweredRequestHasAStatus() {
    RequestEvent event =
        event().attempt(2).duration(Duration.ofMillis(7)).status(503).build();

    assertEquals("ListTags", event.operation());
    assertEquals("GET", event.method());
    assertEquals(ADDRESS, event.uri());
    assertEquals(2, event.attempt());
    assertEquals(Duration.ofMillis(7), event.duration());
    assertEquals(OptionalInt.of(503), event.status());
    assertEquals(Optional.empty(), event.failure());
    assertEquals(
        "GET https://registry.example/v2/ -> 503 in 7 ms (ListTags, attempt 2)", event.toString());
  }

  @Test
  void aFailedRequestHasAReason() {
    IOException failure = new IOException("reset");
    RequestEvent event = event().failure(failure).build();

    assertEquals(OptionalInt.empty(), event.status());
    assertSame(failure, event.failure().orElseThrow());
    assertEquals(1, event.attempt());
    assertEquals(
        "GET https://registry.example/v2/ -> IOException in 0 ms (ListTags, attempt 1)",
        event.toString());
  }

  @Test
  void aRequestIsEitherAnsweredOrFails() {
    assertThrows(IllegalStateException.class, () -> event().build());
    assertThrows(
        IllegalStateException.class,
        () -> event().status(200).failure(new IOException()).build());
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> RequestEvent.builder(null, "GET", ADDRESS));
    assertThrows(NullPointerException.class, () -> RequestEvent.builder("X", null, ADDRESS));
    assertThrows(NullPointerException.class, () -> RequestEvent.builder("X", "GET", null));
    assertThrows(NullPointerException.class, () -> event().duration(null));
    assertThrows(NullPointerException.class, () -> event().failure(null));
  }
}
