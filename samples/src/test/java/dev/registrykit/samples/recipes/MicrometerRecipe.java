package dev.registrykit.samples.recipes;

import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RequestListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

// snippet: micrometer
/** Counts and times every request: {@code HttpOptions.defaults().withRequestListener(…)}. */
record MicrometerRecipe(MeterRegistry meters) implements RequestListener {

  @Override
  public void onRequest(RequestEvent event) {
    Timer.builder("registry.requests")
        .tag("operation", event.operation()) // one of few, such as ListTags
        .tag("status", event.status().isPresent() ? "" + event.status().getAsInt() : "none")
        .tag("repeated", String.valueOf(event.attempt() > 1))
        .register(meters)
        .record(event.duration());
  }
}
// end
