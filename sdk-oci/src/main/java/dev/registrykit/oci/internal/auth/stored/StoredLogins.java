package dev.registrykit.oci.internal.auth.stored;

import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.oci.internal.auth.Logins;
import dev.registrykit.spi.config.HomeDirectory;
import dev.registrykit.spi.support.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The logins that Docker, podman and their relatives have stored on this machine. Thread-safe.
 *
 * <p>For each file: the helper for this registry ({@code credHelpers}), the file's common helper
 * ({@code credsStore}), then the file itself ({@code auths}). A helper that has nothing is passed
 * over; one that fails is an error, and never a reason to try something else. Files are read and
 * helpers run when a login is first needed, and once more after it was refused, if that is not half
 * a minute ago.
 */
public final class StoredLogins implements Logins {

  private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(10);

  /** What was found less than so long ago would not be found otherwise now. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Map<String, String> environment;
  private final @Nullable Path home;
  private final Duration helperTimeout;
  private final TimeSource time;
  private final AtomicReference<@Nullable Findings> findings = new AtomicReference<>();

  /**
   * Makes the logins of an environment.
   *
   * @param home the user's home directory; null if none is looked into
   * @param helperTimeout how long a helper may take, if whoever asks has that long
   */
  StoredLogins(
      Map<String, String> environment,
      @Nullable Path home,
      Duration helperTimeout,
      TimeSource time) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.helperTimeout = helperTimeout;
    this.time = time;
  }

  /**
   * Returns the logins of the files that the environment names, else of those in their usual
   * places. Nothing is read yet.
   *
   * @param environment the variables of the process, which helpers get, too; the home directory is the
   *     one they name
   */
  public static StoredLogins of(Map<String, String> environment) {
    return new StoredLogins(
        environment,
        HomeDirectory.of(environment).orElse(null),
        HELPER_TIMEOUT,
        TimeSource.system());
  }

  @Override
  public Optional<Login> find(String host, String repository, Duration limit)
      throws InterruptedException {
    Findings known = known();
    for (AuthFile file : known.files) {
      Optional<Login> login = find(known, file, host, repository, limit);
      if (login.isPresent()) {
        return login;
      }
    }
    return Optional.empty();
  }

  private Optional<Login> find(
      Findings known, AuthFile file, String host, String repository, Duration limit)
      throws InterruptedException {
    for (String helper : file.helpersFor(host)) {
      Optional<Login> login = ask(known, new Question(helper, file.path(), host), limit);
      if (login.isPresent()) {
        return login;
      }
    }
    return file.login(host, repository);
  }

  private Findings known() {
    Findings known = findings.get();
    if (known == null) {
      known = new Findings(AuthFiles.read(environment, home), time.nanoTime());
      findings.set(known);
    }
    return known;
  }

  /** One thread runs the helper; the others wait for what it says. */
  private Optional<Login> ask(Findings known, Question question, Duration limit)
      throws InterruptedException {
    if (!known.lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new LoginUnavailableException(
          "no login within " + limit.toMillis() + " ms from a credential helper", null);
    }
    try {
      Answer answer = known.answers.get(question);
      if (answer == null || answer.isStaleFailure(time.nanoTime())) {
        answer = run(question, limit);
        known.answers.put(question, answer);
      }
      return answer.login();
    } finally {
      known.lock.unlock();
    }
  }

  /** A failure counts for the others, too, unless it came of this thread's hurry. */
  private Answer run(Question question, Duration limit) throws InterruptedException {
    boolean isHurried = limit.compareTo(helperTimeout) < 0;
    try {
      CredentialHelper helper =
          new CredentialHelper(question.helper, question.configuration, environment);
      String server = StoredNames.forHelper(question.host);
      return new Answer(helper.get(server, isHurried ? limit : helperTimeout), null, 0);
    } catch (LoginUnavailableException e) {
      if (isHurried) {
        throw e;
      }
      return new Answer(Optional.empty(), String.valueOf(e.getMessage()), time.nanoTime());
    }
  }

  @Override
  public void forget(Login refused) {
    Findings known = findings.get();
    if (known != null && time.nanoTime() - known.sinceNanos >= FRESH.toNanos()) {
      findings.compareAndSet(known, null);
    }
  }

  @Override
  public String toString() {
    return "stored logins";
  }

  private record Question(String helper, Path configuration, String host) {}

  /** What was read and heard so far. */
  private static final class Findings {
    final List<AuthFile> files;
    final long sinceNanos;
    final ReentrantLock lock = new ReentrantLock();
    final Map<Question, Answer> answers = new HashMap<>(); // guarded by the lock

    Findings(List<AuthFile> files, long sinceNanos) {
      this.files = files;
      this.sinceNanos = sinceNanos;
    }
  }

  private record Answer(Optional<Login> found, @Nullable String failure, long failedNanos) {

    Optional<Login> login() {
      if (failure != null) {
        throw new LoginUnavailableException(failure, null);
      }
      return found;
    }

    boolean isStaleFailure(long nowNanos) {
      return failure != null && nowNanos - failedNanos >= FRESH.toNanos();
    }
  }
}
