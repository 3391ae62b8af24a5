package dev.registrykit.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes that come piece by piece, each of which is copied once more at most. Thread-safe. */
final class GatheredBytes {

  private final List<byte[]> pieces = new ArrayList<>(1);
  private int size;

  synchronized int size() {
    return size;
  }

  /** Takes the next bytes of a buffer. */
  synchronized void add(ByteBuffer buffer, int count) {
    byte[] piece = new byte[count];
    buffer.get(piece);
    pieces.add(piece);
    size += count;
  }

  /** Returns all of them, which nobody changes. */
  synchronized byte[] toBytes() {
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    byte[] all = new byte[size];
    int end = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, end, piece.length);
      end += piece.length;
    }
    return all;
  }
}
