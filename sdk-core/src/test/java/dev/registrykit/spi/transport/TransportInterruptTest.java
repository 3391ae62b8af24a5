package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportInterruptTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() throws Exception {
    Thread.interrupted();
    fixture.close();
  }

  @Test
  void anInterruptedThreadSendsNothing() {
    Thread.currentThread().interrupt();

    assertFalse(assertCallEndsWithTheFlagSet().mayHaveTakenEffect());
    assertEquals(0, fixture.server.requests().size());
  }

  @Test
  void anInterruptWhileTheAnswerIsAwaitedEndsTheCall() {
    fixture.replies(Reply.stall().after(interruptOf(Thread.currentThread())));

    assertTrue(assertCallEndsWithTheFlagSet().mayHaveTakenEffect());
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void anInterruptWhileTheBodyIsAwaitedEndsTheCall() {
    Runnable interrupt = interruptOf(Thread.currentThread());
    fixture.replies((socket, closing) -> {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1".getBytes());
      interrupt.run();
      closing.await();
    });

    assertCallEndsWithTheFlagSet();
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void anInterruptDuringTheBackoffEndsTheCall() {
    Thread caller = Thread.currentThread();
    fixture
        .with(HttpOptions.defaults().withRequestListener(event -> caller.interrupt()))
        .replies(Reply.status(503));

    RegistryInterruptedException e = assertCallEndsWithTheFlagSet();

    assertEquals(1, fixture.server.requests().size());
    assertTrue(e.getMessage().startsWith("list tags of ns/app failed: "), e.getMessage());
    assertInstanceOf(ServerException.class, e.getSuppressed()[0], "what there was to wait for");
  }

  private static Runnable interruptOf(Thread caller) {
    return caller::interrupt;
  }

  private RegistryInterruptedException assertCallEndsWithTheFlagSet() {
    RegistryInterruptedException e =
        assertThrows(RegistryInterruptedException.class, () -> fixture.send("DELETE", "/x"));
    assertTrue(Thread.interrupted(), "the flag is kept");
    assertInstanceOf(InterruptedException.class, e.getCause());
    return e;
  }
}
