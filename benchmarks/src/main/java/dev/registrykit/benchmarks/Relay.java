package dev.registrykit.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server, counts requests and adds a delay to every answer. It reads no HTTP: what a client sends
 * after an answer is a new request, as it is with HTTP/1.1 without pipelining.
 */
final class Relay implements Server {

  private final ServerSocket socket;
  private final String server;
  private final Duration delay;
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, Stub.THREAD);
    thread.setDaemon(true);
    return thread;
  });
  private final AtomicInteger requests = new AtomicInteger();

  Relay(String server, Duration delay) throws IOException {
    this.server = server;
    this.delay = delay;
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        int colon = server.lastIndexOf(':');
        Socket upstream =
            new Socket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        AtomicBoolean isAsked = new AtomicBoolean();
        threads.execute(() -> pass(client, upstream, () -> {
          if (isAsked.compareAndSet(false, true)) {
            requests.incrementAndGet();
          }
        }));
        threads.execute(() -> pass(upstream, client, () -> {
          if (isAsked.compareAndSet(true, false)) {
            Thread.sleep(delay.toMillis());
          }
        }));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void pass(Socket from, Socket to, Contender.Work beforeEach) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        beforeEach.run();
        out.write(buffer, 0, read);
      }
    } catch (Exception e) {
      // one of the two has gone, and both are closed
    }
  }

  @Override
  public String address() {
    return socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  @Override
  public int takeRequests() {
    return requests.getAndSet(0);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    threads.shutdownNow();
  }
}
