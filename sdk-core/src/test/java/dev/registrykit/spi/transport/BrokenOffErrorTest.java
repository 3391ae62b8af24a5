package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.NotFoundException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An error whose body did not come whole says its status, and nothing else that could be relied on. */
class BrokenOffErrorTest {

  private static final Reply BROKEN_OFF = (socket, closing) -> {
    socket
        .getOutputStream()
        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\n{\"errors\":"
            .getBytes(StandardCharsets.US_ASCII));
    socket.shutdownOutput();
  };

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void itIsAskedForAgain() {
    fixture.replies(BROKEN_OFF, Reply.body(200, "whole"));

    assertEquals(200, fixture.send("GET", "/x").status());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void itsStatusIsToldWhereItNeverComesWhole() {
    fixture.server.always(BROKEN_OFF);

    NotFoundException e = assertThrows(NotFoundException.class, () -> fixture.send("GET", "/x"));

    assertEquals(3, e.attempts());
    assertEquals("{\"errors\":", e.body());
  }

  @Test
  void whatIsNotToBeRepeatedIsNot() {
    fixture.server.always(BROKEN_OFF);

    assertThrows(
        NotFoundException.class,
        () -> fixture
            .transport()
            .send(
                TransportFixture.CHANGE_TAGS.notIdempotent(),
                TransportFixture.request("POST", fixture.server.uri("/x"))));
    assertEquals(1, fixture.server.requests().size());
  }
}
