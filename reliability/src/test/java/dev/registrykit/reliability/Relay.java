package dev.registrykit.reliability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on to an emulator and back, and counts connections. */
final class Relay implements AutoCloseable {

  private final int upstream;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    return thread;
  });
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger tokenRequests = new AtomicInteger();

  Relay(URI upstream) throws IOException {
    this.upstream = upstream.getPort();
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url(URI original) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + original.getRawPath());
  }

  /** Returns how many connections there were. */
  int accepted() {
    return accepted.get();
  }

  /** Returns how many requests went to a service that grants tokens. */
  int tokenRequests() {
    return tokenRequests.get();
  }

  /** Returns how many connections clients hold. */
  int connections() {
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        accepted.incrementAndGet();
        open.add(client);
        Socket emulator = new Socket(InetAddress.getLoopbackAddress(), upstream);
        emulator.setTcpNoDelay(true);
        threads.execute(() -> pass(client, emulator, tokenRequests));
        threads.execute(() -> pass(emulator, client, new AtomicInteger()));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pass(Socket from, Socket to, AtomicInteger tokens) {
    byte[] bytes = new byte[65_536];
    try (from;
        to) {
      for (int n = 0; n >= 0; n = from.getInputStream().read(bytes)) {
        String head = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
        if (head.substring(0, Math.max(0, head.indexOf('\n'))).contains("token")) {
          tokens.incrementAndGet();
        }
        to.getOutputStream().write(bytes, 0, n);
      }
    } catch (IOException e) {
      // the other direction has ended
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
