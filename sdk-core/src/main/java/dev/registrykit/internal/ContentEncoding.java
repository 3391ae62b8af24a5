package dev.registrykit.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses bodies. Nothing asks for compressed ones, but some servers and proxies compress all the
 * same, and mark answers without a body so too.
 */
public final class ContentEncoding {

  private static final Set<String> DESCRIBE_COMPRESSION =
      Set.of("content-encoding", "content-length", "transfer-encoding");

  private static final int CHUNK_BYTES = 8 * 1024;

  private ContentEncoding() {}

  /**
   * Returns the answer as it was before compression, without the headers that describe it. Of an error's
   * body a beginning is enough.
   */
  public static Answer decompressed(Answer answer, long maxBytes) throws IOException {
    HttpHeaders headers = answer.headers();
    if (headers.firstValue("content-encoding").isEmpty()) {
      return answer;
    }
    byte[] body = decompress(answer.body(), headers, !answer.isSuccess(), maxBytes);
    HttpHeaders others = HttpHeaders.of(
        headers.map(),
        (name, value) -> !DESCRIBE_COMPRESSION.contains(name.toLowerCase(Locale.ROOT)));
    return new Answer(answer.status(), others, body, answer.isBrokenOff());
  }

  private static byte[] decompress(
      byte[] body, HttpHeaders headers, boolean mayBeCut, long maxBytes) throws IOException {
    String encoding =
        headers.firstValue("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    if (body.length == 0 || encoding.equals("identity")) {
      return body;
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      if (mayBeCut) {
        return new byte[0];
      }
      throw new ZipException("the body is compressed as " + encoding.replaceAll("[^a-z0-9-]", "?"));
    }
    return gunzip(body, mayBeCut, maxBytes);
  }

  private static byte[] gunzip(byte[] body, boolean mayBeCut, long maxBytes) throws IOException {
    long room = mayBeCut ? BoundedBody.MAX_ERROR_BYTES : maxBytes;
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = 0; n >= 0 && plain.size() <= room; n = in.read(chunk)) {
        plain.write(chunk, 0, n);
      }
    } catch (EOFException | ZipException e) {
      if (!mayBeCut) {
        throw new ZipException("the body is not the gzip data it is said to be");
      }
    }
    if (plain.size() <= room) {
      return plain.toByteArray();
    }
    if (!mayBeCut) {
      throw new BoundedBody.TooLargeException(maxBytes);
    }
    return Arrays.copyOf(plain.toByteArray(), (int) room);
  }
}
