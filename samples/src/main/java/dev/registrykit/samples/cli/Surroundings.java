package dev.registrykit.samples.cli;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** What a run of the program finds around it, and tests bring along. */
record Surroundings(
    Screen screen,
    InputStream in,
    Map<String, String> variables,
    Clock clock,
    HttpOptions http,
    Opener opener) {

  /** Opens registries, as {@link Registries#open(URI, Map, HttpOptions)} does. */
  @FunctionalInterface
  interface Opener {
    Registry open(URI uri, Map<String, String> variables, HttpOptions http);
  }

  /** Those of this process. */
  static Surroundings ofProcess() {
    Map<String, String> variables = System.getenv();
    return new Surroundings(
        Screen.ofProcess(variables),
        System.in,
        variables,
        Clock.systemUTC(),
        HttpOptions.defaults().withApplicationName("registrykit"),
        Registries::open);
  }
}
