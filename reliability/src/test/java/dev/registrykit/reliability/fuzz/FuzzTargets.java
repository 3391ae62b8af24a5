package dev.registrykit.reliability.fuzz;

import dev.registrykit.blaxel.internal.wire.BlaxelWireTargets;
import dev.registrykit.github.internal.wire.GithubWireTargets;
import dev.registrykit.internal.BodyTargets;
import dev.registrykit.oci.internal.auth.AuthTargets;
import dev.registrykit.oci.internal.auth.stored.StoredTargets;
import dev.registrykit.oci.internal.wire.OciWireTargets;
import dev.registrykit.retention.RetentionTargets;
import dev.registrykit.scaleway.internal.wire.ScalewayWireTargets;
import dev.registrykit.spi.transport.TransportTargets;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All targets, by the name of the folder that their inputs are in. */
public final class FuzzTargets {

  /** No input of some thousand bytes may take as long, on whatever machine. */
  private static final Duration MAX_TIME = Duration.ofMillis(1500);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, FuzzTarget> ALL = all();

  private FuzzTargets() {}

  private static Map<String, FuzzTarget> all() {
    Map<String, FuzzTarget> all = new LinkedHashMap<>();
    all.put("reference", CoreTargets::reference);
    all.put("digest", CoreTargets::digest);
    all.put("address", CoreTargets::address);
    all.put("link", CoreTargets::link);
    all.put("date", CoreTargets::date);
    all.put("redaction", CoreTargets::redaction);
    all.put("retry-after", TransportTargets::retryAfter);
    all.put("redirect", TransportTargets::redirect);
    all.put("compressed", BodyTargets::compressed);
    all.put("challenge", AuthTargets::challenge);
    all.put("realm", AuthTargets::realm);
    all.put("oci-token", AuthTargets::token);
    all.put("oci-cursor", OciWireTargets::cursor);
    all.put("oci-list", OciWireTargets::list);
    all.put("oci-manifest", OciWireTargets::manifest);
    all.put("oci-refusal", OciWireTargets::refusal);
    all.put("oci-answers", AnswerTargets::oci);
    all.put("docker-auth", StoredTargets::authFile);
    all.put("credential-helper", StoredTargets::helperAnswer);
    all.put("scaleway-config", ConfigTargets::scaleway);
    all.put("scaleway-cursor", ScalewayWireTargets::cursor);
    all.put("scaleway-page", ScalewayWireTargets::page);
    all.put("scaleway-refusal", ScalewayWireTargets::refusal);
    all.put("scaleway-answers", AnswerTargets::scaleway);
    all.put("blaxel-config", ConfigTargets::blaxel);
    all.put("blaxel-credentials", BlaxelWireTargets::credentials);
    all.put("blaxel-cursor", BlaxelWireTargets::cursor);
    all.put("blaxel-page", BlaxelWireTargets::page);
    all.put("blaxel-refusal", BlaxelWireTargets::refusal);
    all.put("blaxel-answers", AnswerTargets::blaxel);
    all.put("github-cursor", GithubWireTargets::cursor);
    all.put("github-page", GithubWireTargets::page);
    all.put("github-refusal", GithubWireTargets::refusal);
    all.put("github-answers", AnswerTargets::github);
    all.put("policy", RetentionTargets::policy);
    all.put("plan", RetentionTargets::plan);
    all.put("journal", RetentionTargets::journal);
    all.put("long-text", LongTextTarget::read);
    return Collections.unmodifiableMap(all);
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * Gives a target an input.
   *
   * @throws AssertionError if what must hold does not, or it took too long
   */
  static void run(String target, byte[] input) throws Exception {
    FuzzTarget reader = ALL.get(target);
    boolean isSlow = isSlow(reader, input);
    if (isSlow) {
      isSlow = isSlow(reader, input); // the first time may have loaded classes
    }
    if (isSlow) {
      throw new AssertionError("it took more than " + MAX_TIME);
    }
  }

  private static boolean isSlow(FuzzTarget reader, byte[] input) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    reader.read(input);
    return THREADS.getCurrentThreadCpuTime() - start > MAX_TIME.toNanos();
  }
}
