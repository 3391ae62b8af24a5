package dev.registrykit.reliability;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/** Frames of HTTP/2, as RFC 9113 has them, on one connection. Writing is thread-safe. */
final class Http2Wire {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 32;

  /** Error codes. */
  static final int NO_ERROR = 0;

  static final int INTERNAL_ERROR = 2;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int ENHANCE_YOUR_CALM = 11;
  static final int HTTP_1_1_REQUIRED = 13;

  private static final int MAX_FRAME = 16_384;

  private static final int MAX_CONCURRENT_STREAMS = 3;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** What came in one frame. */
  record Frame(int type, int flags, int stream, byte[] payload) {

    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  Http2Wire(SSLSocket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Reads what every connection begins with. */
  void readPreface() throws IOException {
    in.readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
  }

  Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & 0x7fff_ffff;
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, payload);
  }

  /** Sends a frame, whatever it is. */
  synchronized void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    out.flush();
  }

  /** Says how many streams a client may have at a time; negative for not saying it. */
  void settings(int mostStreams) throws IOException {
    byte[] settings = mostStreams < 0
        ? new byte[0]
        : ByteBuffer.allocate(6)
            .putShort((short) MAX_CONCURRENT_STREAMS)
            .putInt(mostStreams)
            .array();
    send(SETTINGS, 0, 0, settings);
  }

  void headers(int stream, int status, Map<String, List<String>> fields, boolean isEnd)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":status", Integer.toString(status));
    fields.forEach((name, values) -> values.forEach(value -> field(block, name, value)));
    send(HEADERS, END_HEADERS | (isEnd ? END_STREAM : 0), stream, block.toByteArray());
  }

  /** A literal without indexing and without Huffman's code, of RFC 7541, section 6.2.2. */
  private static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write(rest & 127 | 128);
        rest >>= 7;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  void data(int stream, byte[] bytes, int from, int to, boolean isEnd) throws IOException {
    int at = from;
    do {
      int end = Math.min(to, at + MAX_FRAME);
      byte[] part = java.util.Arrays.copyOfRange(bytes, at, end);
      at = end;
      send(DATA, isEnd && at == to ? END_STREAM : 0, stream, part);
    } while (at < to);
  }

  void reset(int stream, int code) throws IOException {
    send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
  }

  /** Says that no stream after this one is or will be done. */
  void goAway(int lastStream, int code) throws IOException {
    send(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(code).array());
  }

  /** Ends the connection without another word. */
  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
