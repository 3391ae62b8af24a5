package dev.registrykit.samples.cli;

import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.Emulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the program in this JVM. {@code URI} among the arguments stands for the registry. */
record Runner(
    String uri,
    Map<String, String> variables,
    Surroundings.Opener opener,
    String input,
    boolean isTerminal,
    boolean hasColours) {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);

  private static final HttpOptions ONE_ATTEMPT = HttpOptions.defaults()
      .withAttemptTimeout(Duration.ofSeconds(20))
      .withRetryPolicy(RetryPolicy.none());

  static Runner on(Emulator emulator) {
    return new Runner(
        emulator.uri().toString(), emulator.environment(), Registries::open, "", false, false);
  }

  /** Runs it on a registry that any URI opens, and that the program does not close. */
  static Runner on(Registry registry) {
    Registry unclosed = (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(),
        new Class<?>[] {Registry.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            return null;
          }
          try {
            return method.invoke(registry, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return new Runner(
        "memory://any", Map.of(), (uri, variables, http) -> unclosed, "", false, false);
  }

  Runner with(Map<String, String> others) {
    return new Runner(uri, others, opener, input, isTerminal, hasColours);
  }

  Runner withInput(String text) {
    return new Runner(uri, variables, opener, text, isTerminal, hasColours);
  }

  Runner onTerminal(boolean colours) {
    return new Runner(uri, variables, opener, input, true, colours);
  }

  Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen = new Screen(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        isTerminal,
        hasColours);
    Surroundings surroundings = new Surroundings(
        screen,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        variables,
        CLOCK,
        ONE_ATTEMPT,
        opener);
    String[] all = Stream.of(arguments)
        .map(argument -> argument.equals("URI") ? uri : argument)
        .toArray(String[]::new);
    int exitCode = RegistryKitProgram.run(surroundings, all);
    return new Ran(exitCode, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
