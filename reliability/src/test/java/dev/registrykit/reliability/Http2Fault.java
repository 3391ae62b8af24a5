package dev.registrykit.reliability;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One way in which an HTTP/2 server fails.
 *
 * @param isPassedOn whether the server does what it was asked before
 * @param mostStreams how many streams its connections allow; negative for not saying it
 */
record Http2Fault(String name, boolean isPassedOn, int mostStreams, Http2Answer answer) {

  /** Whether the JDK may wait for more, and the time that an attempt has is all that ends it. */
  boolean isSilent() {
    return name.equals(SILENT);
  }

  /** Whether no connection of a run does any better. */
  boolean isLasting() {
    return mostStreams == 0;
  }

  /** Whether a status comes, and what it says of it does not. */
  boolean isInBody() {
    return name.contains(" in the body");
  }

  private static final String SILENT = "data without a head";

  private static final Http2Answer CUT = (wire, stream, real) -> wire.cut();

  private static Http2Fault undone(String name, Http2Answer answer) {
    return new Http2Fault(name, false, -1, answer);
  }

  private static Http2Fault done(String name, Http2Answer answer) {
    return new Http2Fault(name, true, -1, answer);
  }

  private static Http2Answer reset(int code) {
    return (wire, stream, real) -> wire.reset(stream, code);
  }

  /** Says that this stream is not done; the next may be asked for elsewhere. */
  private static Http2Answer goAwayBefore(int code) {
    return (wire, stream, real) -> wire.goAway(Math.max(0, stream - 2), code);
  }

  /** Says that this stream is the last that is done. */
  private static Http2Answer goAwayAfter(int code) {
    return (wire, stream, real) -> wire.goAway(stream, code);
  }

  /** Returns all. */
  static List<Http2Fault> all() {
    int none = Http2Wire.NO_ERROR;
    int internal = Http2Wire.INTERNAL_ERROR;
    byte[] noFrame = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return List.of(
        undone("GOAWAY, not done", goAwayBefore(none).then(CUT)),
        undone("GOAWAY, not done, connection stays", goAwayBefore(none)),
        undone("GOAWAY INTERNAL_ERROR, not done", goAwayBefore(internal).then(CUT)),
        done("GOAWAY, then the answer", goAwayAfter(none).then(Http2Answer.REAL)),
        done("GOAWAY, done, no answer", goAwayAfter(none).then(CUT)),
        done(
            "GOAWAY in the body",
            Http2Answer.halfThen(goAwayAfter(none).then(Http2Answer.OTHER_HALF))),
        done(
            "GOAWAY in the body, no rest",
            Http2Answer.halfThen(goAwayAfter(internal).then(CUT))),
        done("GOAWAY after the answer", Http2Answer.REAL.then(goAwayAfter(none))),
        done(
            "GOAWAY after the answer, end",
            Http2Answer.REAL.then(goAwayAfter(none)).then(CUT)),
        undone("REFUSED_STREAM", reset(Http2Wire.REFUSED_STREAM)),
        undone("CANCEL, not done", reset(Http2Wire.CANCEL)),
        done("CANCEL, done", reset(Http2Wire.CANCEL)),
        undone("INTERNAL_ERROR, not done", reset(internal)),
        done("INTERNAL_ERROR, done", reset(internal)),
        undone("ENHANCE_YOUR_CALM", reset(Http2Wire.ENHANCE_YOUR_CALM)),
        undone("HTTP_1_1_REQUIRED", reset(Http2Wire.HTTP_1_1_REQUIRED)),
        done("CANCEL in the body", Http2Answer.halfThen(reset(Http2Wire.CANCEL))),
        done("INTERNAL_ERROR in the body", Http2Answer.halfThen(reset(internal))),
        done("NO_ERROR in the body", Http2Answer.halfThen(reset(none))),
        done("cut in the body", Http2Answer.halfThen(CUT)),
        undone("cut, not done", CUT),
        done("cut, done", CUT),
        done(
            "no HPACK",
            (wire, stream, real) -> wire.send(
                Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, new byte[] {-1, -1, -1, -1})),
        done(
            "no HTTP/2",
            (wire, stream, real) -> wire.send(noFrame[3], noFrame[4], stream, new byte[20_000])),
        done(SILENT, (wire, stream, real) -> wire.data(stream, new byte[10], 0, 10, true)),
        new Http2Fault("one stream at a time", true, 1, Http2Answer.REAL),
        new Http2Fault("no stream at all", false, 0, reset(Http2Wire.REFUSED_STREAM)));
  }

  @Override
  public String toString() {
    return name;
  }
}
