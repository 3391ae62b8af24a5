package dev.registrykit.spi.transport;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RequestListener;
import dev.registrykit.spi.support.Redactor;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and the listener of every request, without bodies and without secrets. */
final class ExchangeLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.http");

  private final ServiceTraits service;
  private final RequestListener listener;

  ExchangeLog(ServiceTraits service, RequestListener listener) {
    this.service = service;
    this.listener = listener;
  }

  void answered(
      CallState state, HttpRequest request, TransportResponse response, Duration duration) {
    if (!isHeard()) {
      return;
    }
    Redactor redactor = response.redactor();
    RequestEvent event =
        event(state, request, redactor, duration).status(response.status()).build();
    LOG.debug("{}", event);
    if (LOG.isTraceEnabled()) {
      LOG.trace("{} answered with {}", request.method(), shown(response.headers(), redactor));
    }
    tell(event);
  }

  void failed(
      CallState state,
      HttpRequest request,
      Exception failure,
      Redactor redactor,
      Duration duration) {
    if (!isHeard()) {
      return;
    }
    RequestEvent event =
        event(state, request, redactor, duration).failure(failure).build();
    LOG.debug("{}", event);
    tell(event);
  }

  private boolean isHeard() {
    return listener != HttpOptions.defaults().requestListener() || LOG.isDebugEnabled();
  }

  private RequestEvent.Builder event(
      CallState state, HttpRequest request, Redactor redactor, Duration duration) {
    return RequestEvent.builder(
            state.call.operation(), request.method(), shown(request.uri(), redactor))
        .attempt(state.attempts)
        .duration(duration);
  }

  /**
   * Nothing that a listener throws disturbs the call, not even an {@link Error}: the request has been
   * carried out, and whoever made the call has to hear of its result. An error that is the machine's
   * own, such as that no memory is left, comes again where it can be reported.
   */
  private void tell(RequestEvent event) {
    try {
      listener.onRequest(event);
    } catch (Throwable e) {
      LOG.warn("the request listener failed", e);
    }
  }

  private Map<String, Object> shown(HttpHeaders headers, Redactor redactor) {
    Map<String, Object> shown = new TreeMap<>();
    headers.map().forEach((name, values) -> {
      String key = Causes.cleanText(name.toLowerCase(Locale.ROOT), redactor);
      shown.put(key, service.showsHeader(key) ? clean(values, redactor) : "hidden");
    });
    return shown;
  }

  private static List<String> clean(List<String> values, Redactor redactor) {
    return values.stream().map(value -> Causes.cleanText(value, redactor)).toList();
  }

  /** A redirect may lead to a URL that holds what was sent before. */
  private URI shown(URI uri, Redactor redactor) {
    String harmless = withoutUnknownParameters(uri);
    String shown = redactor.apply(harmless);
    if (shown.equals(uri.toString())) {
      return uri;
    }
    try {
      return new URI(shown);
    } catch (URISyntaxException e) {
      return URI.create(
          uri.getScheme() + "://hidden"); // it said a secret where nothing else can be
    }
  }

  /** Hides the values of parameters that are not known to be harmless. */
  private String withoutUnknownParameters(URI uri) {
    String text = uri.toString();
    String query = uri.getRawQuery();
    if (query == null) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      boolean isShown = service.showsParameter(name);
      shown.append(shown.length() == 0 ? '?' : '&');
      shown.append(isShown ? parameter : (equals < 0 ? "hidden" : name + "=hidden"));
    }
    return text.substring(0, text.indexOf('?')) + shown;
  }
}
