package dev.registrykit.samples.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTelemetryRecipeTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  @Test
  void everyRequestIsASpanOfTheCallersTraceAndTellsTheServer() {
    OciEmulator emulator = OCI.emulator();
    emulator.addTag("shop/web", "1.0");
    Span caller =
        TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder("deploy").startSpan();
    try (Registry registry = OpenTelemetryRecipe.traced(
        emulator.uri(), emulator.environment(), TELEMETRY.getOpenTelemetry())) {
      Runnable deployment = () -> registry.getTag(ImageRef.of("shop/web"), "1.0");
      Context.current().with(caller).wrap(deployment).run();
    } finally {
      caller.end();
    }

    List<SpanData> requests = TELEMETRY.getSpans().stream()
        .filter(span -> !span.getName().equals("deploy"))
        .toList();
    assertEquals(emulator.requestCount(), requests.size());
    for (SpanData request : requests) {
      assertEquals("GET", request.getName());
      assertEquals(caller.getSpanContext().getTraceId(), request.getTraceId());
    }
    assertTrue(emulator.requests().stream()
        .allMatch(request -> request
            .header("traceparent")
            .orElse("")
            .contains(caller.getSpanContext().getTraceId())));
  }
}
