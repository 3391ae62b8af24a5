package dev.registrykit.internal;

import dev.registrykit.reliability.fuzz.Claim;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Compressed bodies; here for what the package alone can see. */
public final class BodyTargets {

  private static final long MAX_BYTES = 100_000;

  private static final String[] ENCODINGS = {"gzip", "x-gzip", "identity", "br", "GZIP", "deflate"};

  private BodyTargets() {}

  /** A body is read up to its limit, or refused; of an error's, the beginning is read. */
  public static void compressed(byte[] input) {
    int choice = input.length == 0 ? 0 : input[0] & 0xff;
    byte[] body = Claim.behind(input, 1);
    HttpHeaders headers = HttpHeaders.of(
        Map.of("content-encoding", List.of(ENCODINGS[choice % ENCODINGS.length])), (n, v) -> true);
    int status = choice % 2 == 0 ? 200 : 500;
    Answer plain;
    try {
      plain = ContentEncoding.decompressed(new Answer(status, headers, body, false), MAX_BYTES);
    } catch (IOException e) {
      Claim.that(status == 200, "an error was not read: " + e.getMessage());
      Claim.shown(e);
      return;
    }
    Claim.that(plain.body().length <= Math.max(MAX_BYTES, body.length), "a body is too large");
    Claim.that(
        plain.headers().firstValue("content-encoding").isEmpty(), "it seems compressed still");
  }
}
