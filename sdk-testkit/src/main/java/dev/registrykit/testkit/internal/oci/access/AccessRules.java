package dev.registrykit.testkit.internal.oci.access;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is let in, and what the token server says, as a test has set it. */
public final class AccessRules {
  public static final String REFRESH_TOKEN = "emulated-refresh-token";
  public static final Set<String> TOKEN_FIELDS =
      Set.of("token", "access_token", "expires_in", "issued_at", "refresh_token");

  /** How a client has to say who it is. */
  public enum Mode {
    ANYBODY,
    BASIC,
    BEARER
  }

  public Mode mode = Mode.ANYBODY;
  public String user = "";
  public String password = "";
  public String service = "registrykit-emulator";
  public @Nullable String realm;
  public @Nullable List<String> challenges;
  public final Set<String> staticTokens = new HashSet<>();
  public Set<String> anonymousActions = Set.of();
  public @Nullable Set<String> grantedActions;
  public Set<String> tokenFields =
      new LinkedHashSet<>(List.of("token", "access_token", "expires_in", "issued_at"));
  public Duration tokenLifetime = Duration.ofMinutes(5);
  public int postRefusal;
  public Clock clock = Clock.systemUTC();
  public long tokenRequests;
}
