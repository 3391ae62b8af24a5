package dev.registrykit.spi.transport;

import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;

/** An application that keeps the common pool busy, and calls a registry all the same. */
public final class BlockedPoolProgram {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ScriptedServer server;

  private BlockedPoolProgram(ScriptedServer server) {
    this.server = server;
  }

  /** The server speaks TLS if this machine was given a key store. */
  public static void main(String[] arguments) throws Exception {
    blockTheCommonPool();
    ServerSocketFactory sockets = System.getProperty("javax.net.ssl.keyStore") == null
        ? ServerSocketFactory.getDefault()
        : SSLServerSocketFactory.getDefault();
    try (ScriptedServer server = ScriptedServer.start(sockets)) {
      BlockedPoolProgram program = new BlockedPoolProgram(server);
      program.callsAreAnswered();
      program.aRefusalIsAnswered();
      program.callsStartNoThreads();
      program.endsAtItsDeadline(Reply.stall());
      program.endsAtItsDeadline(Reply.stallInBody());
      program.endsAtItsDeadline(Reply.dribble());
      program.endsAtItsDeadline(Reply.dribbleInHead());
      program.endsAtAnInterrupt(Reply.stall());
      program.endsAtAnInterrupt(Reply.stallInBody());
    }
    System.out.println("OK");
    System.exit(0); // on some JDKs the blocked tasks run on threads that are no daemons
  }

  private static void blockTheCommonPool() {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 16; i++) {
      CompletableFuture.runAsync(() -> await(never));
      ForkJoinPool.commonPool().execute(() -> await(never));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Transport transport(Duration attemptTimeout) {
    HttpOptions options = HttpOptions.defaults()
        .withAttemptTimeout(attemptTimeout)
        .withRetryPolicy(RetryPolicy.none());
    return new Transport(ServiceTraits.of(server.uri(""), "probe"), options, TimeSource.system());
  }

  private TransportResponse get(Transport transport) {
    return transport.send(
        TransportFixture.LIST_TAGS, TransportFixture.request("GET", server.uri("/x")));
  }

  private void callsAreAnswered() {
    server.always(Reply.body(200, "{}"));
    try (Transport transport = transport(LONG)) {
      for (int i = 0; i < 50; i++) {
        require(get(transport).status() == 200, "a good answer");
      }
    }
  }

  private void aRefusalIsAnswered() {
    server.always(Reply.body(403, "{}"));
    try (Transport transport = transport(LONG)) {
      get(transport);
      throw new AssertionError("403 is a refusal");
    } catch (PermissionDeniedException expected) {
      require(expected.body().equals("{}"), "the refusal's body");
    }
  }

  private void callsStartNoThreads() {
    server.always(Reply.body(200, "{}"));
    try (Transport transport = transport(LONG)) {
      for (int i = 0; i < 50; i++) {
        get(transport);
      }
      long before = threadsMadeSoFar();
      for (int i = 0; i < 1000; i++) {
        get(transport);
      }
      long started = threadsMadeSoFar() - before;
      require(started <= 5, started + " threads were made by 1,000 calls");
    }
  }

  /** Threads are numbered as they are made. */
  private static long threadsMadeSoFar() {
    return new Thread(() -> {}).getId();
  }

  private void endsAtItsDeadline(Reply reply) {
    server.always(reply);
    try (Transport transport = transport(SHORT)) {
      long start = System.nanoTime();
      try {
        get(transport);
        throw new AssertionError("an answer without end");
      } catch (RegistryTimeoutException expected) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        require(millis < 5000, "the deadline of 200 ms passed after " + millis);
        require(!Thread.interrupted(), "no interrupt is left over");
      }
    }
  }

  private void endsAtAnInterrupt(Reply reply) {
    Thread caller = Thread.currentThread();
    server.always(reply.after(caller::interrupt));
    try (Transport transport = transport(LONG)) {
      get(transport);
      throw new AssertionError("an answer without end");
    } catch (RegistryInterruptedException expected) {
      require(Thread.interrupted(), "the flag is kept");
    }
  }

  private static void require(boolean isSo, String what) {
    if (!isSo) {
      throw new AssertionError(what);
    }
  }
}
