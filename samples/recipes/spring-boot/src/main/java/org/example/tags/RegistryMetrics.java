package org.example.tags;

import dev.registrykit.http.RequestEvent;
import dev.registrykit.http.RequestListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times every request. */
record RegistryMetrics(MeterRegistry meters) implements RequestListener {

  @Override
  public void onRequest(RequestEvent event) {
    Timer.builder("registry.requests")
        .tag("operation", event.operation()) // one of few, such as listTags
        .tag("status", event.status().isPresent() ? "" + event.status().getAsInt() : "none")
        .tag("repeated", String.valueOf(event.attempt() > 1))
        .register(meters)
        .record(event.duration());
  }
}
