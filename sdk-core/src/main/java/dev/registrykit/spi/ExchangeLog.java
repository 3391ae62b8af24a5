package dev.registrykit.spi;

import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RequestListener;
import dev.registrykit.spi.Retries.CallState;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and the listener of every request, without bodies and without secrets. */
final class ExchangeLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.http");

  /** Query parameters of the providers' APIs that hold names, numbers and orders. */
  private static final Set<String> SHOWN_PARAMETERS = Set.of(
      "artifactType",
      "direction",
      "force",
      "last",
      "limit",
      "n",
      "name",
      "namespace_id",
      "order_by",
      "organization_id",
      "page",
      "page_size",
      "project_id",
      "q",
      "scope",
      "service",
      "sort",
      "sourceWorkspace");

  private final RequestListener listener;

  ExchangeLog(RequestListener listener) {
    this.listener = listener;
  }

  void answered(
      CallState state, HttpRequest request, TransportResponse response, Duration duration) {
    RequestEvent event = RequestEvent.answered(
        state.call.operation(),
        request.method(),
        redacted(request.uri()),
        state.attempts,
        duration,
        response.status());
    LOG.debug("{}", event);
    if (LOG.isTraceEnabled()) {
      LOG.trace("{} answered with {}", request.method(), shown(response.headers()));
    }
    tell(event);
  }

  void failed(CallState state, HttpRequest request, Exception failure, Duration duration) {
    RequestEvent event = RequestEvent.failed(
        state.call.operation(),
        request.method(),
        redacted(request.uri()),
        state.attempts,
        duration,
        failure);
    LOG.debug("{}", event);
    tell(event);
  }

  private void tell(RequestEvent event) {
    try {
      listener.onRequest(event);
    } catch (RuntimeException e) {
      LOG.warn("the request listener failed", e);
    }
  }

  private static Map<String, Object> shown(HttpHeaders headers) {
    Map<String, Object> shown = new TreeMap<>();
    headers.map().forEach((name, values) -> {
      String key = name.toLowerCase(Locale.ROOT);
      shown.put(key, FailedResponse.SHOWN_HEADERS.contains(key) ? values : "hidden");
    });
    return shown;
  }

  /** Hides the values of parameters that are not known to be harmless. */
  static URI redacted(URI uri) {
    String query = uri.getRawQuery();
    if (query == null) {
      return uri;
    }
    StringBuilder shown = new StringBuilder();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      boolean isShown = SHOWN_PARAMETERS.contains(name);
      shown.append(shown.length() == 0 ? '?' : '&');
      shown.append(isShown ? parameter : (equals < 0 ? "hidden" : name + "=hidden"));
    }
    String text = uri.toString();
    return URI.create(text.substring(0, text.indexOf('?')) + shown);
  }
}
