package dev.registrykit.reliability.fuzz;

import dev.registrykit.blaxel.internal.wire.BlaxelWireTargets;
import dev.registrykit.github.internal.wire.GithubWireTargets;
import dev.registrykit.oci.internal.auth.AuthTargets;
import dev.registrykit.oci.internal.auth.stored.StoredTargets;
import dev.registrykit.oci.internal.wire.OciWireTargets;
import dev.registrykit.retention.RetentionTargets;
import dev.registrykit.scaleway.internal.wire.ScalewayWireTargets;
import dev.registrykit.spi.transport.TransportTargets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Gives other targets long texts, for what takes the square of the length shows in no short one. An input is a line
 * with the name of a target, a line before, a piece that is repeated, and what follows it; {@code \n} stands for the
 * end of a line.
 */
final class LongTextTarget {

  private static final int LENGTH = 20_000;

  private static final Map<String, FuzzTarget> READERS = Map.ofEntries(
      Map.entry("reference", CoreTargets::reference),
      Map.entry("address", CoreTargets::address),
      Map.entry("link", CoreTargets::link),
      Map.entry("date", CoreTargets::date),
      Map.entry("redaction", CoreTargets::redaction),
      Map.entry("retry-after", TransportTargets::retryAfter),
      Map.entry("challenge", AuthTargets::challenge),
      Map.entry("realm", AuthTargets::realm),
      Map.entry("oci-list", OciWireTargets::list),
      Map.entry("oci-refusal", OciWireTargets::refusal),
      Map.entry("scaleway-refusal", ScalewayWireTargets::refusal),
      Map.entry("blaxel-refusal", BlaxelWireTargets::refusal),
      Map.entry("github-refusal", GithubWireTargets::refusal),
      Map.entry("docker-auth", StoredTargets::authFile),
      Map.entry("credential-helper", StoredTargets::helperAnswer),
      Map.entry("policy", RetentionTargets::policy));

  private static final List<String> NAMES = List.copyOf(new java.util.TreeSet<>(READERS.keySet()));

  private LongTextTarget() {}

  /** Takes time in proportion to the length. */
  static void read(byte[] input) throws Exception {
    List<String> lines = Claim.lines(input, 3);
    String piece = unescaped(lines.get(2));
    if (piece.isEmpty()) {
      return;
    }
    String name = READERS.containsKey(lines.get(0))
        ? lines.get(0)
        : NAMES.get(Math.floorMod(lines.get(0).hashCode(), NAMES.size()));
    String text = unescaped(lines.get(1))
        + piece.repeat(Math.max(1, LENGTH / piece.length()))
        + unescaped(lines.get(3));
    READERS.get(name).read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }
}
