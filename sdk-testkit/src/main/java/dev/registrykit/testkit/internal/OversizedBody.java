package dev.registrykit.testkit.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A JSON object of any length that is made while it is read. */
final class OversizedBody {
  private static final byte[] START =
      "{\"total_count\":0,\"padding\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

  private OversizedBody() {}

  static InputStream of(long bytes) {
    long padding = Math.max(0, bytes - START.length - END.length);
    List<InputStream> parts = List.of(
        new ByteArrayInputStream(START), new Padding(padding), new ByteArrayInputStream(END));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static final class Padding extends InputStream {
    private long left;

    Padding(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(target, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
