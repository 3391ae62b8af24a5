package dev.registrykit.testkit.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, and the number of all. */
final class RequestJournal {
  private static final int KEPT = 10_000;

  private final Deque<ApiRequest> requests = new ArrayDeque<>();
  private long count;

  void add(ApiRequest request) {
    count++;
    requests.addLast(sharingHeaders(request));
    if (requests.size() > KEPT) {
      requests.removeFirst();
    }
  }

  List<ApiRequest> requests() {
    return List.copyOf(requests);
  }

  long count() {
    return count;
  }

  void clear() {
    requests.clear();
    count = 0;
  }

  /** Requests of one client differ rarely in their headers; keeping one map saves megabytes. */
  private ApiRequest sharingHeaders(ApiRequest request) {
    ApiRequest last = requests.peekLast();
    if (last == null || !last.headers().equals(request.headers())) {
      return request;
    }
    return request.sharing(last.headers());
  }
}
