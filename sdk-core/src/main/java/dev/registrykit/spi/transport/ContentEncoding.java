package dev.registrykit.spi.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses bodies. Nothing asks for compressed ones, but some servers and proxies compress all the
 * same, and mark answers without a body so too.
 */
final class ContentEncoding {

  private static final int CHUNK_BYTES = 8 * 1024;

  private ContentEncoding() {}

  /**
   * Returns the body as it was before compression.
   *
   * @param mayBeCut whether the body is an error's, of which a beginning is enough
   */
  static byte[] decompress(byte[] body, HttpHeaders headers, boolean mayBeCut, long maxBytes)
      throws IOException {
    String encoding =
        headers.firstValue("content-encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
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
