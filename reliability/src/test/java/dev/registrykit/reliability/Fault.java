package dev.registrykit.reliability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * One way in which an answer goes wrong.
 *
 * @param name for messages
 * @param kind what may come of it
 * @param isOfRealAnswer whether it spoils the server's own answer, rather than taking its place
 */
record Fault(String name, Kind kind, boolean isOfRealAnswer, RawAnswer answer) {

  /** What may come of a fault. */
  enum Kind {
    /** The connection ends before the answer does. */
    BROKEN_OFF,
    /** Nothing more comes. */
    SILENCE,
    /** What comes is no HTTP, or more of it than anybody takes. */
    NO_HTTP,
    /** An answer that says yes, with a body that is nothing a registry sends. */
    STRANGE_BODY,
    /** The server's own answer, sent in another way that HTTP allows. */
    HARMLESS,
    /** A redirect. */
    REDIRECT,
    /** A refusal by something in front of the registry, which has passed nothing on. */
    STRANGERS_REFUSAL,
    /** A failure, which may have come before the change or after it. */
    FAILURE,
    /** A refusal in words that a registry uses: what it says is believed. */
    OWN_REFUSAL,
    /** A refusal that says when to come back, or tries to. */
    LATER;

    /** Whether what it says may be taken for the truth although it is not. */
    boolean isBelievable() {
      return this == OWN_REFUSAL;
    }

    /** Whether it may be taken for the answer to a request that was carried out. */
    boolean maySayYes() {
      return this == STRANGE_BODY || this == NO_HTTP;
    }

    /** Whether it says that nothing was done. */
    boolean isRefusal() {
      return this == REDIRECT || this == STRANGERS_REFUSAL || this == OWN_REFUSAL || this == LATER;
    }
  }

  private static final int LONG = 1_000_000;

  /** Before JDK 21 the JDK's client keeps the connection and itself, and nobody can close it. */
  private static final boolean ENDS_INTERIM_ANSWERS = Runtime.version().feature() >= 21;

  private static final List<Integer> REFUSALS = List.of(
      400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 415, 416, 418, 421, 422, 423,
      424, 425, 426, 428, 431, 451, 499, 500, 501, 502, 504, 505, 507, 508, 511, 520, 524, 530,
      599);

  /** Made once: some hold bodies of megabytes. */
  private static final List<Fault> ALL = made();

  /** Returns all there are. */
  static List<Fault> all() {
    return ALL;
  }

  private static List<Fault> made() {
    List<Fault> all = new ArrayList<>();
    all.addAll(ends());
    all.addAll(silences());
    all.addAll(statusLines());
    all.addAll(headers());
    all.addAll(chunks());
    all.addAll(encodings());
    all.addAll(bodies());
    all.addAll(redirects());
    all.addAll(refusals());
    all.addAll(waits());
    return List.copyOf(all);
  }

  /** Returns the status that it is called by. */
  int status() {
    return Integer.parseInt(name.substring(0, 3));
  }

  private static Fault inPlace(String name, Kind kind, RawAnswer answer) {
    return new Fault(name, kind, false, answer);
  }

  private static Fault ofReal(String name, Kind kind, RawAnswer answer) {
    return new Fault(name, kind, true, answer);
  }

  /** A 204 has no body to be sent in another way, and is sent as it is. */
  private static Fault ofRealBody(String name, Kind kind, RawAnswer answer) {
    return ofReal(name, kind, (wire, real) -> {
      if (text(real).startsWith("HTTP/1.1 204")) {
        wire.send(real);
      } else {
        answer.send(wire, real);
      }
    });
  }

  private static Fault raw(String name, Kind kind, String text) {
    return inPlace(name, kind, (wire, real) -> wire.send(text));
  }

  private static List<Fault> ends() {
    return List.of(
        inPlace("reset before the headers", Kind.BROKEN_OFF, (wire, real) -> wire.reset()),
        inPlace("end before the headers", Kind.BROKEN_OFF, (wire, real) -> {}),
        inPlace("reset in the headers", Kind.BROKEN_OFF, (wire, real) -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Ty");
          wire.reset();
        }),
        raw("end in the headers", Kind.BROKEN_OFF, "HTTP/1.1 200 OK\r\nContent-Ty"),
        ofReal("reset after the headers", Kind.BROKEN_OFF, (wire, real) -> {
          wire.send(withLength(real, 1000));
          wire.reset();
        }),
        ofReal("reset in the body", Kind.BROKEN_OFF, (wire, real) -> {
          wire.send(withLength(real, 10_000));
          wire.send(Arrays.copyOf(body(real), body(real).length / 2));
          wire.reset();
        }),
        ofReal("a body cut short", Kind.BROKEN_OFF, (wire, real) -> {
          wire.send(withLength(real, body(real).length + 10));
          wire.send(body(real));
        }),
        ofReal("a body longer than announced", Kind.STRANGE_BODY, (wire, real) -> {
          wire.send(withLength(real, body(real).length / 2));
          wire.send(body(real));
        }),
        ofReal("half a body that ends with the connection", Kind.STRANGE_BODY, (wire, real) -> {
          wire.send(withoutLength(real) + "\r\n\r\n");
          wire.send(Arrays.copyOf(body(real), body(real).length / 2));
        }));
  }

  private static List<Fault> silences() {
    List<Fault> faults = new ArrayList<>(List.of(
        inPlace("silence", Kind.SILENCE, (wire, real) -> wire.awaitEnd()),
        inPlace("headers, then silence", Kind.SILENCE, (wire, real) -> {
          wire.send(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n");
          wire.awaitEnd();
        }),
        inPlace("headers that dribble", Kind.SILENCE, (wire, real) -> {
          wire.send("HTTP/1.1 200 OK\r\nX-Padding: ");
          while (wire.isThereAfter(10)) {
            wire.send("a");
          }
        }),
        ofReal("a body that dribbles", Kind.SILENCE, (wire, real) -> {
          wire.send(withLength(real, LONG));
          while (wire.isThereAfter(10)) {
            wire.send(" ");
          }
        })));
    if (ENDS_INTERIM_ANSWERS) {
      faults.add(inPlace("interim answers without end", Kind.SILENCE, (wire, real) -> {
        while (wire.isThereAfter(1)) {
          wire.send("HTTP/1.1 102 Processing\r\n\r\n");
        }
      }));
    }
    return faults;
  }

  private static List<Fault> statusLines() {
    List<Fault> faults = new ArrayList<>();
    for (String line : List.of(
        "HTTP/1.1 abc OK",
        "HTTP/1.1 99999 OK",
        "HTTP/1.1 -1 OK",
        "HTTP/1.1 2",
        "HTTP/1.1",
        "HTTP/9.9 200 OK",
        "ICY 200 OK",
        "SSH-2.0-OpenSSH_9.6",
        "\u0000\u0001\u0002\u0003",
        "<html>")) {
      String shown = line.startsWith("\u0000") ? "four control characters" : line;
      faults.add(raw(
          "status line " + shown,
          Kind.NO_HTTP,
          line + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"));
    }
    faults.add(raw(
        "status 099",
        Kind.NO_HTTP,
        "HTTP/1.1 099 Early\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"));
    faults.add(raw("status 600", Kind.NO_HTTP, head(600, "Content-Length: 2") + "{}"));
    faults.add(raw(
        "status 101", Kind.NO_HTTP, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"));
    return faults;
  }

  private static List<Fault> headers() {
    List<Fault> faults = new ArrayList<>();
    for (String header : List.of(
        "Content-Length: abc",
        "Content-Length: 99999999999999999999999",
        "Content-Length: -1",
        "Content-Length: 2\r\nContent-Length: 3",
        "no colon",
        ": no name",
        "Two Words: x",
        "X-Control: a\u0000b",
        "X-Bell: a\u0007b",
        "Transfer-Encoding: gibberish",
        "Transfer-Encoding: chunked\r\nContent-Length: 2")) {
      String shown = header.replace("\r\n", ", ").replace("\u0000", "NUL").replace("\u0007", "BEL");
      faults.add(raw("header " + shown, Kind.NO_HTTP, head(200, header) + "{}"));
    }
    faults.add(inPlace("a header of a megabyte", Kind.NO_HTTP, (wire, real) -> {
      wire.send(head(200, "X-Long: " + "a".repeat(LONG)));
    }));
    faults.add(inPlace("a hundred thousand headers", Kind.NO_HTTP, (wire, real) -> {
      wire.send(head(200, "X-A: b\r\n".repeat(100_000) + "X-B: c"));
    }));
    faults.add(raw(
        "a body of 8 EiB announced",
        Kind.BROKEN_OFF,
        head(200, "Content-Length: 9223372036854775807") + "{"));
    return faults;
  }

  private static List<Fault> chunks() {
    List<Fault> faults = new ArrayList<>();
    for (String body : List.of(
        "zz\r\n{}\r\n",
        "-2\r\n{}\r\n",
        "ffffffffffffffffff\r\n{}",
        "2\r\n{}??5",
        "5\r\n{}",
        "\r\n\r\n")) {
      faults.add(raw(
          "chunk " + body.replace("\r\n", " "),
          Kind.NO_HTTP,
          head(200, "Content-Type: application/json\r\nTransfer-Encoding: chunked") + body));
    }
    faults.add(ofReal("no last chunk", Kind.BROKEN_OFF, (wire, real) -> {
      wire.send(withoutLength(real) + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send(Integer.toHexString(body(real).length + 3) + "\r\n");
      wire.send(body(real));
    }));
    faults.add(ofRealBody("one byte a chunk", Kind.HARMLESS, (wire, real) -> {
      StringBuilder all =
          new StringBuilder(withoutLength(real) + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (byte b : body(real)) {
        all.append("1\r\n").append((char) (b & 0xff)).append("\r\n");
      }
      wire.send(all + "0\r\n\r\n");
    }));
    return faults;
  }

  private static List<Fault> encodings() {
    return List.of(
        ofRealBody("gzip unasked", Kind.STRANGE_BODY, (wire, real) -> {
          byte[] compressed = gzip(body(real));
          wire.send(withoutLength(real) + "\r\nContent-Encoding: gzip\r\nContent-Length: "
              + compressed.length + "\r\n\r\n");
          wire.send(compressed);
        }),
        inPlace("a gzip bomb", Kind.STRANGE_BODY, (wire, real) -> {
          wire.send(head(
              200,
              "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + Bomb.BYTES.length));
          wire.send(Bomb.BYTES);
        }),
        raw("gzip that is none", Kind.STRANGE_BODY, json(200, "{}", "Content-Encoding: gzip")),
        raw(
            "an unknown encoding",
            Kind.STRANGE_BODY,
            json(200, "{}", "Content-Encoding: x-secret")));
  }

  private static List<Fault> bodies() {
    List<Fault> faults = new ArrayList<>();
    faults.add(raw(
        "a page of HTML",
        Kind.STRANGE_BODY,
        answer(200, "text/html", "<html><body>Sign in</body></html>")));
    faults.add(raw("HTML that calls itself JSON", Kind.STRANGE_BODY, json(200, "<html></html>")));
    faults.add(raw("an empty body", Kind.STRANGE_BODY, json(200, "")));
    faults.add(raw("204", Kind.STRANGE_BODY, head(204, "X-Nothing: 1")));
    faults.add(raw("206", Kind.STRANGE_BODY, json(206, "{}")));
    faults.add(raw("no UTF-8", Kind.STRANGE_BODY, json(200, "{\"name\":\"\u00ff\u00fe\u00c0\"}")));
    faults.add(raw("UTF-16", Kind.STRANGE_BODY, json(200, "\u00ff\u00fe{\u0000}\u0000")));
    faults.add(raw("a byte order mark alone", Kind.STRANGE_BODY, json(200, "\u00ef\u00bb\u00bf")));
    for (String text : List.of(
        "null", "[]", "{}", "\"text\"", "42", "true", "{\"a\":", "{]", "[null]", "[[]]", "[{}]")) {
      faults.add(raw("JSON " + text, Kind.STRANGE_BODY, json(200, text)));
    }
    faults.add(raw("JSON nested 100,000 deep", Kind.STRANGE_BODY, json(200, "[".repeat(100_000))));
    faults.add(raw(
        "JSON objects nested 100,000 deep",
        Kind.STRANGE_BODY,
        json(200, "{\"a\":".repeat(100_000))));
    faults.add(raw(
        "a number of a million digits",
        Kind.STRANGE_BODY,
        json(200, "{\"total_count\":" + "9".repeat(LONG) + "}")));
    faults.add(raw(
        "a name of a million letters",
        Kind.STRANGE_BODY,
        json(200, "{\"" + "n".repeat(LONG) + "\":1}")));
    faults.add(
        raw(
            "duplicate keys",
            Kind.STRANGE_BODY,
            json(
                200,
                "{\"tags\":[\"x\"],\"tags\":[],\"total_count\":0,\"total_count\":1,\"name\":\"a\",\"name\":\"b\"}")));
    return faults;
  }

  private static List<Fault> redirects() {
    List<Fault> faults = new ArrayList<>();
    for (int status : List.of(301, 302, 303, 307, 308)) {
      faults.add(raw(
          status + " to nobody",
          Kind.REDIRECT,
          head(status, "Location: http://127.0.0.1:9/\r\nContent-Length: 0")));
      faults.add(raw(
          status + " to a place nearer",
          Kind.REDIRECT,
          head(status, "Location: /elsewhere\r\nContent-Length: 0")));
      faults.add(raw(status + " to nowhere", Kind.REDIRECT, head(status, "Content-Length: 0")));
      faults.add(raw(
          status + " malformed",
          Kind.REDIRECT,
          head(status, "Location: http://[::bad\r\nContent-Length: 0")));
      faults.add(raw(
          status + " to a file",
          Kind.REDIRECT,
          head(status, "Location: file:///etc/passwd\r\nContent-Length: 0")));
    }
    faults.add(raw("300", Kind.REDIRECT, json(300, "{}")));
    faults.add(raw("304", Kind.REDIRECT, head(304, "X-Nothing: 1")));
    return faults;
  }

  private static List<Fault> refusals() {
    List<Fault> faults = new ArrayList<>();
    for (int status : REFUSALS) {
      boolean mayBeDone = status == 408 || status >= 500;
      Kind kind = mayBeDone ? Kind.FAILURE : Kind.STRANGERS_REFUSAL;
      faults.add(raw(
          status + " of a gateway",
          kind,
          answer(status, "text/html", "<html><head><title>Refused</title></head></html>")));
      faults.add(raw(
          status + " in a stranger's JSON",
          kind,
          json(status, "{\"message\":\"no Route matched\"}")));
    }
    for (int status : List.of(400, 401, 403, 404, 405, 409, 412)) {
      faults.add(raw(
          status + " in words of all registries",
          Kind.OWN_REFUSAL,
          json(status, ownWords(status))));
    }
    faults.add(raw("404 without a body", Kind.STRANGERS_REFUSAL, head(404, "Content-Length: 0")));
    faults.add(raw(
        "401 with a strange challenge",
        Kind.STRANGERS_REFUSAL,
        json(401, "{}", "WWW-Authenticate: Bearer realm=\"ftp://[\",service=\"\u00fc\"")));
    faults.add(raw(
        "401 that sends tokens elsewhere",
        Kind.STRANGERS_REFUSAL,
        json(
            401,
            "{}",
            "WWW-Authenticate: Bearer realm=\"https://token.example.net/\",service=\"x\"")));
    return faults;
  }

  /** An error body that fits every protocol at once, as far as it goes. */
  private static String ownWords(int status) {
    String code = switch (status) {
      case 401 -> "UNAUTHORIZED";
      case 403 -> "DENIED";
      case 404 -> "MANIFEST_UNKNOWN";
      case 405 -> "UNSUPPORTED";
      default -> "UNKNOWN";
    };
    return ("{\"errors\":[{\"code\":\"%s\",\"message\":\"no\"}],\"type\":\"not_found\",\"resource\":\"tag\","
            + "\"resource_id\":\"1.0\",\"message\":\"resource is not found\",\"code\":%d,\"error\":\"image not found\"}")
        .formatted(code, status);
  }

  private static List<Fault> waits() {
    List<Fault> faults = new ArrayList<>();
    for (int status : List.of(429, 503)) {
      // Proxies answer 503 after they have passed a request on.
      Kind kind = status == 429 ? Kind.LATER : Kind.FAILURE;
      faults.add(raw(status + " without a time", kind, json(status, "{}")));
      for (String time : List.of(
          "0",
          "1",
          "120",
          "-5",
          "99999999999999999999",
          "soon",
          "",
          "Wed, 21 Oct 2015 07:28:00 GMT",
          "Fri, 31 Dec 9999 23:59:59 GMT",
          "1.5")) {
        faults.add(raw(
            status + " with Retry-After: " + time,
            kind,
            json(status, "{}", "Retry-After: " + time)));
      }
    }
    return faults;
  }

  private static String answer(int status, String type, String body, String... headers) {
    StringBuilder more = new StringBuilder();
    for (String header : headers) {
      more.append(header).append("\r\n");
    }
    return head(status, more + "Content-Type: " + type + "\r\nContent-Length: " + body.length())
        + body;
  }

  private static String json(int status, String body, String... headers) {
    return answer(status, "application/json", body, headers);
  }

  /** Says that the connection ends with the answer: a client that does not know would use it again meanwhile. */
  private static String head(int status, String headers) {
    return "HTTP/1.1 " + status + " Whatever\r\nConnection: close\r\n" + headers + "\r\n\r\n";
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.ISO_8859_1);
  }

  /** Returns the head of an answer, without what says how long its body is, nor the empty line. */
  private static String withoutLength(byte[] answer) {
    String text = text(answer);
    return text.substring(0, text.indexOf("\r\n\r\n"))
        .replaceAll("(?i)\r\n(content-length|transfer-encoding):[^\r]*", "");
  }

  private static String withLength(byte[] answer, int length) {
    return withoutLength(answer) + "\r\nContent-Length: " + length + "\r\n\r\n";
  }

  /** Returns the body of an answer, out of its chunks. */
  private static byte[] body(byte[] answer) {
    String text = text(answer);
    int end = text.indexOf("\r\n\r\n");
    String body = text.substring(end + 4);
    if (!text.substring(0, end)
        .toLowerCase(java.util.Locale.ROOT)
        .contains("\r\ntransfer-encoding: chunked")) {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int lineEnd = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, lineEnd), 16);
      if (size == 0) {
        return whole.toString().getBytes(StandardCharsets.ISO_8859_1);
      }
      whole.append(body, lineEnd + 2, lineEnd + 2 + size);
      at = lineEnd + 2 + size + 2;
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return compressed.toByteArray();
  }

  private static final class Bomb {

    /** 64 MiB of blanks in 64 KiB. */
    static final byte[] BYTES = gzip(" ".repeat(64 << 20).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public String toString() {
    return name;
  }
}
