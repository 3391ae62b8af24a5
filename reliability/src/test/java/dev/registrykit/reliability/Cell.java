package dev.registrykit.reliability;

import dev.registrykit.Registry;

/**
 * One thing that goes wrong once, or for ever.
 *
 * @param step the number of the request that it begins with
 * @param request that request, as it was in a run in which nothing went wrong
 * @param isForEver whether all later requests are spoiled too
 * @param isPassedOn whether the server does what it is asked before its answer is spoiled
 */
record Cell<R extends Registry>(
    Operation<R> operation,
    int step,
    FaultyProxy.Request request,
    Fault fault,
    boolean isForEver,
    boolean isPassedOn) {

  /** Returns the cell as it came to be: requests that go side by side come in one order or another. */
  Cell<R> of(FaultyProxy.Request spoilt) {
    return new Cell<>(operation, step, spoilt, fault, isForEver, isPassedOn);
  }

  FaultyProxy.Order order() {
    return new FaultyProxy.Order(step, isForEver, isPassedOn, fault.answer());
  }

  /** Whether an answer may have said that a change was made, and it was not. */
  boolean mayHaveLied(boolean hasServerRefused) {
    return fault.kind().maySayYes()
        && (isForEver || request.changes() && (!isPassedOn || hasServerRefused));
  }

  /** Whether it asks what is offered, and a stranger, or an answer that was cut, may have said that it is not. */
  boolean mayBeTakenForNo() {
    return operation.name().equals("checkSupport")
        && (fault.kind().isRefusal() || fault.isOfRealAnswer());
  }

  @Override
  public String toString() {
    return "%s, %s %s of %s %s%s"
        .formatted(
            operation,
            fault,
            isForEver ? "from request" : "at request",
            step + 1,
            request.method() + " " + request.path(),
            isPassedOn && request.changes() ? ", after the server did it" : "");
  }
}
