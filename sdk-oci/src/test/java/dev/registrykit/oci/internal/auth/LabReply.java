package dev.registrykit.oci.internal.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer; one that announces more bytes than it has repeats them until it has sent so many. */
record LabReply(int status, List<String> headers, byte[] body, long length) {

  static LabReply of(int status, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new LabReply(status, List.of(headers), bytes, bytes.length);
  }

  static LabReply json(String body) {
    return of(200, body, "Content-Type: application/json");
  }

  static LabReply huge(long length) {
    return new LabReply(200, List.of(), new byte[64 * 1024], length);
  }

  /** Never comes; the server closes the connection when it stops. */
  static LabReply never() {
    return new LabReply(0, List.of(), new byte[0], 0);
  }
}
