package dev.registrykit.testkit.contract;

/**
 * What can go wrong between a registry and its server. Unless its own text says otherwise, a mishap
 * meets every request of the next call, the SDK's repetitions included, and the server carries none
 * of them out.
 *
 * @since 0.1.0
 */
public enum Mishap {
  /** Answer 401, as to a wrong credential. */
  UNAUTHORIZED,
  /** Answer 403, as to a missing permission. */
  FORBIDDEN,
  /** Answer 429 without {@code Retry-After}. */
  RATE_LIMITED,
  /** Answer 429 with {@code Retry-After: 3600}. */
  RATE_LIMITED_FOR_AN_HOUR,
  /** Answer 503. */
  SERVER_ERROR,
  /** Answer 503 to one request and carry out those that follow. */
  BRIEF_OUTAGE,
  /** Break the connection instead of answering, or answer what is not HTTP. */
  CONNECTION_LOST,
  /**
   * Take the request, carry it out or not, and never answer; the fixture's registry gives up within
   * a second or so.
   */
  STALLED,
  /** Answer 200 with a page of HTML. */
  NOT_JSON,
  /**
   * Carry out the next {@code DELETE} but lose the connection before answering it; answer all other
   * requests, the repetition included, as usual.
   */
  LOST_DELETE_ANSWER
}
