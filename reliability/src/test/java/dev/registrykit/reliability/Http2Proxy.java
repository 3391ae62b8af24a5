package dev.registrykit.reliability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import wiremock.org.eclipse.jetty.http.MetaData;
import wiremock.org.eclipse.jetty.http2.hpack.HpackDecoder;

/**
 * An HTTPS server that speaks HTTP/2 in front of an emulator, and spoils one request of a run, or all from one on. It
 * writes frames itself, so that it can send what no server library sends.
 */
final class Http2Proxy implements AutoCloseable {

  /** What is to be spoiled; from which request on, from 0, negative for none; and whether all that follow are too. */
  record Order(int first, boolean isForEver, Http2Fault fault) {

    static final Order NONE =
        new Order(-1, false, new Http2Fault("none", true, -1, Http2Answer.REAL));

    boolean spoils(int number) {
      return first >= 0 && (isForEver ? number >= first : number == first);
    }
  }

  /** Headers that belong to a connection, or that the client towards the emulator writes itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "transfer-encoding", "keep-alive", "content-length", "host");

  private final URI upstream;
  private final SSLServerSocket server;
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .build();
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "http2-proxy");
    thread.setDaemon(true);
    return thread;
  });
  private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<FaultyProxy.Request> requests = new ArrayList<>();
  private volatile Order order = Order.NONE;

  Http2Proxy(URI upstream, SSLContext tls) throws IOException {
    this.upstream = upstream;
    server = (SSLServerSocket)
        tls.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    SSLParameters parameters = server.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    server.setSSLParameters(parameters);
    threads.execute(this::accept);
  }

  /** Returns the address of the proxy, with the path of the server's. */
  URI url(URI original) {
    return URI.create(origin() + original.getRawPath());
  }

  private String origin() {
    return "https://127.0.0.1:" + server.getLocalPort();
  }

  /** Forgets what was, ends all connections, and does this from now on. */
  synchronized void start(Order next) {
    open.forEach(Http2Proxy::end);
    accepted.set(0);
    requests.clear();
    order = next;
  }

  /** Returns the requests since the last start, in order of arrival. */
  synchronized List<FaultyProxy.Request> requests() {
    return List.copyOf(requests);
  }

  /** Returns how many connections there were since the last start. */
  int accepted() {
    return accepted.get();
  }

  /** Returns how many connections clients hold. */
  int connections() {
    return open.size();
  }

  private synchronized Order note(FaultyProxy.Request request) {
    requests.add(request);
    return order.spoils(requests.size() - 1) ? order : Order.NONE;
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) server.accept();
        socket.setTcpNoDelay(true);
        accepted.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      socket.startHandshake();
      new Connection(new Http2Wire(socket), order.fault().mostStreams()).serve();
    } catch (IOException e) {
      // the client has left, or did not like the certificate
    } finally {
      open.remove(socket);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Http2Proxy::end);
    threads.shutdownNow();
  }

  /** A request that is coming in. */
  private static final class Stream {
    private MetaData.Request head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  }

  /** Reads requests, and answers each on a thread of its own. */
  private final class Connection {

    private final Http2Wire wire;
    private final int mostStreams;
    private final HpackDecoder decoder = new HpackDecoder(65_536, System::nanoTime);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private boolean isLastBlock;

    Connection(Http2Wire wire, int mostStreams) {
      this.wire = wire;
      this.mostStreams = mostStreams;
    }

    void serve() throws IOException {
      wire.readPreface();
      wire.settings(mostStreams);
      while (true) {
        Http2Wire.Frame frame = wire.read();
        switch (frame.type()) {
          case Http2Wire.HEADERS -> {
            isLastBlock = frame.has(Http2Wire.END_STREAM);
            block.reset();
            block.writeBytes(fragment(frame));
            endOfBlock(frame);
          }
          case Http2Wire.CONTINUATION -> {
            block.writeBytes(frame.payload());
            endOfBlock(frame);
          }
          case Http2Wire.DATA -> data(frame);
          case Http2Wire.SETTINGS -> {
            if (!frame.has(Http2Wire.ACK)) {
              wire.send(Http2Wire.SETTINGS, Http2Wire.ACK, 0, new byte[0]);
            }
          }
          case Http2Wire.PING -> {
            if (!frame.has(Http2Wire.ACK)) {
              wire.send(Http2Wire.PING, Http2Wire.ACK, 0, frame.payload());
            }
          }
          default -> {}
        }
      }
    }

    private byte[] fragment(Http2Wire.Frame frame) {
      int from = (frame.has(Http2Wire.PADDED) ? 1 : 0) + (frame.has(Http2Wire.PRIORITY) ? 5 : 0);
      int padding = frame.has(Http2Wire.PADDED) ? frame.payload()[0] : 0;
      return java.util.Arrays.copyOfRange(frame.payload(), from, frame.payload().length - padding);
    }

    private void endOfBlock(Http2Wire.Frame frame) throws IOException {
      if (!frame.has(Http2Wire.END_HEADERS)) {
        return;
      }
      Stream stream = new Stream();
      try {
        stream.head = (MetaData.Request) decoder.decode(ByteBuffer.wrap(block.toByteArray()));
      } catch (wiremock.org.eclipse.jetty.http2.hpack.HpackException e) {
        throw new IOException(e);
      }
      streams.put(frame.stream(), stream);
      if (isLastBlock) {
        begin(frame.stream());
      }
    }

    private void data(Http2Wire.Frame frame) throws IOException {
      Stream stream = streams.get(frame.stream());
      if (stream == null) {
        return;
      }
      stream.body.writeBytes(frame.payload());
      if (frame.has(Http2Wire.END_STREAM)) {
        begin(frame.stream());
      }
    }

    private void begin(int id) throws IOException {
      Stream stream = streams.remove(id);
      if (mostStreams >= 0 && underWay.get() >= mostStreams) {
        note(request(stream));
        wire.reset(id, Http2Wire.REFUSED_STREAM);
        return;
      }
      underWay.incrementAndGet();
      threads.execute(() -> answer(id, stream));
    }

    private void answer(int id, Stream stream) {
      Order toDo = note(request(stream));
      try {
        Http2Answer.Real real = toDo.fault().isPassedOn()
            ? passedOn(stream)
            : new Http2Answer.Real(200, Map.of(), new byte[0]);
        underWay.decrementAndGet();
        toDo.fault().answer().send(wire, id, real);
      } catch (IOException e) {
        // the client has left
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static FaultyProxy.Request request(Stream stream) {
    return new FaultyProxy.Request(stream.head.getMethod(), stream.head.getURI().getPathQuery());
  }

  private Http2Answer.Real passedOn(Stream stream) throws IOException, InterruptedException {
    FaultyProxy.Request asked = request(stream);
    byte[] body = stream.body.toByteArray();
    HttpRequest.Builder request = HttpRequest.newBuilder(upstream.resolve(asked.path()))
        .method(
            asked.method(),
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body));
    stream.head.getFields().forEach(field -> {
      if (!NOT_PASSED_ON.contains(field.getLowerCaseName()) && !field.getName().startsWith(":")) {
        request.header(field.getName(), field.getValue());
      }
    });
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String server = "http://127.0.0.1:" + upstream.getPort();
    answer.headers().map().forEach((name, values) -> {
      if ((name.equals("content-length") || !NOT_PASSED_ON.contains(name))
          && !name.startsWith(":")) {
        fields.put(
            name, values.stream().map(value -> value.replace(server, origin())).toList());
      }
    });
    return new Http2Answer.Real(answer.statusCode(), fields, answer.body());
  }
}
