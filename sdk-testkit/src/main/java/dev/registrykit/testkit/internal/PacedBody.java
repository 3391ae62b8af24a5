package dev.registrykit.testkit.internal;

import dev.registrykit.testkit.internal.FaultScript.Paced;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A body that decides itself when its bytes go out.
 *
 * <p>WireMock sends a body by {@link #transferTo}. Its own dribble delay waits before the headers,
 * and its faults know no answer that stops in the middle, so the pace is kept here.
 */
final class PacedBody extends InputStream {
  private static final int PIECES = 20;

  private final byte[] body;
  private final Paced paced;
  private final Pauses pauses;
  private final InputStream unpaced;

  PacedBody(byte[] body, Paced paced, Pauses pauses) {
    this.body = body;
    this.paced = paced;
    this.pauses = pauses;
    this.unpaced = new ByteArrayInputStream(body);
  }

  /** For whoever only looks at the body; it has no pace then. */
  @Override
  public int read() throws IOException {
    return unpaced.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return unpaced.read(target, offset, length);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    switch (paced.pace()) {
      case LATE -> sendLate(out);
      case STALLED -> sendStalled(out);
      case DRIBBLED -> sendDribbled(out);
      case CUT -> sendCut(out);
    }
    return body.length;
  }

  private void sendLate(OutputStream out) throws IOException {
    pauses.pause(paced.duration());
    send(out, 0, body.length);
  }

  private void sendStalled(OutputStream out) throws IOException {
    send(out, 0, body.length / 2);
    pauses.pause(paced.duration());
    send(out, body.length / 2, body.length);
  }

  private void sendDribbled(OutputStream out) throws IOException {
    Duration gap = paced.duration().dividedBy(PIECES);
    out.flush();
    for (int piece = 0; piece < PIECES; piece++) {
      pauses.pause(gap);
      send(out, body.length * piece / PIECES, body.length * (piece + 1) / PIECES);
    }
  }

  private void sendCut(OutputStream out) throws IOException {
    send(out, 0, body.length / 2);
    throw new EOFException("cut on purpose");
  }

  private void send(OutputStream out, int from, int to) throws IOException {
    out.write(body, from, to - from);
    out.flush();
  }
}
