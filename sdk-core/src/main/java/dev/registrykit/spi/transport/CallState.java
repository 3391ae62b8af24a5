package dev.registrykit.spi.transport;

import dev.registrykit.ErrorDetails;
import dev.registrykit.spi.support.Deadline;
import dev.registrykit.spi.support.OperationContext;
import java.net.http.HttpRequest;

/** What a call has been through. Belongs to one thread. */
final class CallState {
  final Call call;
  final HttpRequest request;
  final Deadline deadline;
  int attempts;

  /** Attempts that were refused because too many requests came at a time, which has changed since. */
  int crowded;

  boolean answerWasLost;

  CallState(Call call, HttpRequest request, Deadline deadline) {
    this.call = call;
    this.request = request;
    this.deadline = deadline;
  }

  boolean changesSomething() {
    return call.changesSomething();
  }

  /** Remembers whether this attempt may have changed something, and returns it. */
  boolean noteEffect(boolean mayBeDone) {
    boolean mayHaveChanged = mayBeDone && changesSomething();
    if (mayHaveChanged) {
      OperationContext.changed();
    }
    return mayHaveChanged;
  }

  /** Returns what is known of a failure that is no answer. */
  ErrorDetails details(String why) {
    return ErrorDetails.builder(call.description())
        .serverMessage(why)
        .attempts(attempts)
        .answerWasLost(answerWasLost)
        .mayHaveTakenEffect(OperationContext.mayHaveTakenEffect())
        .build();
  }
}
