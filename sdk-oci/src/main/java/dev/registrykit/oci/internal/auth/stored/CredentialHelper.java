package dev.registrykit.oci.internal.auth.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a program for a login, by the protocol of docker-credential-helpers: {@code
 * docker-credential-<suffix> get} reads the server's name and writes JSON. The program is run
 * without a shell, from a folder of the {@code PATH}; what it writes is bounded and never repeated;
 * it does not outlive the question.
 */
final class CredentialHelper {

  private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9_-]+");

  private static final int MAX_OUTPUT_BYTES = 64 * 1024;

  /** What every helper writes when it has nothing (credentials/error.go of the project). */
  private static final String NOT_FOUND = "credentials not found in native keychain";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, String> environment;
  private final Path configuration;
  private final String program;

  /**
   * Makes a helper.
   *
   * @param suffix the end of the program's name, as the configuration has it
   * @param configuration the file that names it, for messages
   * @throws LoginUnavailableException if the suffix could be part of a path or an option
   */
  CredentialHelper(String suffix, Path configuration, Map<String, String> environment) {
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new LoginUnavailableException(
          configuration + " names a credential helper with other characters than letters, digits,"
              + " - and _",
          null);
    }
    this.environment = environment;
    this.configuration = configuration;
    this.program = "docker-credential-" + suffix;
  }

  /**
   * Returns the login for a server, if the helper has one.
   *
   * @param limit how long it may take
   * @throws LoginUnavailableException if the helper cannot be run, fails, or answers nonsense
   */
  Optional<Login> get(String server, Duration limit) throws InterruptedException {
    if (server.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("a server's name has a control character");
    }
    long endNanos = System.nanoTime() + limit.toNanos();
    Process process = start();
    try {
      tell(process, server);
      byte[] output = read(process, limit, endNanos);
      if (!process.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw late(limit);
      }
      return process.exitValue() == 0 ? login(server, output) : absent(process, output);
    } finally {
      end(process);
    }
  }

  private Process start() {
    ProcessBuilder builder = new ProcessBuilder(executable().toString(), "get")
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw problem("cannot be run", e);
    }
  }

  /** Not by the JDK, which looks through the PATH of this process and the current folder. */
  private Path executable() {
    boolean isWindows = File.separatorChar == '\\';
    List<String> endings = isWindows ? List.of(".exe", ".cmd", ".bat") : List.of("");
    for (String folder : path().split(Pattern.quote(File.pathSeparator), -1)) {
      for (String ending : endings) {
        Path candidate = candidate(folder, program + ending);
        if (candidate != null && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    }
    throw problem("is not on the PATH", null);
  }

  private String path() {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase("PATH")) // "Path" on Windows
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Returns null for folders that depend on the current one. */
  private static @Nullable Path candidate(String folder, String name) {
    try {
      Path path = Path.of(folder);
      return path.isAbsolute() ? path.resolve(name) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private void tell(Process process, String server) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(server.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; its status and output say why.
    }
  }

  /** Reads on a thread of its own, since reading can be neither timed nor interrupted. */
  private byte[] read(Process process, Duration limit, long endNanos) throws InterruptedException {
    FutureTask<byte[]> reading =
        new FutureTask<>(() -> process.getInputStream().readNBytes(MAX_OUTPUT_BYTES + 1));
    Thread reader = new Thread(reading, "registrykit-credential-helper");
    reader.setDaemon(true);
    reader.start();
    byte[] output;
    try {
      output = reading.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(limit);
    } catch (ExecutionException e) {
      throw problem("did not answer", e.getCause());
    }
    if (output.length > MAX_OUTPUT_BYTES) {
      throw problem("answered more than 64 KiB", null);
    }
    return output;
  }

  private Optional<Login> absent(Process process, byte[] output) {
    if (new String(output, StandardCharsets.UTF_8).strip().equals(NOT_FOUND)) {
      return Optional.empty();
    }
    throw problem("failed with status " + process.exitValue(), null);
  }

  /** Reads what the helper wrote. */
  Optional<Login> login(String server, byte[] output) {
    JsonNode answer;
    try {
      answer = JSON.readTree(new String(output, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw problem("did not answer with JSON", null); // the cause would quote it
    }
    if (!answer.isObject()) { // which says nothing, not even that there is no login
      throw problem("did not answer with a JSON object", null);
    }
    requireSameServer(server, text(answer, "ServerURL"));
    String user = text(answer, "Username");
    String secret = text(answer, "Secret");
    if (user.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          user.equals(Login.TOKEN_USER) ? Login.identityToken(secret) : Login.basic(user, secret));
    } catch (IllegalArgumentException e) {
      throw problem("answered with a malformed login", null);
    }
  }

  private static String text(JsonNode answer, String name) {
    JsonNode value = answer.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  /** Some keychains look for what resembles the name; another host's login must not go out. */
  private void requireSameServer(String asked, String answered) {
    if (!answered.isEmpty() && !hostOf(asked).equals(hostOf(answered))) {
      throw problem("answered with the login for another server", null);
    }
  }

  private static String hostOf(String server) {
    return StoredNames.ofKey(server, true).replaceFirst(":[0-9]+$", "");
  }

  private LoginUnavailableException late(Duration limit) {
    return problem("did not answer within " + limit.toMillis() + " ms", null);
  }

  private LoginUnavailableException problem(String what, @Nullable Throwable cause) {
    return new LoginUnavailableException(
        program + ", which " + configuration + " names, " + what, cause);
  }

  /** With what it started itself, which would keep the pipe open. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
