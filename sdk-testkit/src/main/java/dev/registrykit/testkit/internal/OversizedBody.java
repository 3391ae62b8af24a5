package dev.registrykit.testkit.internal;

import dev.registrykit.testkit.internal.FaultScript.Filling;
import dev.registrykit.testkit.internal.FaultScript.Oversized;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** A JSON object of any length that is made while it is read. */
final class OversizedBody {
  private OversizedBody() {}

  static InputStream of(Oversized oversized) {
    Filling filling = oversized.filling();
    byte[] start = ascii(filling.start());
    byte[] piece = ascii(filling.piece());
    byte[] end = ascii(filling.end());
    long room = Math.max(0, oversized.bytes() - start.length - end.length);
    long rest = room % piece.length;
    List<InputStream> parts = List.of(
        new ByteArrayInputStream(start),
        new Repeated(piece, room - rest),
        new ByteArrayInputStream(end),
        new Repeated(ascii(" "), rest));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One piece again and again. */
  private static final class Repeated extends InputStream {
    private final byte[] piece;
    private final long length;
    private long sent;

    Repeated(byte[] piece, long length) {
      this.piece = piece;
      this.length = length;
    }

    @Override
    public int read() {
      return sent < length ? next() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
      if (sent >= length) {
        return -1;
      }
      int count = (int) Math.min(length - sent, wanted);
      for (int i = 0; i < count; i++) {
        target[offset + i] = next();
      }
      return count;
    }

    private byte next() {
      return piece[(int) (sent++ % piece.length)];
    }
  }
}
