package dev.registrykit.testkit.internal;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.registrykit.testkit.internal.ApiAnswer.Header;
import dev.registrykit.testkit.internal.Emulation.Outcome;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hands WireMock's requests to the emulation and its answers back. */
final class EmulatorTransformer implements ResponseTransformerV2 {
  private static final String DATE = "Date";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  /** Its length would be that of the answer to a request without a condition. */
  private static final int NOT_MODIFIED = 304;

  private final Emulation emulation;

  EmulatorTransformer(Emulation emulation) {
    this.emulation = emulation;
  }

  @Override
  public String getName() {
    return "emulator";
  }

  @Override
  public Response transform(Response ignored, ServeEvent event) {
    Outcome outcome = emulation.serve(request(event.getRequest()));
    FaultScript fault = outcome.fault();
    if (fault instanceof FaultScript.Broken broken) {
      return broken(broken.how());
    }
    if (fault instanceof FaultScript.Answer answer) {
      return whole(answer.toAnswer(), outcome.headers());
    }
    if (fault instanceof FaultScript.Oversized oversized) {
      return oversized(oversized, outcome.headers());
    }
    ApiAnswer answer = outcome.answer();
    if (answer == null) {
      throw new IllegalStateException("no answer for " + fault);
    }
    if (fault instanceof FaultScript.Paced paced) {
      return paced(answer, paced, outcome);
    }
    return whole(answer, outcome.headers());
  }

  private static Response broken(FaultScript.Break how) {
    Fault fault = switch (how) {
      case RESET -> Fault.CONNECTION_RESET_BY_PEER;
      case CLOSED_WITHOUT_ANSWER -> Fault.EMPTY_RESPONSE;
      case GARBAGE -> Fault.RANDOM_DATA_THEN_CLOSE;
    };
    return Response.response().fault(fault).build();
  }

  private static Response whole(ApiAnswer answer, Map<String, String> common) {
    byte[] body = answer.body();
    return builder(answer, body, common).body(body).build();
  }

  private static Response paced(ApiAnswer answer, FaultScript.Paced paced, Outcome outcome) {
    byte[] body = answer.body();
    return builder(answer, body, outcome.headers())
        .body(() -> new PacedBody(body, paced, outcome.pauses()))
        .build();
  }

  private static Response.Builder builder(
      ApiAnswer answer, byte[] body, Map<String, String> common) {
    HttpHeaders headers = headers(answer.headers(), common);
    return Response.response()
        .status(answer.status())
        .headers(answer.status() == NOT_MODIFIED ? headers : headers.plus(length(body)));
  }

  private static HttpHeader length(byte[] body) {
    return new HttpHeader("Content-Length", Integer.toString(body.length));
  }

  /** Without a length, so that a client has to count. */
  private static Response oversized(FaultScript.Oversized oversized, Map<String, String> common) {
    return Response.response()
        .status(oversized.status())
        .headers(headers(List.of(new Header("Content-Type", "application/json")), common))
        .body(() -> OversizedBody.of(oversized))
        .build();
  }

  /** Every answer is dated, since every server does so; one that has a header itself keeps its own. */
  private static HttpHeaders headers(List<Header> own, Map<String, String> common) {
    Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    own.forEach(header -> given.add(header.name()));
    List<HttpHeader> headers = new ArrayList<>();
    if (!given.contains(DATE)) {
      headers.add(new HttpHeader(DATE, HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC))));
    }
    common.forEach((name, value) -> {
      if (!given.contains(name)) {
        headers.add(new HttpHeader(name, value));
      }
    });
    own.forEach(header -> headers.add(new HttpHeader(header.name(), header.value())));
    return new HttpHeaders(headers);
  }

  private static ApiRequest request(LoggedRequest request) {
    String url = request.getUrl();
    int question = url.indexOf('?');
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), List.copyOf(header.values()));
    }
    return new ApiRequest(
        request.getMethod().getName(),
        question < 0 ? url : url.substring(0, question),
        question < 0 ? null : url.substring(question + 1),
        Collections.unmodifiableMap(headers),
        request.getBody());
  }
}
