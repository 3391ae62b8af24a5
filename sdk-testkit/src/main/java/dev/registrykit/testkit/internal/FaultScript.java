package dev.registrykit.testkit.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fault does to one request. */
public sealed interface FaultScript {

  /** Answers instead of the registry; the request has no effect. */
  record Answer(int status, Map<String, String> headers, String body) implements FaultScript {
    public Answer {
      headers = Map.copyOf(headers);
    }

    public Answer withHeader(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }

    ApiAnswer toAnswer() {
      return ApiAnswer.of(status, headers, body);
    }
  }

  /** Answers with a JSON body of that many bytes; the request has no effect. */
  record Oversized(int status, long bytes, Filling filling) implements FaultScript {}

  /** What a long body is made of, in ASCII: a start, one piece again and again, an end. */
  record Filling(String start, String piece, String end) {
    /** An object with one very long text. */
    public static final Filling TEXT = new Filling("{\"total_count\":0,\"padding\":\"", "x", "\"}");

    /** A list of tags as registries send it, of ever the same name. */
    public static final Filling TAGS =
        new Filling("{\"name\":\"endless\",\"tags\":[", "\"tag-of-16-chars\",", "\"last\"]}");
  }

  /** Breaks the connection; the request has no effect. */
  record Broken(Break how) implements FaultScript {}

  /** Lets the request take effect and spoils its answer as the other script does. */
  record Afterwards(FaultScript answer) implements FaultScript {}

  /** Lets the request take effect and answers in another rhythm. */
  record Paced(Pace pace, Duration duration) implements FaultScript {}

  /** Whether the request reaches the service and takes effect. */
  default boolean carriesOut() {
    return this instanceof Paced || this instanceof Afterwards;
  }

  /** What is sent, whether or not the request took effect. */
  default FaultScript sent() {
    return this instanceof Afterwards afterwards ? afterwards.answer() : this;
  }

  /** How a connection breaks. */
  enum Break {
    RESET,
    CLOSED_WITHOUT_ANSWER,
    GARBAGE
  }

  /** How the bytes of an answer come. */
  enum Pace {
    /** Nothing for the whole time, then everything. */
    LATE,
    /** Headers and half of the body at once, the rest after the whole time. */
    STALLED,
    /** Headers at once, the body in small pieces spread over the whole time. */
    DRIBBLED,
    /** Headers and half of the body, then the connection ends. */
    CUT
  }
}
